-- The index has only those words that are not common: the common ones are looked for in the text. Where they are written
-- down, they are left out by whoever takes the words down. SQLite's index was never made from the text.
ALTER TABLE entry_words ALTER COLUMN lexemes DROP EXPRESSION;
