-- Slips: what institutions and the agency reconcile by, one for each settlement and each that was taken back.
-- A database that has settlements and no slips of them is not renewed: it would look as if nothing had been settled.
DO $$
BEGIN
    IF EXISTS (SELECT 1 FROM entry WHERE kind = 'settlement') THEN
        RAISE EXCEPTION 'an earlier program made this database: it has settlements and no slips of them, and must be made anew';
    END IF;
END $$;

CREATE TABLE slip (
    lane     INTEGER NOT NULL,
    party    TEXT COLLATE "C" NOT NULL,
    at       BIGINT NOT NULL,
    seq      BIGINT NOT NULL,
    about    BIGINT NOT NULL,
    person   BIGINT NOT NULL,
    visit    BIGINT NOT NULL,
    scheme   TEXT NOT NULL,
    setting  TEXT NOT NULL,
    key      TEXT NOT NULL,
    total    BIGINT NOT NULL,
    funds    BIGINT NOT NULL,
    account  BIGINT NOT NULL,
    cash     BIGINT NOT NULL,
    hospital BIGINT NOT NULL,
    PRIMARY KEY (lane, party, at, seq)
);

-- The slips of a batch, after the rest of it: it is given the epoch that `commit_batch` returned, and hands it on.
CREATE FUNCTION commit_slips(
    the_lane integer, our_epoch bigint, found_epoch bigint,
    parties text[], ats bigint[], seqs bigint[], abouts bigint[], persons bigint[], visits bigint[],
    schemes text[], settings text[], keys text[],
    totals bigint[], by_funds bigint[], by_accounts bigint[], by_cash bigint[], by_hospitals bigint[]
) RETURNS bigint LANGUAGE plpgsql AS $$
BEGIN
    IF found_epoch = our_epoch AND cardinality(parties) > 0 THEN
        INSERT INTO slip (lane, party, at, seq, about, person, visit, scheme, setting, key, total, funds, account, cash, hospital)
            SELECT the_lane, n.* FROM unnest(parties, ats, seqs, abouts, persons, visits, schemes, settings, keys,
                                             totals, by_funds, by_accounts, by_cash, by_hospitals) n;
    END IF;
    RETURN found_epoch;
END $$;
