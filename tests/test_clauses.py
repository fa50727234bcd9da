"""Clauses that say that all is well name no violation; those that say what is amiss stay."""

from __future__ import annotations

import pyarrow as pa

from risk import columns as c
from risk.intake.clauses import without_what_is_well
from risk.intake.engine import Engine
from risk.intake.folding import fold
from risk.kernel.plugins import Kernel

from .analysis_cases import engine
from .column_cases import read

# What is left of each text, folded as texts are that are classified.
WELL = {
    "经检查，未发现销售过期食品，但存在其他问题": "经检查,,但存在其他问题",
    "当事人健康证齐全，但拒绝配合检查": "。但拒绝配合检查",
    "当事人已取得食品经营许可证，健康证齐全，但拒绝配合": "。但拒绝配合",
    "没有发现无证经营；油烟扰民": ";油烟扰民",
    "厂区未发现私设暗管，未见遮挡号牌": "厂区,",
    "未见占道经营": "",
    "不存在虚假宣传，未明码标价": ",未明码标价",
    "未发现当事人无证经营，占道摆摊": ",占道摆摊",
    "进货查验记录符合食品安全要求。餐具未消毒": "。餐具未消毒",
    "健康证均在有效期内，防尘措施已到位，证照齐全有效": "。",
    "人员证照齐全但占道经营": "。占道经营",
    "现场检查，消防设施符合规定；堵塞疏散通道": "现场检查。堵塞疏散通道",
}
AMISS = (
    "防治措施不到位 证件不齐全 未取得食品经营许可证 标签不符合规定 现场未见健康证 未发现价格公示牌 手续齐全与否不详"
    " 未采取符合规定的措施 措施未落实到位 所称教师并不存在 宣传不存在的功效 未在有效期内 没有健康证 占道物品已清理到位"
    " 责令手续齐全 擅自变更使其符合规定 未见“不向未成年人出售烟草”标识 未发现其建立进货台账 使用符合规定的燃料以外的煤"
    " 把车停放到位置以外 已取得许可证擅自变更 冒用已取得的许可证 消防设施不存在 未按照符合标准的工艺生产"
).split()


def left_of(texts: list[str], by: Engine | None = None) -> dict[str, str]:
    by = by or engine()
    rows = by.upload("clauses", pa.table({"said": [fold(text) for text in texts]}))
    table = by.fetch(rows.select("said", less=without_what_is_well(rows.said)))
    return dict(zip(texts, table["less"].to_pylist(), strict=True))


def test_clauses_that_say_that_all_is_well_are_left_out() -> None:
    assert left_of(list(WELL)) == WELL


def test_clauses_that_say_what_is_missing_or_amiss_stay() -> None:
    assert left_of(AMISS) == {text: fold(text) for text in AMISS}


def test_no_name_or_phrase_of_a_catalogue_says_that_all_is_well() -> None:
    types = [each for plugin in Kernel.load().plugins for each in plugin.violation_types]
    texts = list({word for each in types for word in (each.name, *each.phrases)})
    assert left_of(texts) == {text: fold(text) for text in texts}


def test_what_was_not_found_is_no_violation_of_the_row() -> None:
    types = Kernel.load().plugin("market_supervision").violation_types
    facts = {
        "经检查，未发现销售过期食品，但存在其他问题": None,
        "当事人已取得食品经营许可证，健康证齐全，但拒绝配合检查": None,
        "健康证齐全，但销售过期食品": "market_supervision.food_expired",
        "未见从业人员健康证": "market_supervision.food_health_cert",
    }
    assert read(c.classified(types, ("事实",), ()), facts, "violation", ("事实",)) == facts
