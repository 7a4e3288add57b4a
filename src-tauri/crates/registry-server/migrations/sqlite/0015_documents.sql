-- Contents are kept outside of the database from here on: 'row' says that this one still stands here, 'store' that it is
-- where documents are kept, 'none' that there was no room for it. The same changes, in the same order, are in ../postgres.
ALTER TABLE documents ADD COLUMN kept TEXT NOT NULL DEFAULT 'row' CHECK (kept IN ('row', 'store'));
ALTER TABLE quarantine ADD COLUMN kept TEXT NOT NULL DEFAULT 'row' CHECK (kept IN ('row', 'store', 'none'));
-- Hash of the package as it waits there; absent where it stands in the row.
ALTER TABLE intakes ADD COLUMN package_json_sha256 TEXT;
