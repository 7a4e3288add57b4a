-- How often somebody has asked in a minute, over all servers that share this database. A SQLite database has one server,
-- which counts in its memory: there is no such table there. Of addresses only a hash is kept, and only until
-- somebody asks in a later minute; what a crash takes away is only missed by whoever would have had to wait.
CREATE UNLOGGED TABLE looks (
    minute BIGINT NOT NULL,
    door TEXT NOT NULL,
    who TEXT NOT NULL,
    times BIGINT NOT NULL,
    PRIMARY KEY (minute, door, who)
);
