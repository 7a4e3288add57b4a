-- Nothing changes here: SQLite asks for each entry, which costs it little. The number is that of ../postgres.
SELECT 1;
