-- What was handed in without a signature, and how far the requirement to sign it has come (Law 39/2015, art. 68.1). The
-- same table is in ../postgres.
CREATE TABLE requirements (
    entry INTEGER PRIMARY KEY REFERENCES entries (position),
    -- Working days to sign, from the day after the notification.
    working_days INTEGER NOT NULL CHECK (working_days BETWEEN 1 AND 15),
    notified_on TEXT,
    due_on TEXT,
    cured_by INTEGER REFERENCES entries (position),
    cured_on TEXT,
    -- Taken as withdrawn, and by which resolution.
    withdrawn_on TEXT,
    resolution TEXT,
    CHECK ((notified_on IS NULL) = (due_on IS NULL)),
    CHECK ((cured_by IS NULL) = (cured_on IS NULL)),
    CHECK ((withdrawn_on IS NULL) = (resolution IS NULL)),
    CHECK (cured_by IS NULL OR withdrawn_on IS NULL)
) STRICT;
-- Those that nobody has dealt with yet.
CREATE INDEX requirements_open ON requirements (entry) WHERE cured_by IS NULL AND withdrawn_on IS NULL;
