-- Everything that is asked, in one statement: which table, the place of the question, the row's numbers, the row's texts.
-- LIMIT keeps each question a look-up by key of its own: joined, a plan made while the tables were empty reads the whole lane.
SELECT 'person', a.place, r.numbers, r.texts
    FROM unnest($2::bigint[]) WITH ORDINALITY a(asked, place) CROSS JOIN LATERAL (
        SELECT ARRAY[person] AS numbers, ARRAY[lookup, state] AS texts
        FROM person WHERE lane = $1::integer AND person = a.asked LIMIT 1) r
UNION ALL
SELECT 'idempotency', a.place, r.numbers, r.texts
    FROM unnest($3::text[]) WITH ORDINALITY a(asked, place) CROSS JOIN LATERAL (
        SELECT ARRAY[seq] AS numbers, ARRAY[key, content] AS texts
        FROM idempotency WHERE lane = $1 AND key = a.asked COLLATE "C" LIMIT 1) r
UNION ALL
SELECT 'visit', a.place, r.numbers, r.texts
    FROM unnest($4::bigint[]) WITH ORDINALITY a(asked, place) CROSS JOIN LATERAL (
        SELECT ARRAY[visit, person] AS numbers, ARRAY[state] AS texts
        FROM visit WHERE lane = $1 AND visit = a.asked LIMIT 1) r
UNION ALL
SELECT 'entry', a.place, r.numbers, r.texts
    FROM unnest($5::bigint[]) WITH ORDINALITY a(asked, place) CROSS JOIN LATERAL (
        SELECT ARRAY[seq, day, year, entry.person, about, policy] AS numbers, ARRAY[kind, party, postings, record, hash] AS texts
        FROM entry WHERE lane = $1 AND seq = a.asked LIMIT 1) r
UNION ALL
SELECT 'identity', a.place, r.numbers, r.texts
    FROM unnest($6::bigint[]) WITH ORDINALITY a(asked, place) CROSS JOIN LATERAL (
        SELECT ARRAY[person] AS numbers, ARRAY[sealed] AS texts
        FROM identity WHERE lane = $1 AND person = a.asked LIMIT 1) r
