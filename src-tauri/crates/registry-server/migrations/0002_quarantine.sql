-- What was refused, kept apart for the staff. Never numbered; removed once dealt with.
CREATE TABLE quarantine (
    id INTEGER PRIMARY KEY,
    client_request_id TEXT NOT NULL,
    kiosk_id TEXT NOT NULL,
    reason TEXT NOT NULL,
    first_at TEXT NOT NULL,
    last_at TEXT NOT NULL,
    times INTEGER NOT NULL DEFAULT 1,
    body_sha256 TEXT NOT NULL,
    body_size INTEGER NOT NULL,
    -- Absent when the room set aside was full.
    body BLOB,
    UNIQUE (client_request_id, body_sha256, reason)
) STRICT;
