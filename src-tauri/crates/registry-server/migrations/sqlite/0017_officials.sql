-- The register of public employees who may file for citizens (Law 39/2015, art. 12.3). Nothing in it is taken away: whoever
-- may not any more has an end. The same table is in ../postgres.
CREATE TABLE officials (
    nif TEXT PRIMARY KEY,
    name TEXT NOT NULL,
    -- Identifiers of procedures with blanks between them; empty for all.
    procedures TEXT NOT NULL,
    from_on TEXT NOT NULL,
    -- The last day.
    until_on TEXT NOT NULL,
    CHECK (from_on <= until_on)
) STRICT;
