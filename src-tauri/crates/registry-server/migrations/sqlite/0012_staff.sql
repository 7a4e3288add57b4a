-- Members of staff who are not heard: by name while suspended, by certificate (SHA-256) once it was revoked.
-- Who is heard, and for what, is configuration. The same table is in ../postgres.
CREATE TABLE staff_bars (
    subject TEXT PRIMARY KEY,
    kind TEXT NOT NULL CHECK (kind IN ('suspended', 'revoked')),
    since TEXT NOT NULL,
    reason TEXT NOT NULL
) STRICT;
