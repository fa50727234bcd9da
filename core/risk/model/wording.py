"""What a control measure may not say without naming the law that says so.

A measure is guidance: it may not add duties or cut rights, and guidance that is refused has no
penalty. So a text that threatens, orders or charges needs a legal basis. The lists below catch
what an honest drafter writes without thinking; they are no match for one who wants to deceive, and
need not be: the remedy, citing the article, is always easier than the evasion.
"""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache
from typing import Final

_PEOPLE: Final = (
    "(?:车主|驾驶[人员]|司机|业主|店[主家]|商[户家]|摊[主贩]|企业|单位|公司|当事人|相对人|经营[者户]|负责人"
    "|施工方|物业|平台|住户|居民|用户|个人|[违屡][^,。;]{1,4}者)"
)
# 罚 alone finds 处罚, 罚款, 罚单, 重罚 and 罚200元. The rest are the other penalties of
# 行政处罚法 art 9, the coercion of 行政强制法 art 9 and 12, blacklists and refused services.
_PENALTIES: Final = (
    "罚",
    "惩[戒处治]|严惩|从重(?!点|大|要)|追究[^,。;]{0,6}责任|拘留|拘役",
    "没收(?!到|齐|集)|吊销|暂扣|扣留|扣押|扣[车证]|[扣记][0-9一二三四五六七八九十]+分",
    "查封|查处|冻结(?=存款|汇款|账户|资金|资产|业务)|划拨|取缔|强制|强拆|拖移|拖离|拖走|代履行",
    "责令|停产停业|停业整顿|停产整[顿治]|逾期[不未仍拒][^,。;]{0,8}[的者],",
    "黑名单|失信|列入[^,。;]{0,8}名[单录]|移送(?:公安|司法|检察|法院)|后果自负",
    "不予(?:办理|受理|年检|通过|审批|许可|登记|换证|核发)|取消[^,。;]{0,6}资格|停止供[水电气暖]",
    "(?:暂停|停止|暂缓|中止|拒绝|不再)(?:[为给对][^,。;]{1,6})?"
    "(?:办理|受理|发放|核发|审批|许可|审验|年检|换发)(?!纸质|重复)",
    "将[^,。;]{0,6}(?:锁车|锁扣|上锁|加锁)|(?:一律|予以|直接|依法)锁|锁扣|锁住?车轮",
    "从严(?:处|查|追|从|监管|执法)|加倍(?:检查|处|监管)",
    "(?:列入|列为|纳入)[^,。;]{0,6}(?:(?:重点|监管|监控)对象|重点监管(?!路段|区域|点位|时段)"
    "|经营异常|征信|(?:信用|诚信)(?:档案|记录)|负面清单)",
    "(?:通报|抄告|抄送|函告|通知|告知)[^,。;]{0,4}(?:(?:所在|工作)(?:单位|学校|公司)|其(?:单位|学校|公司))",
    "(?:行政|政务|党纪|纪律)处分|(?:给予|予以)[^,。;]{0,4}处分",
)
# 应当地居民要求 and 应当事人申请 are 应 + 当地, 当事人; 应当时 and 应当前 likewise, but not
# 应当时刻 and 应当前往. 不得不 and 不得已 order nothing. 计量不准 is a fault, 不准停放 an order.
_DUTIES: Final = (
    "必须|务必|禁止|严禁|限制|一律",
    "不得(?!不|已)|不许(?!可)|不准(?:再|擅|私|随|在|将|把|停|摆|占|进|出|驾|经营|销售|排)",
    f"责成|勒令|(?<!居民)(?<!群众)(?<!业主)(?<!住户)(?<!顾客)要求(?:其|{_PEOPLE})",
    f"{_PEOPLE}[均都还也]?需要?(?:承担|配合|提交|支付|赔偿|自行|每|接受|立即|主动|定期|签)",
    "(?<!没)有义务|负有[^,。;]{0,6}(?:义务|责任)|(?<!没)有责任(?![心感人田区制])",
    "承担(?!社会|公益)[^,。;]{0,6}(?:责任|损失|后果|义务)",
    "应当(?!地|事人|时(?!刻|常)|前(?!往|来|去))|(?<![必无毋不胡])须(?!知|臾)",
)
_CHARGES: Final = ("承担[^,。;]{0,6}费|收费|收取|缴费|缴纳|缴款|交纳|付费|押金|保证金|滞纳金",)

# Taken out before the lists above are looked for.
_HARMLESS: Final = (
    # The title of a law or a document names words that it does not use.
    "《[^《》]{2,40}(?:法|法典|条例|规定|办法|细则|规则|决定|通知|意见|基准|标准|清单|书)》",
    # Sparing a penalty is no threat, unless it is itself denied (不再免予处罚).
    "(?:一律)?(?<!不)(?<!不再)(?<!不得)免(?:予|于|除)?(?:行政)?(?:处罚|罚)",
    "(?:一律)?不予(?:行政)?处罚|首违不罚|轻微不罚|(?:可以|可|依法)不罚",
    "避免(?:被|受到?)(?:行政)?(?:处罚|罚款|罚)",
    "(?:从轻|减轻)(?:行政)?处罚|解除(?:查封|扣押|扣留|冻结|限制)|移出[^,。;]{0,8}(?:黑名单|名单)",
    # What an office pays for charges nobody.
    "由[^,。;]{0,8}(?:财政|政府|部门|街道|社区|本?机关|我局)[^,。;]{0,3}承担[^,。;]{0,8}费用?",
    # Papers, offices and rules that carry the word in their name.
    "处罚(?=决定书|告知书|文书|裁量|基准|标准|依据|案例|案卷|信息|数据|情况|种类|程序|流程)",
    "处罚(?=记录|结果|清单|事项)",
    "罚款(?=缴纳|决定书|票据|收据)|罚则|以罚代管|只罚不疏|(?:被|受)处罚人",
    "失信(?=信息|修复|被执行人)|信用惩戒(?=案例)|(?:责任)?强制(?:责任)?保险|强制性(?:国家)?标准",
    "强制性产品认证|强制检定|(?:非|不|不带)强制|强制报废(?=期|年限|标准)|行政强制(?=法|案例|依据|程序)",
    # Something that has happened to a person is a fact about him.
    "被(?:依法)?(?:吊销|暂扣|扣留|扣押|查封)[^,。;]{0,6}(?:的|后|过)",
    "(?:吊销|暂扣|扣留|扣押|查封)(?=期间|期满|的[^,。;]{0,6}(?:人|者|户|企业|单位|车|证))",
    # Signs and lines that the law itself provides, and limits that nobody imposes.
    "(?:禁止|限制)[^,。;]{0,8}(?:标志|标线|标牌|标识)",
    "(?:不受|取消|放宽|减少)[^,。;]{0,4}限制|(?:受|因)[^,。;]{0,8}限制",
    # What binds the officers is no duty of the public.
    "(?:执法|工作|巡查|窗口)人员(?:应当|必须|不得|严禁)",
    "(?:不|免|免予)收(?:费|取)|[乱违]收费|违规收费|规范收费",
    "收费(?=站|公路|标准|公示|票据|价格|目录|依据|广场|人员|岗亭|行为)",
    "缴[费款纳](?=指引|渠道|提醒|方式|窗口|平台|记录|凭证)",
)
_KINDS: Final = {
    "threatens a penalty": re.compile("|".join(_PENALTIES)),
    "lays down a duty or cuts a right": re.compile("|".join(_DUTIES)),
    "charges money": re.compile("|".join(_CHARGES)),
}
_HARMLESS_WORDS: Final = re.compile("|".join(_HARMLESS))
_SIMPLIFIED: Final = str.maketrans(
    "處処罰沒銷強責產産業應當須繳費單關閉凍結劃撥嚴從務許準納證滯懲則後執於錄録標誌線規條辦"
    "發無檢審駕營電違貨約徵給書隨將壓緝償險類齊時車記過黃歸來鎖義擔監對報暫",
    "处处罚没销强责产产业应当须缴费单关闭冻结划拨严从务许准纳证滞惩则后执于录录标志线规条办"
    "发无检审驾营电违货约征给书随将压缉偿险类齐时车记过黄归来锁义担监对报暂",
)
_CITATION: Final = re.compile(r"《[^《》]{2,}》第[0-9零〇一二三四五六七八九十百千]+条")
# What a reader sees as a pause; any other mark inside a word is a way round the lists.
_PAUSES: Final = frozenset(",;:!?。、()《》“”{}")
_HOLE: Final = "□"


def cites_law(text: str) -> bool:
    """Whether the text names an article in full: 《…》第…条."""
    return _CITATION.search(_fold(text)) is not None


@lru_cache(maxsize=4096)
def binding_word(text: str) -> tuple[str, str] | None:
    """Give the first word that needs a legal basis and what it does; None if there is none."""
    plain = _HARMLESS_WORDS.sub(_HOLE, re.sub(r"\{[^{}]*\}", _HOLE, _fold(text)))
    for does, words in _KINDS.items():
        if found := words.search(plain):
            return found.group(), does
    return None


def _fold(text: str) -> str:
    folded = unicodedata.normalize("NFKC", text).translate(_SIMPLIFIED)
    return "".join(c for c in folded if c in _PAUSES or unicodedata.category(c)[0] in "LN")
