"""Write a made-up export of the traffic police, of any size: 43 columns, 24 months, dirty cells.

    python benchmarks/tickets.py ROWS OUT.csv|OUT.parquet [--start N]

The same rows come out on every machine (with the same DuckDB). With --start they are a further export
made after N rows: they fall into the last two weeks, and one in five corrects an earlier number.
One row in fifty is bad, in six ways (five in Parquet, which has no lines with too few columns).
"""

from __future__ import annotations

import argparse
import os
import tempfile
import zlib
from pathlib import Path

import duckdb
import pyarrow as pa
from ticket_words import DAY, FILLERS, HEADINGS, NIGHT, ROADS, SEED, UNKNOWN_WORDINGS, roads, slots

SLOTS = 10_000
DAYS, LAST_DAYS, FIRST_DAY = 730, 14, "2024-11-01"
PEOPLE = 2_600_000
ROW_GROUP = 60_000
SLOT_COLUMNS = "wording code camera night fine in_words procedure penalty coercive".split()
ROAD_COLUMNS = "name district cross_road".split()


def draw(salt: str, size: int, of: str = "s") -> str:
    """SQL for a number from 0 to size - 1, the same for the same row and salt."""
    # One number is hashed, since the hashes of two that share one hang together in their low bits.
    return f"(hash({of} * {1 << 33} + {zlib.crc32(f'{salt}{SEED}'.encode())}) % {size})::integer"


def one_of(salt: str, words: tuple[str, ...]) -> str:
    """SQL for one of the words."""
    return f"({list(words)})[1 + {draw(salt, len(words))}]"


def identities(rows: int, start: int) -> str:
    """SQL for the rows' numbers `n` (of the decision), seeds `s` (of all else) and `day`.

    One row in a thousand repeats a number, half of these with the same content.
    """
    if start:
        return f"""select i, if({draw("fix", 5, "i")} = 0, {draw("of", start, "i")}, i) as n,
            i as s, {DAYS - LAST_DAYS} + (i - {start}) * {LAST_DAYS}.0 / {rows} as day from ids"""
    return f"""select i, i - if(again, back, 0) as n, i - if(again and same, back, 0) as s,
        s * {DAYS}.0 / {rows} as day
        from (select i, i > 5000 and {draw("again", 1000, "i")} = 0 as again,
        1 + {draw("back", 5000, "i")} as back, {draw("same", 2, "i")} = 0 as same from ids)"""


def hour_of(salt: str, shares: tuple[int, ...]) -> str:
    """SQL for an hour of the day; every hour comes as often as its share says."""
    listed = [hour for hour, share in enumerate(shares) for _ in range(share)]
    return f"({listed})[1 + {draw(salt, len(listed))}]"


def drawn(rows: int, start: int) -> str:
    """SQL for what is drawn for each row: kind, road, person, moments and manners of writing.

    One in 25 cases lies at a road, and most of these at an hour, that is hot for its kind.
    """
    return f"""with drawn as (select *, {draw("slot", SLOTS)} as slot, {draw("person", PEOPLE)} as p,
        {draw("style", 1000)} as style, {draw("way", 1000)} as way, {draw("rest", 1000)} as rest,
        {draw("bad", 300)} as bad, {draw("state", 1000)} as state, {draw("firm", 100)} < 2 as firm,
        {draw("second", 3600)} as second, {draw("hot", 100)} as hot, {draw("lag", 30)} as lag,
        floor({ROADS} * pow({draw("exposure", 1 << 24)} / {float(1 << 24)}, 3))::integer as usual
        from ({identities(rows, start)})),
    placed as (select *, timestamp '{FIRST_DAY}' + to_days(floor(day)::integer) as midnight,
        if(hot < 4, {draw("hot road", ROADS, f"(code * 12 + {draw('road', 12)})")}, usual) as road,
        case when hot < 3 then {draw("hot hour", 24, "code")}
        when night then {hour_of("night", NIGHT)} else {hour_of("hour", DAY)} end as hour
        from (select *, unnest(getvariable('slots')[slot + 1]) from drawn)),
    timed as (select *, hour * 3600 + second as instant,
        if(camera, midnight - to_days(1 + lag), midnight) + to_seconds(instant) as occurred,
        midnight + to_seconds(if(camera, 30000 + rest * 30, instant + 300 + rest)) as decided
        from (select *, unnest(getvariable('roads')[road + 1]) from placed))"""


def written(moment: str) -> str:
    """SQL for a moment in one of four manners of writing, mostly the first."""
    return f"""case when style < 760 then strftime({moment}, '%Y-%m-%d %H:%M:%S')
        when style < 860 then strftime({moment}, '%Y/%-m/%-d %-H:%M')
        when style < 930 then strftime({moment}, '%Y年%-m月%-d日%-H时%-M分')
        else strftime({moment}, '%Y%m%d%H%M%S') end"""


def cells() -> dict[str, str]:
    """SQL for the cell under each heading."""
    filled = {heading: one_of(heading, words) for heading, words in FILLERS.items()}
    wide = "translate((1 + rest % 99)::varchar, '0123456789', '０１２３４５６７８９')"
    stopped = "camera or procedure = '普通'"
    return filled | {
        "序号": "(i + 1)::varchar",
        "决定书编号": "if(bad = 2, '', format('JZ{:010d}', n))",
        "决定机关": "'样例支队(虚构)'",
        "采集机关": "'样例交警' || district || '大队'",
        "设备编号": "if(camera, format('DC{:06d}', road), '')",
        "录入人": "format('样警{:04d}', p % 3000)",
        "录入时间": "strftime(decided, '%Y-%m-%d %H:%M:%S')",
        "当事人": "if(firm, format('样例物流公司{:05d}', p % 40000), format('样例{:07d}', p))",
        "证件类型": "if(firm, '统一社会信用代码', '居民身份证')",
        "证件号码": "case when rest < 30 then '' when firm then format('99IO{:014d}', p % 40000)"
        " else format('99{:04d}19{:02d}0{}1{:04d}Q', p % 9000, p % 70 + 30, p % 9 + 1, p % 10000) end",
        "驾驶证档案编号": "format('990{:09d}', p * 7)",
        "联系电话": "format('000{:08d}', p * 3)",
        "号牌种类": "format('{:02d}', 1 + p % 5)",
        "号牌号码": "format('样{}·{:05d}', chr(65 + p % 26), p // 26)",
        "车辆所有人": "if(rest < 700, '', format('样例{:07d}', p))",
        "违法时间": f"if(rest = 999, '不详', {written('occurred')})",
        "违法地点": f"""case when way < 800 then name
            when way < 850 then name || '与' || cross_road || '交叉口' || (['东', '南', '西', '北'])[1 + p % 4]
            || (10 + rest % 17 * 5) || '米'
            when way < 900 then name || (1 + rest % 299) || '号'
            when way < 930 then left(name, 3) || '　' || substr(name, 4) || {wide} || '号'
            when way < 960 then left(name, 2) || ' ' || substr(name, 3) || ' '
            when way < 980 then district || name when way < 998 then name || '出' || cross_road || '约50米'
            else '' end""",
        "地点代码": "format('{:05d}', road)",
        "公里数": "(rest % 40)::varchar",
        "所属辖区": "district",
        "备注": 'case rest % 100 when 0 then \'"已通知,待核实"\' when 1 then \'"当事人称""不知情"""\' else \'\' end',
        "违法代码": "code::varchar",
        "违法行为": f"""case when bad = 0 then {one_of("unknown", UNKNOWN_WORDINGS)}
            when way % 20 = 0 then code || ' ' || wording else wording end""",
        "法律依据": "'道路交通安全法第' || (38 + code % 60) || '条'",
        "记分": "(code % 4 * 3)::varchar",
        "强制措施类型": "coercive",
        "处罚种类": "penalty",
        "罚款金额": """case when fine = 0 then '' when rest < 20 then fine || '元' when rest < 40 then fine || '.00'
            when rest < 50 then in_words when rest < 90 and fine >= 1000 then format('\"{:,}\"', fine)
            else fine::varchar end""",
        "适用程序": "if(procedure = '普通' and rest % 5 = 0, '一般程序', procedure)",
        "处罚时间": f"""case bad when 1 then strftime(decided, '%Y-02-30 %H:%M:%S')
            when 3 then strftime(decided, '1900-%m-%d %H:%M:%S')
            when 4 then strftime(decided, '2099-%m-%d %H:%M:%S') else {written("decided")} end""",
        "当事人类型": "if(firm, '单位', '个人')",
        "是否改正": f"if({stopped}, '', '是')",
        "危害后果": f"if({stopped}, '', if(rest % 50 = 0, '有', '无'))",
        "是否经提示劝导": f"if({stopped}, '', if(rest % 3 = 0, '是', '否'))",
        "处理状态": "case when state < 8 then '已撤销' when state < 12 then '作废' when state < 16 then '未裁决'"
        " else '办结' end",
    }


def query(rows: int, start: int, suffix: str) -> str:
    """SQL for the rows: whole lines of text for CSV, columns for Parquet."""
    made = cells()
    if suffix == ".parquet":
        plain = (
            f"""replace(trim({made[name]}, '"'), '""', '"') as "{name}\"""" for name in HEADINGS
        )
        return f"{drawn(rows, start)} select {', '.join(plain)} from timed"
    named = ", ".join(f'{made[name]} as "{name}"' for name in HEADINGS)
    few, every = (", ".join(f'"{name}"' for name in HEADINGS[:width]) for width in (30, None))
    return f"""{drawn(rows, start)} select if(bad = 5, concat_ws(',', {few}), concat_ws(',', {every}))
        as "{",".join(HEADINGS)}" from (select bad, {named} from timed)"""


def generate(rows: int, target: Path, start: int = 0) -> None:
    """Write the rows to a file, whole or not at all, with less than 2 GB of memory."""
    draft = target.with_name(f"{target.name}.part")
    with tempfile.TemporaryDirectory(dir=target.parent) as spill, duckdb.connect() as db:
        db.execute(f"set memory_limit = '1GB'; set temp_directory = '{spill}'")
        for name, columns, made in (
            ("slots", SLOT_COLUMNS, slots(SLOTS)),
            ("roads", ROAD_COLUMNS, roads()),
        ):
            words = pa.Table.from_pylist([dict(zip(columns, row, strict=True)) for row in made])
            db.register("words", words)
            # Lists, since DuckDB's joins do not keep the order of the rows.
            db.execute(f"set variable {name} = (select list(words) from words)")
        db.execute(
            f"create temp table ids as select range as i from range({start}, {start + rows})"
        )
        # The lines are made here, since only so can some of them have too few columns.
        options = "format csv, header true, delimiter '\x1f', quote '', escape ''"
        if target.suffix == ".parquet":
            options = f"format parquet, compression zstd, row_group_size {ROW_GROUP}"
        db.execute(f"copy ({query(rows, start, target.suffix)}) to '{draft}' ({options})")
    os.replace(draft, target)


def main() -> None:
    """Read the command line."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("rows", type=int)
    parser.add_argument("target", type=Path)
    parser.add_argument("--start", type=int, default=0)
    given = parser.parse_args()
    generate(given.rows, given.target, given.start)


if __name__ == "__main__":
    main()
