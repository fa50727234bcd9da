-- What `risk run` does to a ticket export, written by hand for this one file.
--
-- Whoever wrote it knows the file: which cells are dirty (places, dates, fines, wordings) and which
-- never are, so that these are not trimmed, folded or looked at twice. Statements are separated by
-- blank lines; by_hand.py fills in what stands in braces.

create temp view raw as {source};

create temp macro moment(x) as case substr(x, 5, 1)
    when '-' then try_strptime(x, '%Y-%m-%d %H:%M:%S')
    when '/' then try_strptime(x, '%Y/%m/%d %H:%M')
    when '年' then try_strptime(x, '%Y年%m月%d日%H时%M分')
    else try_strptime(x, '%Y%m%d%H%M%S') end;

create temp macro narrow(x) as translate(x, '０１２３４５６７８９（）　', '0123456789()');

create temp macro road(x) as coalesce(nullif(regexp_extract(x,
    '^(?:[\x{4e00}-\x{9fff}]{2,3}市)?(?:[\x{4e00}-\x{9fff}]{2,4}[区县])?(.+?(?:路|街|道|巷|段|线|桥|高速|胡同))'
    || '(?:(?:与|和|出|近|至|到|、|/|@).*|(?:\d+号.*)?)$', 1), ''), x);

create temp macro masked(x) as if(regexp_matches(x, '[0-9A-Za-z]{4}'), regexp_replace(x,
    '[京津沪渝冀豫云辽黑湘皖鲁新苏浙赣鄂桂甘晋蒙陕吉闽贵粤青藏川宁琼使领样][A-Za-z][·.\-\s]?'
    || '[A-Za-z0-9]{4,6}[A-Za-z0-9挂学警港澳试超]?|[0-9A-Za-z]{18}|\d{7,}[\dXx]?', '〔已遮盖〕', 'g'), x);

create temp macro fen(x) as coalesce(try_cast(x as decimal(12, 2)),
    try_cast(replace(replace(x, '元', ''), ',', '') as decimal(12, 2)),
    case x when '贰拾元' then 20 when '叁拾元' then 30 when '伍拾元' then 50 when '壹佰元' then 100
    when '壹佰伍拾元' then 150 when '贰佰元' then 200 when '伍佰元' then 500 when '壹仟元整' then 1000
    when '贰仟元整' then 2000 when '伍仟元整' then 5000 when '壹万元整' then 10000
    when '贰万元整' then 20000 end) * 100;

create temp macro yes_no(x) as case x when '是' then true when '有' then true when '否' then false
    when '无' then false end;

-- Joins, and the joins that DuckDB makes of `in (...)`, lose the order of the rows: hence the map.
set disabled_optimizers = 'in_clause';

-- One row a source row, in the source's order: cases, rejected and excluded ones.
copy (
    with cells as (
        select *,
            moment(occurred) as occurred_at,
            moment(decided)::date as decided_on,
            getvariable('terms')[if(wording < '~', regexp_replace(wording, '^[0-9]+ ', ''), wording)] as term,
            if(regexp_matches(location, '[^\x{4e00}-\x{9fff}]|[与和出近至到区县市]'),
                narrow(replace(location, ' ', '')), null) as dirty
        from raw),
    folded as (select * exclude (dirty), if(dirty is null, location, road(dirty)) as folded from cells),
    placed as (select * exclude (folded), masked(folded) as place from folded),
    judged as (
        select *, term.violation, term.behaviour,
            case when status in ('已撤销', '作废') then '已撤销、作废或者移送' when status = '未裁决' then '尚未裁决' end
                as excluded,
            case when case_id is null then 'case_id missing'
                when wording is null then 'violation missing'
                when term is null then 'unclassified'
                when decided is null then 'decided_on missing'
                when decided_on is null then 'decided_on unreadable'
                when decided_on not between date '1996-10-01' and current_date + 1 then 'decided_on out of range' end
                as reason
        from placed)
    select case_id, violation, behaviour, occurred_at, decided_on, masked(district) as district, place,
        null::double as lat, null::double as lon, null::varchar as industry,
        case party_type when '个人' then '自然人' when '单位' then '法人及非法人组织' end as party_kind,
        left(sha256(getvariable('secret') || upper(coalesce(identity, replace(plate, '·', ''), party_name))), 16) as party,
        case penalty when '罚款' then '罚款' when '警告' then '警告' else nullif(concat_ws('、',
            if(contains(penalty, '警告'), '警告', null), if(contains(penalty, '罚款'), '罚款', null),
            if(contains(penalty, '暂扣'), '暂扣许可证件', null), if(contains(penalty, '吊销'), '吊销许可证件', null),
            if(contains(penalty, '行政拘留'), '行政拘留', null)), '') end as penalties,
        fen(fine)::bigint as fine_fen, null::bigint as confiscated_fen,
        case procedure when '一般程序' then '普通' else procedure end as procedure,
        case coalesce(coercive, '') when '无' then '' when '' then '' else concat_ws('、',
            if(contains(coercive, '扣留'), '扣押财物', null),
            if(contains(coercive, '检验体内酒精'), '其他行政强制措施', null)) end as coercive_measures,
        null::varchar as compulsory_enforcement,
        yes_no(corrected) as corrected, yes_no(harm) as harm, yes_no(guided) as guided,
        case when excluded is not null then 'excluded' when reason is not null then 'rejected' else 'case' end
            as outcome,
        coalesce(excluded, reason) as reason,
        case when excluded is not null then null when violation is null then left(masked(wording), 80)
            when reason = 'decided_on out of range' then decided_on::varchar
            when reason like 'decided_on%' then decided end as detail,
        if(occurred is not null and occurred_at is null, 'occurred_at', null) as unreadable
    from judged
) to '{canonical}' (format parquet, compression zstd);

reset disabled_optimizers;

create temp view rows as select * rename (file_row_number as record)
    from read_parquet('{canonical}', file_row_number = true);

-- The last content of a number stands; the records before it are duplicates. Where the last one is
-- excluded, none stands.
create temp table dropped as
    with told as not materialized (from rows where outcome in ('case', 'excluded') and case_id is not null),
    several as (select case_id from told group by all having count(*) > 1),
    alike as (
        select case_id, record, outcome = 'excluded' as excluded,
            if(excluded, null, hash(violation, behaviour, occurred_at, decided_on, district, place,
            party_kind, party, penalties, fine_fen, procedure, coercive_measures, corrected, harm, guided)) as content
        from told semi join several using (case_id)),
    turned as (
        select *, row_number() over (partition by case_id order by record) = 1
            or content is distinct from lag(content) over (partition by case_id order by record) as turn
        from alike),
    kept as (select *, max(if(turn, record, null)) over (partition by case_id) as stands from turned)
    select kept.record, kept.stands,
        case when last.excluded then 'taken back by a later record' when kept.content = last.content then 'repeated'
            else 'corrected by a later record' end as reason
    from kept join alike as last on last.record = kept.stands where kept.record <> kept.stands and not kept.excluded;

create temp view cases as select * from rows anti join dropped using (record) where outcome = 'case';
