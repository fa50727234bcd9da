"""Records of the national 双公示 form, worded as such records are, each to its type or to none."""

from __future__ import annotations

import csv
import datetime as dt
from pathlib import Path

import pytest

from risk.kernel.plugins import Kernel
from risk.progress import Silent
from risk.run import Request, run

HEADINGS = (
    "行政处罚决定书文号,行政相对人名称,行政相对人类别,违法行为类型,违法事实,处罚依据,处罚类别,处罚内容,"
    "罚款金额（万元）,处罚决定日期,处罚机关,当前状态"
).split(",")
# The type, and how a record words it.
WORDED = (
    ("food_no_permit", "未取得食品经营许可从事食品经营活动"),
    ("food_expired", "经营超过保质期的食品"),
    ("food_expired", "经营标注虚假生产日期、保质期或者超过保质期的食品"),
    ("food_label", "经营标签、说明书不符合本法规定的食品"),
    ("food_records", "进货时未查验许可证和相关证明文件"),
    ("food_records", "未按规定建立并遵守进货查验记录制度"),
    ("food_health_cert", "安排未取得健康证明的人员从事接触直接入口食品的工作"),
    ("food_utensils", "餐具、饮具使用前未经洗净、消毒"),
    ("small_shop_unregistered", "未取得小经营店登记证从事食品经营"),
    ("false_ad", "发布虚假广告案"),
    ("absolute_terms", "广告使用“国家级”“最高级”、最佳等用语"),
    ("food_medical_claim", "普通食品广告涉及疾病治疗功能"),
    ("price_tag", "不按规定明码标价"),
    ("price_fraud", "利用虚假的或者使人误解的价格手段诱骗消费者交易"),
    ("no_registration", "未经设立登记从事一般经营活动"),
    ("no_change_registration", "未依照本条例办理变更登记"),
    ("licence_not_shown", "未将营业执照置于住所醒目位置"),
    ("false_registration", "采取欺诈手段隐瞒重要事实取得市场主体登记"),
    ("special_equipment", "使用未经定期检验的电梯"),
    ("equipment_registration", "使用特种设备未按照规定办理使用登记"),
    ("scales", "强制检定范围的计量器具，未按照规定申请检定"),
    ("substandard_goods", "销售不符合保障人体健康和人身、财产安全国家标准的产品"),
    ("trademark", "销售侵犯注册商标专用权的商品"),
    ("false_publicity", "对商品作引人误解的商业宣传"),
    ("drug_purchase", "未从药品上市许可持有人购进药品"),
    (None, "未按规定报送年度报告"),
    (None, "经营未备案的普通化妆品"),
    (None, "经营超过保质期的食品，不按规定明码标价"),
)


def test_records_are_classified_by_their_words_and_left_alone_where_two_types_speak(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("RISK_SECRET_FILE", str(tmp_path / "secret"))
    source = tmp_path / "records.csv"
    with source.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(HEADINGS)
        for number, (_, words) in enumerate(WORDED):
            cells = ["样例店", "个体工商户", words, "见决定书", "见决定书", "罚款", "罚款", "0.2"]
            writer.writerow([f"样市监罚{number}", *cells, "2026-03-04", "样例市场监管局", "0"])
    request = Request(
        database=tmp_path / "risk.db", today=dt.date(2026, 11, 24), sources=(str(source),)
    )
    result = run(Kernel.load().plugin("market_supervision"), request, Silent()).result
    assert result.sources[0].adapter == "double_publicity"
    types = {one.id: one.violation.id for one in result.points if one.scope.kind == "city"}
    found = {
        row["case_id"]: types[row["risk_point"]].partition(".")[2]
        for row in result.evidence_cases.to_pylist()
        if row["risk_point"] in types
    }
    expected = {f"样市监罚{number}": kind for number, (kind, _) in enumerate(WORDED) if kind}
    assert found == expected
    assert {row["fine_fen"] for row in result.evidence_cases.to_pylist()} == {200_000}
