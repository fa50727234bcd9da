"""Headings under which case files name people beside the party, each on its own."""

from __future__ import annotations

from typing import Final

# Every heading stands alone, so that all of them that a file has are covered.
PEOPLE: Final = tuple(
    (heading,)
    for heading in (
        *("法定代表人", "法定代表人姓名", "法定代表人(负责人)", "法人代表", "法人姓名"),
        *("法定代表人证件号码", "法定代表人证件号", "法定代表人身份证号"),
        "法定代表人居民身份证号",
        *("CF_FRDB", "CF_FR", "CF_FR_ZJHM", "CF_FR_SFZH"),
        *("负责人", "负责人姓名", "主要负责人", "实际控制人"),
        *("经营者", "经营者姓名", "业主", "业主姓名"),
        *("联系人", "联系人姓名", "联系电话", "委托代理人", "监护人"),
        *("驾驶人", "驾驶人姓名", "驾驶员", "驾驶员姓名", "司机"),
        *("机动车所有人", "车辆所有人", "所有人", "车主", "车主姓名", "JDCSYR"),
        *("执法人员", "执法人员姓名", "执法人", "办案人员", "办案人", "承办人", "承办人员"),
        *("经办人", "主办人", "协办人", "执勤民警", "民警", "办案民警", "处理民警", "经办民警"),
        *("审批人", "审核人", "录入人", "录入人员", "登记人", "检查人员"),
        *("投诉人", "举报人", "报案人", "被侵害人", "受害人", "证人", "见证人"),
    )
)
