-- Whether a number leaves a gap is asked once for the entries of a batch, and no longer for each.
CREATE FUNCTION leave_no_gaps() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF EXISTS (
        SELECT 1 FROM added WHERE added.seq > 1 AND NOT EXISTS (
            SELECT 1 FROM entries
            WHERE entries.office = added.office AND entries.year = added.year AND entries.seq = added.seq - 1
        )
    ) THEN
        RAISE EXCEPTION 'a number leaves no gap' USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    RETURN NULL;
END $$;

DROP TRIGGER entries_leave_no_gap ON entries;
CREATE TRIGGER entries_leave_no_gap AFTER INSERT ON entries
REFERENCING NEW TABLE AS added FOR EACH STATEMENT EXECUTE FUNCTION leave_no_gaps();
DROP FUNCTION leave_no_gap();
