"""A slip in a table of words is an error that names file, line and word before anything is read."""

from __future__ import annotations

import shutil
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from risk import Knowledge
from risk import columns as c
from risk.errors import KnowledgeError
from risk.kernel.naming import unlawful_answers
from risk.model.case import CASE_COLUMNS

from .intake_cases import SMALL

if TYPE_CHECKING:
    from conftest import Install, Load

PLUGINS = Path(__file__).parents[1] / "plugins"
# A word that each closed table has in its last line.
SLIPS = [
    (plugin.name, file.name)
    for plugin in sorted(PLUGINS.iterdir())
    for file in sorted(plugin.glob("src/*/data/*_terms.yaml"))
    if file.name.partition("_")[0]
    in ("party", "penalty", "procedure", "coercive", "compulsory", "enforcement", "flag", "status")
]
COLUMNS = {column.name: column for column in CASE_COLUMNS}


def said(folder: Path, text: str, meaning: str, *steps: str) -> str:
    (folder / "words.yaml").write_text(text, encoding="utf-8")
    with pytest.raises(KnowledgeError) as caught:
        Knowledge.from_folder(folder).terms("words", meaning, *steps)
    return caught.value.what


@pytest.mark.parametrize(("plugin", "file"), SLIPS, ids=["/".join(slip) for slip in SLIPS])
def test_a_meaning_that_no_law_knows_is_refused_in_every_table_of_every_department(
    plugin: str, file: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    module = import_module(f"risk_{plugin}")
    data = tmp_path / "data"
    shutil.copytree(Path(str(module.__file__)).parent / "data", data)
    lines = (data / file).read_text(encoding="utf-8").rstrip().splitlines()
    word = lines[-1].strip().partition(":")[0]
    lines[-1] = lines[-1].partition(":")[0] + ": 扣押车辆"
    (data / file).write_text("\n".join(lines), encoding="utf-8")
    monkeypatch.setattr(module, "_knowledge", Knowledge.from_folder(data))
    with pytest.raises(KnowledgeError) as caught:
        list(module.risk_adapters())
    assert caught.value.what.startswith(f"{file} line {len(lines)}, field terms.")
    assert f"{word}: '扣押车辆' is none of the legal values" in caught.value.what


@pytest.mark.parametrize(
    ("meaning", "slip", "error"),
    [
        (
            "state",
            "已撤销: withdrown",
            "field terms.已撤销: 'withdrown' is none of the legal values; did you mean withdrawn?",
        ),
        ("state", "已撤销: withdrown", "(closed; withdrawn; open; unpunished)"),
        (
            "coercive_measures",
            "扣车: 扣押车辆",
            "field terms.扣车: '扣押车辆' is none of the legal values (限制公民人身自由;",
        ),
        (
            "penalties",
            "拘留: 拘留",
            "'拘留' is none of the legal values; did you mean 行政拘留? (警告;",
        ),
        ("procedure", "简易: 简单", "'简单' is none of the legal values (简易; 普通; 听证)"),
        ("party_kind", "个人: 人", "'人' is none of the legal values (自然人; 个体工商户;"),
        ("corrected", "是: yes", "'yes' is none of the legal values (true; false)"),
        ("harm", "是:", "field terms.是: is empty"),
        ("industry", "餐饮: [餐饮]", "field terms.餐饮: must be a text"),
        ("violation", "违停: {violaton: a.b}", "is no known field; did you mean violation?"),
    ],
)
def test_a_slip_names_file_line_and_word(
    meaning: str, slip: str, error: str, tmp_path: Path
) -> None:
    what = said(tmp_path, f"# 用词\nterms:\n  {slip}\n", meaning)
    assert what.startswith("words.yaml line 3, field ") and error in what


def test_a_table_under_another_name_is_named_and_no_traceback(tmp_path: Path) -> None:
    assert said(tmp_path, "term:\n  是: true\n", "harm") == (
        "words.yaml line 1: the file must begin with `terms:`"
    )
    assert said(tmp_path, "orders: x\n", "harm", "order") == (
        "words.yaml line 1: there is no `order:` here; did you mean orders?"
    )
    assert said(tmp_path, "orders: x\n", "harm", "orders") == (
        "words.yaml line 1, field orders: must be made of `word: meaning` lines"
    )
    with pytest.raises(KnowledgeError, match="there is no field 'ordres'; did you mean orders"):
        Knowledge.from_folder(tmp_path).table("words")["ordres"]


def test_a_word_may_mean_several_kinds_or_none(tmp_path: Path) -> None:
    words = {"冻结并扣押": "冻结存款、汇款、扣押财物", "未采取": ""}
    lines = "".join(f'  {word}: "{kinds}"\n' for word, kinds in words.items())
    (tmp_path / "words.yaml").write_text(f"terms:\n{lines}", encoding="utf-8")
    assert Knowledge.from_folder(tmp_path).terms("words", "coercive_measures") == words
    assert not COLUMNS["coercive_measures"].may_hold("冻结存款、扣押财物")


@pytest.mark.parametrize(
    ("name", "column"),
    [
        ("penalties", c.kinds("处罚种类", {"拘留": "拘留"})),
        ("penalties", c.first(c.constant("罚款"), c.optional(c.constant("拘留")))),
        ("procedure", c.lookup("程序", {"简易": "拘留"})),
        ("coercive_measures", c.lookup("措施", {"扣车": {"kind": "拘留"}}, "kind")),
        ("corrected", c.yes_no("改正", {"是": "拘留"})),
    ],
)
def test_an_adapter_that_would_fill_a_column_with_no_legal_value_is_refused(
    name: str, column: c.Column
) -> None:
    adapter = SMALL.model_copy(update={"columns": {**SMALL.columns, name: column}})
    (misfit,) = unlawful_answers([adapter], object())
    assert misfit.what.startswith(f"adapter small, {name}: '拘留' is none of the legal values")


def test_a_plugin_that_reads_its_table_otherwise_is_told_the_line_too(
    install: Install, load: Load
) -> None:
    code = """
from risk import Adapter, Department, Knowledge, columns, hookimpl

@hookimpl
def risk_department():
    return Department(id="wells", name="水井", name_en="Wells", unit="市水井队")

@hookimpl
def risk_adapters():
    words = Knowledge(__name__).table("words")["procedure"]
    yield Adapter(name="system", title="办案系统", columns={
        "case_id": columns.text("案号"), "violation": columns.lookup("案由", {}),
        "decided_on": columns.date("日期"), "procedure": columns.lookup("程序", words),
    })
"""
    files = {"data/words.yaml": "procedure:\n  当场: 简易\n  一般: 一般\n"}
    install("wells", code, files=files)
    (failure,) = load().failures
    assert failure.error == (
        "words.yaml line 3, field procedure.一般: the adapter system reads it as procedure, where"
        " '一般' is none of the legal values (简易; 普通; 听证)"
    )
    assert failure.remedy.startswith("Correct the file at the lines named")
