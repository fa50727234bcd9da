"""Personal data in free text: what is known by its shape, or by its own row, is covered."""

from __future__ import annotations

import csv
from collections.abc import Iterable
from pathlib import Path

import pyarrow as pa
import pytest

from risk import columns as c
from risk.intake.engine import Engine
from risk.intake.masking import COVER, shown_words
from risk.kernel.plugins import Kernel

from .analysis_cases import engine
from .column_cases import HEADING, read
from .intake_cases import SMALL, Taken, csv_text, row, take_in

PARTY = c.pseudonym(c.optional(c.text("证件号码")), "当事人")

# Region 99, network 179 and province 样 do not exist.
NUMBERS = (
    "样A12345",
    "样A·12345",
    "样A.12345",
    "样A-12345",
    "样A 12345",
    "样 A12345",
    "样a12345",
    "样Ａ１２３４５",
    "样A·１２３４５",
    "样AD12345",
    "样A·D12345",
    "样A12345D",
    "样A1234挂",
    "样A1234学",
    "样A1234警",
    "样 A 1 2 3 4 5",
    "样　A　1　2　3　4　5",
    "样 A D 1 2 3 4 5",
    "样A 1 2 3 4 5",
    "样A12 345",
    "样 A D12 345",
    "样\u00a0Ａ\u00a0１\u00a0２\u00a0３\u00a0４\u00a0５",
    "1 7 9 1 2 3 4 5 6 7 8",
    "9 9 0 0 1 2 1 9 9 0 0 1 0 1 0 0 1 X",
    "WJ样1234X",
    "WJ样12345",
    "990012199001010017",
    "99001219900101001X",
    "99001219900101001x",
    "９９００１２１９９００１０１００１Ｘ",
    "990012 19900101 001X",
    "990012-19900101-0017",
    "990012900101001",
    "17912345678",
    "179-1234-5678",
    "179 1234 5678",
    "+8617912345678",
    "0999-12345678",
    "91990100MA00000001",
    "91990100ma00000001",
    "6299000000000000000",
    "6299 0000 0000 0000",
    "6299 0000 0000 0000 000",
    "6299-0000-0000-0000-000",
    "629900 0000 0000 0000",
    "sample.99@example.com",
    "a_b@1.example.cn",
    "微信号 abc_12345",
    "微信：abc-12345",
    "微信号为a_b_c_1",
    "vx:abc12345",
    "QQ号12345",
    "qq：1234567890",
)
HARMLESS = (
    "花园路",
    "花园路88号院3号楼",
    "G107国道",
    "107国道K712+300",
    "S103线",
    "花园路（农业路至东风路）",
    "BRT快速公交3号线",
    "2025-03-04",
    "样例广场",
    "A1234",
    "5TH AVE 120",
    "CBD内环",
    "样例 A 座 2 层",
    "新 B 1 2 层",
    "1 2 3 号",
    "3 号 门",
    "微信支付2000元",
)
NAMED = {
    "经查，企业（法定代表人孙丽华）存在其他问题": "经查，企业（法定代表人〔〕）存在其他问题",
    "店员周海涛向执法人员刘志强出示证件": "店员〔〕向执法人员〔〕出示证件",
    "执法人员刘志强（证号甲）、王建国到场": "执法人员〔〕到场",
    "驾驶员张三闯红灯": "驾驶员〔〕闯红灯",
    "司机王某某驾驶货车": "司机〔〕驾驶货车",
    "负责人姓名：欧阳修文，拒不改正": "负责人姓名：〔〕，拒不改正",
    "投诉人姓名为赵子龙": "投诉人姓名为〔〕",
    "证人是高明": "证人是〔〕",
    "当事人李向东违法停车": "当事人〔〕违法停车",
    "业主 于建在门前堆放": "业主 〔〕在门前堆放",
    "举报人：阿卜杜·热合曼称": "举报人：〔〕称",
    "从业人员单玉兰无健康证明": "从业人员〔〕无健康证明",
    "店主(张王雨涵)未到": "店主(〔〕)未到",
}
# Beside these, every name and phrase of the catalogues behind every one of these words.
PERSONS = "法定代表人 负责人 经营者 店主 店员 员工 从业人员 司机 驾驶员 执法人员 当事人 业主 当事人为".split()
READABLE = (
    "从业人员无健康证明 驾驶员未系安全带 经营者未明码标价 当事人未取得许可 负责人拒不改正 当事人于门前占道经营"
    " 当事人于当日改正 驾驶人高速行驶 驾驶员严重超载 司机车速过快 员工安全培训不足 经营者常年占道"
    " 当事人关闭设施 当事人易燃物品堆放 当事人陈述申辩 当事人申请听证 当事人任意倾倒 当事人付款后"
    " 当事人许可过期 经营者范围不符 经营者包装不符 员工方面 当事人曾因占道受罚 员工向顾客销售"
    " 店员单独值守 酒店主管未到场 行业主管部门通知 行人路边逗留 当事人管理不善 驾驶人左手持手机"
    " 当事人施工扰民 当事人金额不明 员工房屋 当事人何时改正 当事人白天施工 当事人余下物料"
    " 业主委员会 工作人员工作失误 企业主要负责人未履职 非法人组织 无证人员上岗 员工宿舍"
    " 员工健康检查 当事人张贴广告"
).split()


def test_numbers_of_persons_plates_and_firms_are_covered_within_any_text() -> None:
    cells = {f"花园路{number}门前": number for number in NUMBERS}
    for cell, said in read(c.text(HEADING), cells, "industry").items():
        assert said.startswith("花园路"), cell
        assert COVER in said, cell
        assert said.endswith("门前"), cell
        rest = said.replace(COVER, "").removeprefix("花园路").removesuffix("门前")
        assert not any(char.isdigit() or char in "@_abc" for char in rest), (cell, said)


def test_a_text_that_is_nothing_but_a_persons_number_says_nothing() -> None:
    cells = [number for number in NUMBERS if not number.startswith(("+", "WJ"))]
    assert read(c.text(HEADING), cells, "industry") == dict.fromkeys(cells)


def test_places_and_their_numbers_stay() -> None:
    assert read(c.text(HEADING), HARMLESS, "industry") == {cell: cell for cell in HARMLESS}


def take(folder: Path, rows: Iterable[tuple[str, str, str]], party: c.Column = PARTY) -> Taken:
    """What becomes of rows with these wordings, parties and places."""
    adapter = SMALL.model_copy(update={"columns": {**SMALL.columns, "party": party}})
    export = folder / "export.csv"
    with export.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(("案号", "处罚日期", "违法行为", "当事人", "地点"))
        writer.writerows((number, "2025-03-04", *row) for number, row in enumerate(rows))
    return take_in(engine(), folder / "risk.db", export, adapters=(adapter,))


def test_the_party_of_a_row_is_covered_in_what_else_the_row_says(tmp_path: Path) -> None:
    expected = {
        ("样例甲", "样例甲门前"): f"{COVER}门前",
        ("样例甲", "花园路样例甲、样例甲门前"): f"花园路{COVER}、{COVER}门前",
        ("样例甲", "样例甲"): None,
        ("样例商贸有限公司", "花园路样例商贸有限公司"): f"花园路{COVER}",
        (" 样例甲　", "样例甲门前"): f"{COVER}门前",
        ("A12345", "花园路A12345号"): f"花园路{COVER}号",
        ("甲", "甲乙路"): "甲乙路",
        ("/", "花园路/农业路"): "花园路/农业路",
        ("12", "花园路12号"): "花园路12号",
        ("", "花园路"): "花园路",
        ("样例甲", "样例乙门前"): "样例乙门前",
        ("样例甲", "样 例 甲"): None,
        ("样例甲", "样　例　甲 门前"): f"{COVER}门前",
        ("样 例 甲", "样例甲 样 例 甲 门前"): f"{COVER}{COVER}门前",
        ("样例甲", "样例 乙 门前"): "样例 乙 门前",
    }
    taken = take(tmp_path, (("违法停车", party, place) for party, place in expected))
    rows = sorted(taken.cases.to_pylist(), key=lambda case: int(case["line"]))
    assert [case["place"] for case in rows] == list(expected.values())


@pytest.mark.parametrize(
    "party",
    [
        c.optional(PARTY),
        c.optional(c.pseudonym("证件号码", "当事人")),
        c.first(c.pseudonym(c.optional(c.text("证件号码"))), c.pseudonym("当事人")),
    ],
)
def test_the_party_is_covered_also_where_its_pseudonym_is_one_of_several_or_need_not_be_there(
    tmp_path: Path, party: c.Column
) -> None:
    taken = take(tmp_path, [("违法停车", "样例甲", "样例甲门前")], party)
    assert taken.cases["place"].to_pylist() == [f"{COVER}门前"]


def test_an_unknown_wording_is_reported_without_what_may_be_a_name(tmp_path: Path) -> None:
    words = {
        "夜间鸣笛扰民": "夜间鸣笛扰民",
        "样A12345违法停车": f"{COVER}违法停车",
        "样例丁违反规定停车": f"{COVER}违反规定停车",
        "样例甲": COVER,
        "样例·甲": COVER,
        "样例商贸有限公司": COVER,
        "样 例 乙": COVER,
        "当事人 赵 子 龙 违 停": f"当事人{COVER}违停",
        "夜 间 鸣笛扰民": "夜间鸣笛扰民",
        "17912345678": COVER,
        "违" * 200: "违" * 80,
    }
    taken = take(tmp_path, ((word, "样例丁", "花园路") for word in words))
    assert taken.rejected["detail"].to_pylist() == list(words.values())


def shown(words: Iterable[str], by: Engine | None = None) -> dict[str, str]:
    """What a report shows of each unknown wording."""
    by = by or engine()
    rows = by.upload("wordings", pa.table({"said": list(words)}))
    table = by.fetch(rows.select("said", shown=shown_words(rows.said, by.dialect)))
    return dict(zip(table["said"].to_pylist(), table["shown"].to_pylist(), strict=True))


def test_a_name_behind_a_word_for_a_person_is_covered() -> None:
    assert shown(NAMED) == {said: left.replace("〔〕", COVER) for said, left in NAMED.items()}


def test_the_wording_of_an_offence_stays_readable_behind_a_word_for_a_person() -> None:
    texts = [f"经查，{words}" for words in READABLE]
    assert shown(texts) == {said: said for said in texts}


def test_no_name_or_phrase_of_a_catalogue_is_changed_by_masking() -> None:
    types = [each for plugin in Kernel.load().plugins for each in plugin.violation_types]
    wordings = {word for each in types for word in (each.name, *each.phrases)}
    texts = [f"经查,{person}{word}" for word in wordings for person in ("", *PERSONS)]
    assert len(wordings) > 1000
    assert {words: said for words, said in shown(texts).items() if said != words} == {}


def test_an_unreadable_date_is_reported_only_if_it_looks_like_one(tmp_path: Path) -> None:
    days = {
        "2025-02-30": "2025-02-30",
        "20251301": "20251301",
        "46086": "46086",
        "460861": "460861",
        "4608612": COVER,
        "46086元": COVER,
        "2026年3月": "2026年3月",
        "２０２６年３月份": "２０２６年３月份",
        "2026-03": "2026-03",
        "2026年": "2026年",
        "3月5日": "3月5日",
        "二〇二六年三月五日": "二〇二六年三月五日",
        "2026年3月上旬": "2026年3月上旬",
        "2026年第一季度": "2026年第一季度",
        "2026年下半年": "2026年下半年",
        "2026年3月1日至5日": "2026年3月1日至5日",
        "2026-03-01至2026-03-05": "2026-03-01至2026-03-05",
        "季初": COVER,
        "元三": COVER,
        "2026年3月样例甲": COVER,
        "样A12345年3月": COVER,
        "样例甲": COVER,
        "17912345678": COVER,
    }
    export = tmp_path / "export.csv"
    text = csv_text(*(row(number, 处罚日期=day) for number, day in enumerate(days)))
    export.write_text(text, encoding="utf-8")
    taken = take_in(engine(), tmp_path / "risk.db", export)
    assert taken.rejected["detail"].to_pylist() == list(days.values())


def test_what_the_columns_of_further_people_say_is_covered_in_a_rows_texts(tmp_path: Path) -> None:
    adapter = SMALL.model_copy(update={"people": (("驾驶人", "司机"), ("证人",))})
    export = tmp_path / "export.csv"
    rows = (
        ("1", "2025-03-04", "违法停车", "样例甲门前", "样例甲"),
        ("2", "2025-03-04", "样例乙违反规定停车", "花园路", "样例乙"),
        ("3", "2025-03-04", "违法停车", "样例甲门前", "/"),
    )
    text = "案号,处罚日期,违法行为,地点,司机\n" + "".join(",".join(cells) + "\n" for cells in rows)
    export.write_text(text, encoding="utf-8")
    taken = take_in(engine(), tmp_path / "risk.db", export, adapters=(adapter,))
    assert [case["place"] for case in taken.canonical] == [f"{COVER}门前", "样例甲门前"]
    assert taken.rejected["detail"].to_pylist() == [f"{COVER}违反规定停车"]
