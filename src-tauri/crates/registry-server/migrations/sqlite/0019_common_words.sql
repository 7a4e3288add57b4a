-- Words that many entries have: a list of the entries of such a word is as long as the book. What is asked for with another
-- word beside it is found by that one; what is asked for with such words alone, by looking at the newest entries first. The
-- same is in ../postgres.
CREATE TABLE common_words (
    word TEXT PRIMARY KEY
) STRICT;
-- The words of each entry as they are, which the index does not keep.
CREATE TABLE entry_texts (
    entry INTEGER PRIMARY KEY,
    words TEXT NOT NULL
) STRICT;
-- They are learned while words are taken down, which begins anew.
INSERT INTO entry_words (entry_words) VALUES ('delete-all');
UPDATE entry_words_until SET entry = 0;
