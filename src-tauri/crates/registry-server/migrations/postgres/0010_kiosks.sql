-- How kiosks come to their certificates. The same tables, in the same order, are in ../sqlite.

-- Kiosks that the book knows. A name that stands here is believed with certificates of the book alone.
CREATE TABLE enrolled_kiosks (
    name TEXT PRIMARY KEY,
    place TEXT NOT NULL,
    state TEXT NOT NULL CHECK (state IN ('enrolled', 'revoked')),
    since TEXT NOT NULL,
    reason TEXT NOT NULL
);

CREATE TABLE kiosk_invitations (
    -- The code itself is nowhere.
    code_sha256 TEXT PRIMARY KEY,
    kiosk TEXT NOT NULL,
    place TEXT NOT NULL,
    invited_by TEXT NOT NULL,
    invited_at TEXT NOT NULL,
    expires_at TEXT NOT NULL,
    spent_at TEXT
);

CREATE TABLE kiosk_certificates (
    sha256 TEXT PRIMARY KEY,
    kiosk TEXT NOT NULL REFERENCES enrolled_kiosks (name),
    serial TEXT NOT NULL UNIQUE,
    -- Of the public key: no key comes twice.
    key_sha256 TEXT NOT NULL UNIQUE,
    -- The code it was issued for; absent where the kiosk showed the one before.
    code_sha256 TEXT,
    issued_at TEXT NOT NULL,
    not_after TEXT NOT NULL,
    -- Earlier than its end where another has taken its place.
    heard_until TEXT NOT NULL,
    revoked_at TEXT,
    certificate BYTEA NOT NULL
);
CREATE INDEX kiosk_certificates_by_kiosk ON kiosk_certificates (kiosk, issued_at);
