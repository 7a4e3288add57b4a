-- The words by which an entry is found. They follow the entries: what came last may not be here yet, and is looked at as it
-- stands. The same tables, in the same order, are in ../postgres.
-- Small letters without accents, parted by spaces, each word once; the row's number is the entry's position.
CREATE VIRTUAL TABLE entry_words USING fts5 (
    words, content = '', detail = none, columnsize = 0, prefix = '1 2 3', tokenize = 'ascii'
);

-- The last entry whose words are there.
CREATE TABLE entry_words_until (
    id BIGINT PRIMARY KEY CHECK (id = 1),
    entry BIGINT NOT NULL
);
INSERT INTO entry_words_until (id, entry) VALUES (1, 0);
