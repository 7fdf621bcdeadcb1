-- The schema of a lane on SQLite, where a lane is a file. PostgreSQL has the same tables with `lane` leading each key.
-- Amounts are whole fen; days are like 20261126, months like 202611; postings, states and records are JSON.

CREATE TABLE person (
    person INTEGER PRIMARY KEY,
    lookup TEXT NOT NULL,
    state  TEXT NOT NULL
) STRICT;

CREATE TABLE identity (
    person INTEGER PRIMARY KEY,
    sealed TEXT NOT NULL
) STRICT;

-- The ledger. Never updated, never deleted from.
CREATE TABLE entry (
    seq      INTEGER PRIMARY KEY,
    day      INTEGER NOT NULL,
    year     INTEGER NOT NULL,
    kind     TEXT NOT NULL,
    person   INTEGER NOT NULL,
    party    TEXT NOT NULL,
    about    INTEGER NOT NULL,
    policy   INTEGER NOT NULL,
    postings TEXT NOT NULL,
    record   TEXT NOT NULL,
    hash     TEXT NOT NULL
) STRICT;

CREATE INDEX entry_about ON entry (about) WHERE about <> 0;

CREATE TRIGGER entry_is_not_changed BEFORE UPDATE ON entry
BEGIN SELECT RAISE(ABORT, 'an entry is never changed'); END;

CREATE TRIGGER entry_is_not_deleted BEFORE DELETE ON entry
BEGIN SELECT RAISE(ABORT, 'an entry is never deleted'); END;

CREATE TABLE idempotency (
    key     TEXT PRIMARY KEY,
    content TEXT NOT NULL,
    seq     INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE visit (
    visit  INTEGER PRIMARY KEY,
    person INTEGER NOT NULL,
    state  TEXT NOT NULL
) STRICT;

CREATE TABLE balance (
    account INTEGER NOT NULL,
    month   INTEGER NOT NULL,
    debit   INTEGER NOT NULL,
    credit  INTEGER NOT NULL,
    PRIMARY KEY (account, month)
) STRICT, WITHOUT ROWID;

-- What institutions and the agency reconcile by: one for each settlement, and for each that was taken back (about). In the order in which
-- they are asked for; `at` is like 20261126183005.
CREATE TABLE slip (
    party    TEXT NOT NULL,
    at       INTEGER NOT NULL,
    seq      INTEGER NOT NULL,
    about    INTEGER NOT NULL,
    person   INTEGER NOT NULL,
    visit    INTEGER NOT NULL,
    scheme   TEXT NOT NULL,
    setting  TEXT NOT NULL,
    key      TEXT NOT NULL,
    total    INTEGER NOT NULL,
    funds    INTEGER NOT NULL,
    account  INTEGER NOT NULL,
    cash     INTEGER NOT NULL,
    hospital INTEGER NOT NULL,
    PRIMARY KEY (party, at, seq)
) STRICT, WITHOUT ROWID;

CREATE TABLE outbox (
    number INTEGER PRIMARY KEY,
    target INTEGER NOT NULL,
    body   TEXT NOT NULL
) STRICT;

CREATE TABLE listed (
    kind  TEXT NOT NULL,
    code  TEXT NOT NULL,
    since INTEGER NOT NULL,
    body  TEXT NOT NULL,
    PRIMARY KEY (kind, code, since)
) STRICT, WITHOUT ROWID;

CREATE TABLE meta (
    name  TEXT PRIMARY KEY,
    value TEXT NOT NULL
) STRICT, WITHOUT ROWID;

-- For whoever looks into the books with SQL.
CREATE VIEW posting AS
    SELECT e.seq, e.day, e.year, e.kind, e.person, e.party, e.policy,
           p.value ->> 0 AS debit, p.value ->> 1 AS credit, p.value ->> 2 AS fen, p.value ->> 3 AS rule
    FROM entry e, json_each(e.postings) p;

CREATE VIEW settlement AS
    SELECT s.seq AS settlement, s.day, s.year, s.person, s.party AS facility, s.policy, s.record,
           (SELECT r.seq FROM entry r WHERE r.about = s.seq AND r.kind = 'reversal') AS reversed_by
    FROM entry s WHERE s.kind = 'settlement';
