-- Words that many entries have: a list of the entries of such a word is as long as the book. What is asked for with another
-- word beside it is found by that one; what is asked for with such words alone, by looking at the newest entries first. The
-- same is in ../sqlite.
CREATE TABLE common_words (
    word TEXT PRIMARY KEY
);
-- They are learned while words are taken down, which begins anew.
TRUNCATE entry_words;
UPDATE entry_words_until SET entry = 0;

-- Nothing is found by either, and entries are told apart by their position and linked by their hashes all the same: keeping
-- them unique cost an index each.
ALTER TABLE entries DROP CONSTRAINT entries_entry_id_key;
ALTER TABLE entries DROP CONSTRAINT entries_hash_key;

-- What has not been put in its place in the index yet is looked through by each search.
ALTER INDEX entry_words_lexemes SET (gin_pending_list_limit = 256);
