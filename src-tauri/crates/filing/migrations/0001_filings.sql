-- Drafts: what a citizen has typed so far. Gone when the session ends; what a crash left is purged after a day.
CREATE TABLE drafts (
    key        TEXT PRIMARY KEY NOT NULL,
    owner      TEXT NOT NULL,
    procedure  TEXT NOT NULL,
    version    INTEGER NOT NULL,
    page       TEXT NOT NULL,
    answers    TEXT NOT NULL,
    changed_at TEXT NOT NULL
) STRICT;
CREATE INDEX drafts_by_owner ON drafts (owner, procedure);

-- Files copied from the person's stick, by the draft and field they answer.
CREATE TABLE draft_files (
    key     TEXT NOT NULL,
    field   TEXT NOT NULL,
    name    TEXT NOT NULL,
    mime    TEXT NOT NULL,
    sha256  TEXT NOT NULL,
    content BLOB NOT NULL,
    PRIMARY KEY (key, field)
) STRICT;

-- Signed filings on their way to the registry. A row is never deleted before it has its number.
CREATE TABLE queue (
    key           TEXT PRIMARY KEY NOT NULL,
    state         TEXT NOT NULL CHECK (state IN ('queued', 'submitting', 'unknown', 'registered', 'refused')),
    procedure     TEXT NOT NULL,
    submission    BLOB,
    handed_in_at  TEXT NOT NULL,
    attempts      INTEGER NOT NULL DEFAULT 0,
    due_at        TEXT NOT NULL,
    code          TEXT,
    number        TEXT,
    registered_at TEXT,
    receipt       BLOB,
    CHECK (state <> 'registered' OR number IS NOT NULL),
    CHECK (state = 'registered' OR submission IS NOT NULL)
) STRICT;
CREATE INDEX queue_by_due ON queue (state, due_at);
