-- Entries are written once and never changed: the triggers below say so to everybody who opens this file.

CREATE TABLE sequences (
    office TEXT NOT NULL,
    year INTEGER NOT NULL,
    last INTEGER NOT NULL CHECK (last > 0),
    PRIMARY KEY (office, year)
) STRICT, WITHOUT ROWID;

CREATE TRIGGER sequences_begin_at_one BEFORE INSERT ON sequences WHEN NEW.last <> 1
BEGIN SELECT RAISE(ABORT, 'a sequence begins at one'); END;
CREATE TRIGGER sequences_leave_no_gap BEFORE UPDATE ON sequences
WHEN NEW.last <> OLD.last + 1 OR NEW.office <> OLD.office OR NEW.year <> OLD.year
BEGIN SELECT RAISE(ABORT, 'a sequence leaves no gap'); END;
CREATE TRIGGER sequences_stay BEFORE DELETE ON sequences
BEGIN SELECT RAISE(ABORT, 'a sequence stays'); END;

CREATE TABLE entries (
    -- Order of reception; links the chain of hashes.
    position INTEGER PRIMARY KEY AUTOINCREMENT,
    entry_id TEXT NOT NULL UNIQUE,
    office TEXT NOT NULL,
    office_name TEXT NOT NULL,
    year INTEGER NOT NULL,
    kind TEXT NOT NULL CHECK (kind = 'E'),
    seq INTEGER NOT NULL CHECK (seq > 0),
    number TEXT NOT NULL CHECK (length(number) <= 20),
    -- UTC, milliseconds.
    registered_at TEXT NOT NULL,
    presented_at TEXT NOT NULL,
    presented_at_basis TEXT NOT NULL CHECK (presented_at_basis IN ('server', 'incident', 'staff')),
    effective_on TEXT NOT NULL,
    handed_in_at TEXT NOT NULL,
    -- SICRES 4: 01 in person, 02 electronic.
    mode TEXT NOT NULL CHECK (mode IN ('01', '02')),
    dest_unit TEXT NOT NULL,
    procedure_id TEXT NOT NULL,
    procedure_version INTEGER NOT NULL,
    abstract TEXT NOT NULL,
    form_json TEXT NOT NULL,
    form_pdf BLOB NOT NULL,
    form_pdf_sha256 TEXT NOT NULL,
    language TEXT NOT NULL,
    interested TEXT NOT NULL,
    identification_means TEXT NOT NULL,
    signature_status TEXT NOT NULL CHECK (signature_status IN ('signed', 'official', 'unsigned_pending')),
    signer_certificate_sha256 TEXT NOT NULL,
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
    FOREIGN KEY (office, year) REFERENCES sequences (office, year)
) STRICT;

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
    sha256 TEXT NOT NULL,
    document TEXT NOT NULL,
    content BLOB NOT NULL,
    PRIMARY KEY (entry, place)
) STRICT;

CREATE TRIGGER attachments_are_final BEFORE UPDATE ON attachments
BEGIN SELECT RAISE(ABORT, 'an attachment is final'); END;
CREATE TRIGGER attachments_stay BEFORE DELETE ON attachments
BEGIN SELECT RAISE(ABORT, 'an attachment stays'); END;

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
