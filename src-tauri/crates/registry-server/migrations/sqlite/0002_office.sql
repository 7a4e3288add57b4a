-- What the office does: declared incidents, kiosks, and the log of every act and every reading.

CREATE TABLE incidents (
    id TEXT PRIMARY KEY,
    declared_at TEXT NOT NULL,
    -- The incident as JSON; it changes while it lasts, and the log has each version.
    incident TEXT NOT NULL
) STRICT;

CREATE TABLE kiosks (
    name TEXT PRIMARY KEY,
    state TEXT NOT NULL CHECK (state IN ('allowed', 'suspended')),
    since TEXT NOT NULL,
    reason TEXT NOT NULL
) STRICT;

CREATE TABLE audit_log (
    position INTEGER PRIMARY KEY,
    at TEXT NOT NULL,
    -- Who: an official, or a kiosk.
    actor TEXT NOT NULL,
    action TEXT NOT NULL,
    -- On what: a number, a key, a name.
    subject TEXT NOT NULL,
    detail TEXT NOT NULL,
    prev_hash TEXT NOT NULL,
    hash TEXT NOT NULL UNIQUE
) STRICT;
CREATE INDEX audit_log_by_subject ON audit_log (subject);

CREATE TRIGGER audit_log_is_final BEFORE UPDATE ON audit_log
BEGIN SELECT RAISE(ABORT, 'the log is final'); END;
CREATE TRIGGER audit_log_stays BEFORE DELETE ON audit_log
BEGIN SELECT RAISE(ABORT, 'the log stays'); END;
