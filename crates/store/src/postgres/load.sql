-- Everything that is asked, in one statement: which table, the place of the question, the row's numbers, the row's texts.
SELECT 'person', a.place, ARRAY[p.person], ARRAY[p.lookup, p.state]
    FROM unnest($2::bigint[]) WITH ORDINALITY a(asked, place) JOIN person p ON p.lane = $1::integer AND p.person = a.asked
UNION ALL
SELECT 'idempotency', a.place, ARRAY[k.seq], ARRAY[k.key, k.content]
    FROM unnest($3::text[]) WITH ORDINALITY a(asked, place) JOIN idempotency k ON k.lane = $1 AND k.key = a.asked COLLATE "C"
UNION ALL
SELECT 'visit', a.place, ARRAY[v.visit, v.person], ARRAY[v.state]
    FROM unnest($4::bigint[]) WITH ORDINALITY a(asked, place) JOIN visit v ON v.lane = $1 AND v.visit = a.asked
UNION ALL
SELECT 'entry', a.place, ARRAY[e.seq, e.day, e.year, e.person, e.about, e.policy],
       ARRAY[e.kind, e.party, e.postings, e.record, e.hash]
    FROM unnest($5::bigint[]) WITH ORDINALITY a(asked, place) JOIN entry e ON e.lane = $1 AND e.seq = a.asked
