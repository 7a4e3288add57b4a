-- The words by which an entry is found. They follow the entries: what came last may not be here yet, and is looked at as it
-- stands. The same tables, in the same order, are in ../sqlite.
CREATE TABLE entry_words (
    entry BIGINT PRIMARY KEY,
    -- Small letters without accents, parted by spaces, each word once.
    words TEXT NOT NULL,
    lexemes TSVECTOR NOT NULL GENERATED ALWAYS AS (array_to_tsvector(string_to_array(words, ' '))) STORED
);
CREATE INDEX entry_words_lexemes ON entry_words USING gin (lexemes);

-- The last entry whose words are there. Held by whoever adds some.
CREATE TABLE entry_words_until (
    id BIGINT PRIMARY KEY CHECK (id = 1),
    entry BIGINT NOT NULL
);
INSERT INTO entry_words_until (id, entry) VALUES (1, 0);
