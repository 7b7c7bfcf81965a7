-- A big register, every name made up from a number. Parameters: villages,
-- months, actions, per_session. Statements end with a semicolon.
INSERT INTO places_region (code, level, kind, name, name_key)
VALUES ('90', 1, '', 'Provinsi Contoh', 'provinsicontoh');

INSERT INTO places_region (code, level, kind, name, name_key, parent_id)
SELECT '90.' || lpad(n::text, 2, '0'), 2, '', 'Kabupaten ' || n, 'kabupaten' || n, '90'
FROM generate_series(1, 40) n;

INSERT INTO places_region (code, level, kind, name, name_key, parent_id)
SELECT code || '.' || lpad(n::text, 2, '0'), 3, '', 'Kecamatan ' || n, 'kecamatan' || n, code
FROM places_region, generate_series(1, 50) n
WHERE level = 2;

INSERT INTO places_region (code, level, kind, name, name_key, parent_id)
SELECT code || '.' || (2000 + n), 4, 'desa',
       'Desa ' || substr(md5(code || n), 1, 6), substr(md5(code || n), 1, 6), code
FROM places_region, generate_series(1, 42) n
WHERE level = 3;

INSERT INTO register_village (region_id, office_id, name, district_name, regency_id,
    regency_name, status, reason, access_note, profile, version,
    longitude, latitude)
SELECT r.code, o.ids[1 + r.n %% cardinality(o.ids)], r.name, d.name, k.code, k.name,
       'designated', '-', '', '', 1,
       round(96 + right(k.code, 2)::int + random()::numeric, 5),
       round(-9 + right(k.code, 2)::int * 7 %% 13 + random()::numeric, 5)
FROM (SELECT *, row_number() OVER (ORDER BY md5(code))::int n
      FROM places_region WHERE level = 4) r
JOIN places_region d ON d.code = r.parent_id
JOIN places_region k ON k.code = d.parent_id,
     (SELECT array_agg(id ORDER BY id) ids
      FROM places_office WHERE kind = 'kanim') o
WHERE r.n <= %(villages)s;

INSERT INTO monthly_reportslot (village_id, month, due_on, status, excuse)
SELECT v.id, m, m + interval '1 month 4 days',
       (ARRAY['open', 'submitted', 'verified', 'verified', 'returned'])
           [1 + (v.id + extract(month FROM m)::int) %% 5], ''
FROM register_village v,
     generate_series(date '2026-10-01' - interval '1 month' * (%(months)s - 1),
                     date '2026-10-01', interval '1 month') m;

INSERT INTO monthly_monthlyreport (slot_id, outreach_held, people_reached,
    office_questions, job_offers_heard, new_recruiters_seen, departures_known,
    departures_undocumented, returns_known, returns_with_problems,
    families_without_news, foreigners_reported, coordination_meetings, is_nil,
    channel, entered_by_id, submitted_at, version)
SELECT s.id, 1, 20, 2, 1, 0, 3, 1, 2, 0, 0, 0, 1, false, 'portal', u.id, now(), 1
FROM monthly_reportslot s, accounts_user u
WHERE s.status <> 'open' AND u.username = 'bench.kanwil';

INSERT INTO fgd_sessions_session (office_id, theme, purpose, starts_at, ends_at, venue, status,
    version, created_by_id, created_at, finalised_at, closing_note)
SELECT o.ids[1 + n %% cardinality(o.ids)], 'FGD ' || n, '', t, t + interval '4 hours',
       'Balai', 'finalised', 1, u.id, t, t, ''
FROM generate_series(1, %(actions)s / %(per_session)s) n,
     LATERAL (SELECT timestamptz '2024-01-01' + n * interval '1 day' t) day,
     (SELECT array_agg(id ORDER BY id) ids
      FROM places_office WHERE kind = 'kanim') o,
     accounts_user u
WHERE u.username = 'bench.kanwil';

INSERT INTO plan_recommendation (session_id, number, text, version)
SELECT id, 1, 'Rekomendasi ' || id, 1 FROM fgd_sessions_session;

INSERT INTO plan_action (recommendation_id, session_id, office_id, title,
    lead_agency_id, due_on, indicator, pillar, funding, status, percent, agreed_at,
    evidence_count, villages_open, version, created_at, done_reason, return_reason)
SELECT r.id, s.id, s.office_id, 'Tindakan ' || n,
       a.ids[1 + (s.id + n) %% cardinality(a.ids)], s.starts_at::date + 30 + n, 'Ada',
       (ARRAY['service', 'knowledge', 'security'])[1 + n %% 3], '',
       (ARRAY['not_started', 'in_progress'])[1 + n %% 2], n %% 100, s.finalised_at,
       0, 1, 1, s.starts_at, '', ''
FROM fgd_sessions_session s
JOIN plan_recommendation r ON r.session_id = s.id,
     generate_series(1, %(per_session)s) n,
     (SELECT array_agg(id ORDER BY id) ids FROM agencies_agency) a;

INSERT INTO plan_actionvillage
    (action_id, village_id, status, reason, decision_note, version)
SELECT a.id, v.ids[1 + a.id %% cardinality(v.ids)], 'pending', '', '', 1
FROM plan_action a, (SELECT array_agg(id ORDER BY id) ids FROM register_village) v;

INSERT INTO plan_actionsupport (action_id, agency_id)
SELECT a.id, g.ids[1 + a.id %% cardinality(g.ids)]
FROM plan_action a, (SELECT array_agg(id ORDER BY id) ids FROM agencies_agency) g
WHERE a.id %% 3 = 0;

ANALYZE
