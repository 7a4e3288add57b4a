-- How many pages a file has: people are told, and counting again would mean reading a stranger's file again.
ALTER TABLE draft_files ADD COLUMN pages INTEGER NOT NULL DEFAULT 0;
