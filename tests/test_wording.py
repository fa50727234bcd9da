"""What a measure may say without a legal basis, and what it may not."""

from __future__ import annotations

import pytest

from risk.model.wording import binding_word

REFUSED = (
    "要求车主每月提交承诺书",
    "违停车辆将锁车",
    "违停车辆一律锁扣",
    "暂停办理车辆年检业务",
    "暂停为其办理年检",
    "责成企业整改",
    "勒令商户搬离",
    "车主需承担拖车费用",
    "车主需每月登记",
    "由违停者承担清障费",
    "出租人承担连带责任",
    "车主有义务登记联系方式",
    "企业负有清扫的义务",
    "凡违停车辆不再发放通行证",
    "不配合的从严处理",
    "列入重点监管对象，加倍检查",
    "屡教不改的加倍检查",
    "纳入信用档案",
    "通报所在单位",
    "抄告驾驶人所在学校",
    "通知其单位",
    "依法予以行政处分",
    "对责任人给予处分",
    "要 求 车 主 签 收",
    "責成企業整改",
    "違停車輛將鎖車",
    "處以罰款",
)
HARMLESS = (
    "建议车主使用路外停车场",
    "提醒驾驶人离开时锁车、带走贵重物品",
    "提醒企业注意许可的有效期",
    "加强{place}早晚高峰的巡查",
    "在{place}增设提示牌和临时泊位",
    "针对居民要求物业增设车位的诉求，组织各方商定方案",
    "对被要求改正的企业两周内回访",
    "讲解许可证要求和办理步骤",
    "不重复要求补材料",
    "把{place}列为重点整治路段，优先施划泊位",
    "纳入重点监管路段的停车供给研究",
    "列入增设存放点计划",
    "纳入异常天气应对预案",
    "邀请企业座谈，通报投诉情况，商定自查办法",
    "向主管部门通报停车缺口",
    "建议单位通报本单位停车位余量",
    "窗口不再受理纸质材料，改为网上办理",
    "立即改正的不再处理",
    "引导商户不再雇人张贴",
    "停止装卸前提醒覆盖",
    "引导企业承担社会责任，自愿开放车位",
    "由街道承担标线施划费用",
    "组织志愿者义务讲解",
    "明确责任人和联系方式",
    "没有义务的也欢迎参与",
    "企业需要时上门指导",
    "了解商户需求，需占用道路的指引办理临时许可",
    "拟定巡查计划，每周复核一次",
    "对违停多的时段增派劝导员",
    "建议从严格到宽松依次说明各档情形",
    "发放温馨提示卡，约请物业共同劝导",
)


@pytest.mark.parametrize("text", REFUSED)
def test_a_text_that_threatens_or_orders_or_charges_binds(text: str) -> None:
    assert binding_word(text) is not None


@pytest.mark.parametrize("text", HARMLESS)
def test_advice_and_the_offices_own_work_bind_nobody(text: str) -> None:
    assert binding_word(text) is None
