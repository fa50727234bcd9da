-- The counting of by_hand.sql's cases, as `risk run` counts them, and the account of every row.

-- Twelve months up to the last one with cases.
create temp table span as select max(month) - 11 as first_month, max(month) as last_month from
    (select year(decided_on) * 12 + month(decided_on) - 1 as month, count(*) as n from cases group by all)
    where n > (select count(*) from cases) * 0.001;

create temp macro clock(t) as if(t = date_trunc('day', t), null, hour(t));

create temp macro banded(h) as case when h >= 22 or h < 6 then '夜间' when h < 7 then '清晨' when h < 9 then '早高峰'
    when h < 12 then '上午' when h < 17 then '下午' when h < 19 then '晚高峰' when h < 22 then '晚间' end;

create temp view facts as
    select violation, district, place, industry, behaviour, decided_on, banded(clock(occurred_at)) as time_band,
        year(decided_on) * 12 + month(decided_on) - 1 - (select first_month from span) as step,
        regexp_matches(penalties, '责令停产停业|吊销许可证件|行政拘留')
            or coalesce(fine_fen, 0) >= if(party_kind = '法人及非法人组织', 10000000, 1000000) as major,
        coercive_measures <> '' as coercive,
        procedure = '简易' and (fine_fen <= if(party_kind = '法人及非法人组织' and violation in
            ('traffic.oversize', 'traffic.unlicensed_bus', 'traffic.cargo_spill'), 300000, 20000)
            or (fine_fen is null and not contains(penalties, '罚款'))) as summary,
        guided and corrected and not harm as slight
    from cases;

-- Counts by the finest scope; the others are rolled up from it.
create temp table by_place as
    select violation, district, place, time_band, count(*) as cases, count(*) filter (step between 0 and 11) as recent,
        bit_or(if(step between 0 and 11, 1 << step, 0)) as months, min(decided_on) as first, max(decided_on) as last,
        count(*) filter (major) as major, count(*) filter (coercive) as coercive, count(*) filter (summary) as summary,
        count(*) filter (slight) as slight, count(*) filter (slight is null) as slight_unknown
    from facts group by all;

create temp table by_behaviour as
    select violation, industry, behaviour, count(*) as cases, count(*) filter (step between 0 and 11) as recent,
        bit_or(if(step between 0 and 11, 1 << step, 0)) as months, min(decided_on) as first, max(decided_on) as last,
        count(*) filter (major) as major, count(*) filter (coercive) as coercive, count(*) filter (summary) as summary,
        count(*) filter (slight) as slight, count(*) filter (slight is null) as slight_unknown
    from facts where industry is not null or behaviour is not null group by all;

create temp table by_road as
    select violation, district, place, sum(cases)::bigint as cases, sum(recent)::bigint as recent,
        bit_or(months) as months, min(first) as first, max(last) as last, sum(major)::bigint as major,
        sum(coercive)::bigint as coercive, sum(summary)::bigint as summary, sum(slight)::bigint as slight,
        sum(slight_unknown)::bigint as slight_unknown
    from by_place where place is not null group by all;

create temp table by_band as
    select violation, time_band, sum(cases)::bigint as cases, sum(recent)::bigint as recent,
        bit_or(months) as months, min(first) as first, max(last) as last, sum(major)::bigint as major,
        sum(coercive)::bigint as coercive, sum(summary)::bigint as summary, sum(slight)::bigint as slight,
        sum(slight_unknown)::bigint as slight_unknown
    from by_place where time_band is not null group by all;

create temp table city as
    select violation, sum(cases)::bigint as cases, sum(recent)::bigint as recent,
        bit_or(months) as months, min(first) as first, max(last) as last, sum(major)::bigint as major,
        sum(coercive)::bigint as coercive, sum(summary)::bigint as summary, sum(slight)::bigint as slight,
        sum(slight_unknown)::bigint as slight_unknown
    from by_place group by all;

-- The list: every violation, and the forty places with the most cases, at most fifteen a violation.
create temp table listed as
    select concat_ws('/', violation, district, place) as point, * from by_road
    qualify row_number() over (partition by violation order by recent desc, district, place) <= 15
    order by recent desc, district, place limit 40;

create temp table points as
    select violation as risk_point, * from city union all by name select * rename (point as risk_point) from listed;

-- Every case once, whether it lies beneath a listed place or not; a violation's row is their sum.
create temp table grid as
    select violation, point, year(decided_on) * 12 + month(decided_on) - 1 as month, isodow(occurred_at) as weekday,
        clock(occurred_at) as hour, count(*) as cases, sum(fine_fen)::bigint as fen
    from cases left join (select point, violation, district, place from listed) using (violation, district, place)
    group by all;

create temp table beneath as
    select violation as risk_point, * exclude (violation, point) from grid
    union all select point, * exclude (violation, point) from grid where point is not null;

create temp table evidence_monthly as
    select risk_point, format('{:04d}-{:02d}', month // 12, month % 12 + 1) as month, sum(cases)::bigint as cases,
        coalesce(sum(fen), 0) / 100.0 as fines
    from beneath group by all;

create temp table evidence_hourly as
    select risk_point, weekday, hour, sum(cases)::bigint as cases from beneath where hour is not null group by all;

-- The newest cases lie in the last months that together hold two hundred.
create temp table since as
    select risk_point, max(month) as month from (
        select risk_point, month, sum(sum(cases)) over (partition by risk_point order by month desc) as n
        from beneath group by risk_point, month)
    where n >= 200 group by all
    union all select risk_point, 0 from beneath group by risk_point having sum(cases) < 200;

create temp table newest as
    with late as (
        select violation as risk_point, case_id, decided_on, record from cases join since on violation = risk_point
        where year(decided_on) * 12 + month(decided_on) - 1 >= month
        union all
        select point, case_id, decided_on, record from cases join listed using (violation, district, place)
        join since on point = risk_point where year(decided_on) * 12 + month(decided_on) - 1 >= month)
    select risk_point, record, row_number() over
        (partition by risk_point order by decided_on desc, case_id desc, record) as nth
    from late qualify nth <= 200;

create temp table evidence_cases as
    select risk_point, rows.* exclude (outcome, reason, detail, unreadable) from newest join rows using (record)
    order by risk_point, nth;

create temp table gaps as
    select record, max(nth) as n from (select line - 1 - nth as record, nth
        from (select line, row_number() over (order by line) as nth from broken)) group by all;

create temp table rejects as
    select record + 2 + coalesce(n, 0) as line, reason, detail
    from (select record, reason, detail from rows where outcome = 'rejected') asof left join gaps using (record)
    union all select line, 'broken line', null from broken;

create temp table exclusions as
    select record + 2 + coalesce(n, 0) as line, reason
    from (select record, reason from rows where outcome = 'excluded') asof left join gaps using (record);

create temp table duplicates as
    select record, record + 2 + coalesce(gone.n, 0) as line, reason, stands + 2 + coalesce(kept.n, 0) as stands
    from dropped asof left join gaps as gone using (record) asof left join gaps as kept on stands >= kept.record;

create temp table sources as
    select (select count(*) from rows) + (select count(*) from broken) as rows,
        (select sum(cases)::bigint from city) as cases, (select count(*) from rejects) as rejected,
        (select count(*) from exclusions) as excluded, (select count(*) from duplicates) as duplicates;
