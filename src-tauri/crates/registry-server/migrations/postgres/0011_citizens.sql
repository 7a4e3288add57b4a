-- Citizens whom the registry knows for a few minutes. What is past is removed; nothing here is of the record.
-- The same tables, in the same order, are in ../sqlite.

-- One at a time of each kiosk, by the certificate that it shows.
CREATE TABLE citizen_challenges (
    kiosk_certificate TEXT PRIMARY KEY,
    nonce TEXT NOT NULL UNIQUE,
    purpose TEXT NOT NULL,
    expires_at TEXT NOT NULL
);

CREATE TABLE citizen_sessions (
    kiosk_certificate TEXT PRIMARY KEY,
    -- The token itself is nowhere.
    token_sha256 TEXT NOT NULL UNIQUE,
    purpose TEXT NOT NULL,
    nif TEXT NOT NULL,
    expires_at TEXT NOT NULL
);
