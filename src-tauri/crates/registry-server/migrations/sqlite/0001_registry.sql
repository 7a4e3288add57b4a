-- Entries are written once and never changed: the triggers below say so to everybody who opens this file.
-- The same tables, in the same order, are in ../postgres.

-- One row, held by whoever writes a batch of entries. Everything about the last entry is read from the entries.
CREATE TABLE book (
    id INTEGER PRIMARY KEY CHECK (id = 1),
    batches INTEGER NOT NULL
) STRICT;
INSERT INTO book (id, batches) VALUES (1, 0);

-- What was handed in, each content once, by its hash.
CREATE TABLE documents (
    sha256 TEXT PRIMARY KEY,
    size INTEGER NOT NULL,
    content BLOB NOT NULL
) STRICT;

CREATE TABLE entries (
    -- Order of reception; links the chain of hashes.
    position INTEGER PRIMARY KEY,
    entry_id TEXT NOT NULL UNIQUE,
    office TEXT NOT NULL,
    office_name TEXT NOT NULL,
    kind TEXT NOT NULL CHECK (kind = 'E'),
    -- Whose number it is: 'own', or the name of the registry that gave it.
    numbered_by TEXT NOT NULL,
    number TEXT NOT NULL CHECK (length(number) BETWEEN 1 AND 20),
    -- Of our own numbers only.
    year INTEGER,
    seq INTEGER CHECK (seq > 0),
    -- UTC, milliseconds.
    registered_at TEXT NOT NULL,
    presented_at TEXT NOT NULL,
    presented_at_basis TEXT NOT NULL CHECK (presented_at_basis IN ('server', 'incident', 'staff')),
    incident_id TEXT,
    effective_at TEXT NOT NULL,
    effective_on TEXT NOT NULL,
    due_on TEXT,
    handed_in_at TEXT NOT NULL,
    -- SICRES 4: 01 in person, 02 electronic.
    mode TEXT NOT NULL CHECK (mode IN ('01', '02')),
    dest_unit TEXT NOT NULL,
    procedure_id TEXT NOT NULL,
    procedure_version INTEGER NOT NULL,
    abstract TEXT NOT NULL,
    form_json TEXT NOT NULL,
    -- Absent where the entry is of the office itself.
    form_pdf_sha256 TEXT REFERENCES documents (sha256),
    language TEXT NOT NULL,
    interested TEXT NOT NULL,
    interested_nif TEXT NOT NULL,
    -- What SICRES 4 knows besides.
    sicres TEXT NOT NULL,
    identification_means TEXT NOT NULL,
    signature_status TEXT NOT NULL CHECK (signature_status IN ('signed', 'official', 'unsigned_pending')),
    signer_certificate_sha256 TEXT NOT NULL,
    -- The entry that this one rectifies or annuls, and why; the other stays as it is.
    relation TEXT CHECK (relation IN ('rectifies', 'annuls')),
    relates_to INTEGER REFERENCES entries (position),
    reason TEXT,
    acting_official TEXT,
    csv TEXT NOT NULL UNIQUE,
    client_request_id TEXT NOT NULL UNIQUE,
    package_sha256 TEXT NOT NULL,
    kiosk_id TEXT NOT NULL,
    -- What the receipt is made from, fixed with the entry, so that a receipt made late is the same.
    receipt_facts TEXT NOT NULL,
    prev_hash TEXT NOT NULL,
    hash TEXT NOT NULL UNIQUE,
    UNIQUE (office, year, seq),
    UNIQUE (office, number),
    CHECK ((numbered_by = 'own') = (seq IS NOT NULL AND year IS NOT NULL)),
    CHECK ((relation IS NULL) = (relates_to IS NULL)),
    CHECK (relation IS NULL OR (reason IS NOT NULL AND acting_official IS NOT NULL))
) STRICT;

-- An entry may be annulled once.
CREATE UNIQUE INDEX entries_annulled_once ON entries (relates_to) WHERE relation = 'annuls';
CREATE INDEX entries_by_time ON entries (registered_at);
CREATE INDEX entries_by_nif ON entries (interested_nif, position);
CREATE INDEX entries_by_procedure ON entries (procedure_id, position);
CREATE INDEX entries_by_relation ON entries (relates_to) WHERE relates_to IS NOT NULL;

CREATE TRIGGER entries_leave_no_gap BEFORE INSERT ON entries
WHEN NEW.seq > 1 AND NOT EXISTS (
    SELECT 1 FROM entries WHERE office = NEW.office AND year = NEW.year AND seq = NEW.seq - 1
)
BEGIN SELECT RAISE(ABORT, 'a number leaves no gap'); END;
CREATE TRIGGER entries_are_final BEFORE UPDATE ON entries
BEGIN SELECT RAISE(ABORT, 'an entry is final'); END;
CREATE TRIGGER entries_stay BEFORE DELETE ON entries
BEGIN SELECT RAISE(ABORT, 'an entry stays'); END;

CREATE TABLE attachments (
    entry INTEGER NOT NULL REFERENCES entries (position),
    place INTEGER NOT NULL,
    name TEXT NOT NULL,
    mime TEXT NOT NULL,
    size INTEGER NOT NULL,
    sha256 TEXT NOT NULL REFERENCES documents (sha256),
    document TEXT NOT NULL,
    PRIMARY KEY (entry, place)
) STRICT;

CREATE TRIGGER attachments_are_final BEFORE UPDATE ON attachments
BEGIN SELECT RAISE(ABORT, 'an attachment is final'); END;
CREATE TRIGGER attachments_stay BEFORE DELETE ON attachments
BEGIN SELECT RAISE(ABORT, 'an attachment stays'); END;

-- Documents go away only while no entry has them: the references see to that.
CREATE TRIGGER documents_are_final BEFORE UPDATE ON documents
BEGIN SELECT RAISE(ABORT, 'a document is final'); END;

CREATE TABLE receipts (
    entry INTEGER PRIMARY KEY REFERENCES entries (position),
    made_at TEXT NOT NULL,
    -- The answer as it was sent, byte by byte.
    body BLOB NOT NULL
) STRICT;

CREATE TRIGGER receipts_are_final BEFORE UPDATE ON receipts
BEGIN SELECT RAISE(ABORT, 'a receipt is final'); END;
CREATE TRIGGER receipts_stay BEFORE DELETE ON receipts
BEGIN SELECT RAISE(ABORT, 'a receipt stays'); END;

-- The receipt of the registry that gave the number, beside ours.
CREATE TABLE official_receipts (
    entry INTEGER PRIMARY KEY REFERENCES entries (position),
    media_type TEXT NOT NULL,
    sha256 TEXT NOT NULL,
    content BLOB NOT NULL
) STRICT;

CREATE TRIGGER official_receipts_are_final BEFORE UPDATE ON official_receipts
BEGIN SELECT RAISE(ABORT, 'a receipt is final'); END;
CREATE TRIGGER official_receipts_stay BEFORE DELETE ON official_receipts
BEGIN SELECT RAISE(ABORT, 'a receipt stays'); END;

-- What waits for another registry's number, and how far it has come. Each step is written before the call it
-- announces; `asked` says that the call may have been made.
CREATE TABLE intakes (
    client_request_id TEXT PRIMARY KEY,
    package_sha256 TEXT NOT NULL,
    kiosk_id TEXT NOT NULL,
    received_at TEXT NOT NULL,
    -- The package and what the checks found, as JSON.
    package BLOB NOT NULL,
    checked TEXT NOT NULL,
    state TEXT NOT NULL CHECK (state IN ('pending', 'unknown', 'refused', 'numbered')),
    step TEXT NOT NULL,
    asked INTEGER NOT NULL,
    tries INTEGER NOT NULL,
    reason TEXT,
    next_at TEXT NOT NULL,
    -- One worker at a time: whoever raised the fence last, until the lease ends.
    fence INTEGER NOT NULL,
    leased_until TEXT NOT NULL
) STRICT;
CREATE INDEX intakes_due ON intakes (next_at) WHERE state IN ('pending', 'unknown');

-- What was refused, kept apart for the staff. Never numbered; removed once dealt with.
CREATE TABLE quarantine (
    id TEXT PRIMARY KEY,
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
