-- One batch of one lane, written by one call: all of it or nothing. It returns the epoch of the lane; if that is not the caller's,
-- another process owns the lane and nothing was written. The lane's row is held until the end, so that a new owner begins after it.
-- Columns come as arrays. Of rows of a batch with the same key the last one is written, as if they were written in turn.
CREATE FUNCTION commit_batch(
    the_lane integer, our_epoch bigint,
    entry_seqs bigint[], entry_days bigint[], entry_years bigint[], entry_kinds text[], entry_persons bigint[], entry_parties text[],
    entry_abouts bigint[], entry_policies bigint[], entry_postings text[], entry_records text[], entry_hashes text[],
    person_numbers bigint[], person_lookups text[], person_states text[],
    identity_persons bigint[], identity_seals text[],
    key_keys text[], key_contents text[], key_seqs bigint[],
    visit_numbers bigint[], visit_persons bigint[], visit_states text[],
    balance_accounts bigint[], balance_months bigint[], balance_debits bigint[], balance_credits bigint[],
    outbox_numbers bigint[], outbox_targets bigint[], outbox_bodies text[], delivered_numbers bigint[],
    listed_kinds text[], listed_codes text[], listed_days bigint[], listed_bodies text[],
    meta_names text[], meta_values text[]
) RETURNS bigint LANGUAGE plpgsql AS $$
DECLARE
    found_epoch bigint;
BEGIN
    SELECT epoch INTO found_epoch FROM lane_epoch WHERE lane = the_lane FOR SHARE;
    IF found_epoch IS DISTINCT FROM our_epoch THEN
        RETURN COALESCE(found_epoch, 0);
    END IF;

    IF cardinality(entry_seqs) > 0 THEN
        INSERT INTO entry (lane, seq, day, year, kind, person, party, about, policy, postings, record, hash)
            SELECT the_lane, n.* FROM unnest(entry_seqs, entry_days, entry_years, entry_kinds, entry_persons, entry_parties,
                                             entry_abouts, entry_policies, entry_postings, entry_records, entry_hashes) n;
    END IF;
    IF cardinality(person_numbers) > 0 THEN
        INSERT INTO person (lane, person, lookup, state)
            SELECT DISTINCT ON (n.person) the_lane, n.person, n.lookup, n.state
            FROM unnest(person_numbers, person_lookups, person_states) WITH ORDINALITY n(person, lookup, state, place)
            ORDER BY n.person, n.place DESC
            ON CONFLICT (lane, person) DO UPDATE SET lookup = excluded.lookup, state = excluded.state;
    END IF;
    IF cardinality(identity_persons) > 0 THEN
        INSERT INTO identity (lane, person, sealed)
            SELECT DISTINCT ON (n.person) the_lane, n.person, n.sealed
            FROM unnest(identity_persons, identity_seals) WITH ORDINALITY n(person, sealed, place)
            ORDER BY n.person, n.place DESC
            ON CONFLICT (lane, person) DO UPDATE SET sealed = excluded.sealed;
    END IF;
    IF cardinality(key_keys) > 0 THEN
        INSERT INTO idempotency (lane, key, content, seq)
            SELECT the_lane, n.* FROM unnest(key_keys, key_contents, key_seqs) n;
    END IF;
    IF cardinality(visit_numbers) > 0 THEN
        INSERT INTO visit (lane, visit, person, state)
            SELECT DISTINCT ON (n.visit) the_lane, n.visit, n.person, n.state
            FROM unnest(visit_numbers, visit_persons, visit_states) WITH ORDINALITY n(visit, person, state, place)
            ORDER BY n.visit, n.place DESC
            ON CONFLICT (lane, visit) DO UPDATE SET state = excluded.state;
    END IF;
    IF cardinality(balance_accounts) > 0 THEN
        INSERT INTO balance AS b (lane, account, month, debit, credit)
            SELECT the_lane, n.account, n.month, sum(n.debit)::bigint, sum(n.credit)::bigint
            FROM unnest(balance_accounts, balance_months, balance_debits, balance_credits) n(account, month, debit, credit)
            GROUP BY n.account, n.month
            ON CONFLICT (lane, account, month)
            DO UPDATE SET debit = b.debit + excluded.debit, credit = b.credit + excluded.credit;
    END IF;
    IF cardinality(outbox_numbers) > 0 THEN
        INSERT INTO outbox (lane, number, target, body)
            SELECT the_lane, n.* FROM unnest(outbox_numbers, outbox_targets, outbox_bodies) n;
    END IF;
    IF cardinality(delivered_numbers) > 0 THEN
        DELETE FROM outbox WHERE lane = the_lane AND number = ANY (delivered_numbers);
    END IF;
    IF cardinality(listed_kinds) > 0 THEN
        INSERT INTO listed (lane, kind, code, since, body)
            SELECT DISTINCT ON (n.kind, n.code, n.since) the_lane, n.kind, n.code, n.since, n.body
            FROM unnest(listed_kinds, listed_codes, listed_days, listed_bodies) WITH ORDINALITY n(kind, code, since, body, place)
            ORDER BY n.kind, n.code, n.since, n.place DESC
            ON CONFLICT (lane, kind, code, since) DO UPDATE SET body = excluded.body;
    END IF;
    IF cardinality(meta_names) > 0 THEN
        INSERT INTO meta (lane, name, value)
            SELECT DISTINCT ON (n.name) the_lane, n.name, n.value
            FROM unnest(meta_names, meta_values) WITH ORDINALITY n(name, value, place)
            ORDER BY n.name, n.place DESC
            ON CONFLICT (lane, name) DO UPDATE SET value = excluded.value;
    END IF;
    RETURN found_epoch;
END $$;
