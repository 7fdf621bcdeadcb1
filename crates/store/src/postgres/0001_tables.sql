-- The schema of the lanes on PostgreSQL: the tables of sqlite/schema.sql with `lane` (region and number) leading each key.
-- Amounts are whole fen; days are like 20261126, months like 202611; postings, states and records are JSON, kept as text, because the
-- chain of hashes covers their bytes. Keys and codes are ordered by their bytes, as on SQLite.

-- Who owns a lane: each process that opens it adds one; a commit with an older number is refused.
CREATE TABLE lane_epoch (
    lane  INTEGER PRIMARY KEY,
    epoch BIGINT NOT NULL
);

-- Rows are rewritten in place by each settlement, so pages keep room for that.
CREATE TABLE person (
    lane   INTEGER NOT NULL,
    person BIGINT NOT NULL,
    lookup TEXT NOT NULL,
    state  TEXT NOT NULL,
    PRIMARY KEY (lane, person)
) WITH (fillfactor = 70);

CREATE TABLE identity (
    lane   INTEGER NOT NULL,
    person BIGINT NOT NULL,
    sealed TEXT NOT NULL,
    PRIMARY KEY (lane, person)
);

-- The ledger. Never updated, never deleted from.
CREATE TABLE entry (
    lane     INTEGER NOT NULL,
    seq      BIGINT NOT NULL,
    day      INTEGER NOT NULL,
    year     INTEGER NOT NULL,
    kind     TEXT NOT NULL,
    person   BIGINT NOT NULL,
    party    TEXT NOT NULL,
    about    BIGINT NOT NULL,
    policy   BIGINT NOT NULL,
    postings TEXT NOT NULL,
    record   TEXT NOT NULL,
    hash     TEXT NOT NULL,
    PRIMARY KEY (lane, seq)
);

CREATE INDEX entry_about ON entry (lane, about) WHERE about <> 0;

CREATE FUNCTION entry_is_kept() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'an entry is never changed and never deleted';
END $$;

CREATE TRIGGER entry_is_kept BEFORE UPDATE OR DELETE OR TRUNCATE ON entry
    FOR EACH STATEMENT EXECUTE FUNCTION entry_is_kept();

CREATE TABLE idempotency (
    lane    INTEGER NOT NULL,
    key     TEXT COLLATE "C" NOT NULL,
    content TEXT NOT NULL,
    seq     BIGINT NOT NULL,
    PRIMARY KEY (lane, key)
);

CREATE TABLE visit (
    lane   INTEGER NOT NULL,
    visit  BIGINT NOT NULL,
    person BIGINT NOT NULL,
    state  TEXT NOT NULL,
    PRIMARY KEY (lane, visit)
) WITH (fillfactor = 70);

CREATE TABLE balance (
    lane    INTEGER NOT NULL,
    account INTEGER NOT NULL,
    month   INTEGER NOT NULL,
    debit   BIGINT NOT NULL,
    credit  BIGINT NOT NULL,
    PRIMARY KEY (lane, account, month)
) WITH (fillfactor = 50);

CREATE TABLE outbox (
    lane   INTEGER NOT NULL,
    number BIGINT NOT NULL,
    target INTEGER NOT NULL,
    body   TEXT NOT NULL,
    PRIMARY KEY (lane, number)
);

CREATE TABLE listed (
    lane  INTEGER NOT NULL,
    kind  TEXT COLLATE "C" NOT NULL,
    code  TEXT COLLATE "C" NOT NULL,
    since INTEGER NOT NULL,
    body  TEXT NOT NULL,
    PRIMARY KEY (lane, kind, code, since)
);

CREATE TABLE meta (
    lane  INTEGER NOT NULL,
    name  TEXT COLLATE "C" NOT NULL,
    value TEXT NOT NULL,
    PRIMARY KEY (lane, name)
);

-- For whoever looks into the books with SQL.
CREATE VIEW posting AS
    SELECT e.lane, e.seq, e.day, e.year, e.kind, e.person, e.party, e.policy,
           (p.value ->> 0)::integer AS debit, (p.value ->> 1)::integer AS credit,
           (p.value ->> 2)::bigint AS fen, (p.value ->> 3)::integer AS rule
    FROM entry e, jsonb_array_elements(e.postings::jsonb) p;

CREATE VIEW settlement AS
    SELECT s.lane, s.seq AS settlement, s.day, s.year, s.person, s.party AS facility, s.policy, s.record,
           (SELECT r.seq FROM entry r WHERE r.lane = s.lane AND r.about = s.seq AND r.about <> 0 AND r.kind = 'reversal') AS reversed_by
    FROM entry s WHERE s.kind = 'settlement';
