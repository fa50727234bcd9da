from __future__ import annotations

import gc
import json
import os
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from click.testing import CliRunner

from risk.cli.plugins import plugins as plugins_command
from risk.errors import PluginError
from risk.kernel.plugins import Kernel

if TYPE_CHECKING:
    from conftest import Install, Load

CORE = Path(__file__).parent.parent / "core"

WATER = """
from risk import Adapter, Cause, Department, Grading, MeasureTemplate, Ranking, ViolationType, hookimpl


@hookimpl
def risk_department():
    return Department(id="water", name="水利", name_en="Water", unit="市水利局")
"""


def violation_type(identity: str, causes: str = "'slow'") -> str:
    return f"""ViolationType(
        id={identity!r}, name="取水", name_en="Intake", agency="水利", subject="both",
        procedure="ordinary", hearing_possible=True,
        causes=[Cause(id=i, side="机关", text="办理慢") for i in [{causes}]]
        + [Cause(id="greed", side="相对人", text="趋利")],
    )"""


TYPES = f"""
@hookimpl
def risk_violation_types():
    return [{violation_type("water.intake")}]
"""
ADAPTER = 'Adapter(name="system", title="办案系统", columns={c: Blank() for c in REQUIRED})'
ADAPTERS = f"""
REQUIRED = ["case_id", "violation", "decided_on"]


class Blank:
    reads = companions = ()

    def build(self, frame):
        return None


@hookimpl
def risk_adapters():
    yield {ADAPTER}
"""
TEMPLATE = 'MeasureTemplate(id="water.visit", violations=["{}"], kind="回访", text="回访取水户"{})'


def templates(violation: str = "water.intake", more: str = "", times: int = 1) -> str:
    one = TEMPLATE.format(violation, more)
    return f"\n@hookimpl\ndef risk_measure_templates():\n    return [{one}] * {times}\n"


def grading(fields: str) -> str:
    return f"\n@hookimpl\ndef risk_grading():\n    return Grading({fields})\n"


def hook(name: str, body: str) -> str:
    return f"\n@hookimpl\ndef {name}():\n    {body}\n"


MOVES = "import os; os.chdir('/')"
RANKING = 'rankings=[Ranking(id="{}", title="榜", violations=["{}"])]'
LIMIT = (
    "summary_fine=[dict(department={!r}, individual=200, organisation=3000,"
    " in_force_from='2021-07-15', source='行政处罚法', verified='text')]"
)
WHOLE = (
    WATER
    + TYPES
    + ADAPTERS
    + templates(more=', answers=["slow"]')
    + grading(f"{LIMIT.format('water')}, {RANKING.format('ten', 'water.intake')}")
)

BROKEN = {
    "raises at import": (
        "raise RuntimeError('no licence\\nfile')",
        "RuntimeError: no licence file",
    ),
    "needs a missing module": ("import pandas_not_here", "No module named 'pandas_not_here'"),
    "is no Python": ("def (:", "SyntaxError"),
    "ends the process at import": ("import sys\nsys.exit('bye')", "SystemExit: bye"),
    "panics at import": ("class P(BaseException): pass\nraise P('rust')", "P: rust"),
    "raises what cannot be printed": (
        "class E(Exception):\n def __str__(self): raise ValueError\nraise E",
        "cannot be imported: E",
    ),
    "has no department": (
        "from risk import hookimpl, Grading" + grading(""),
        "has no risk_department()",
    ),
    "misspells a hook": (WATER + hook("risk_adaptors", "return []"), "no hook risk_adaptors()"),
    "leaves out the prefix": (WATER + hook("adapters", "return []"), "no hook adapters()"),
    "hides a misspelt hook": (
        WATER + "\n@hookimpl(optionalhook=True)\ndef risk_gradings():\n    return None\n",
        "no hook risk_gradings()",
    ),
    "forgets @hookimpl": (
        WATER + "\ndef risk_adapters():\n    return []\n",
        "risk_adapters() is not marked",
    ),
    "takes arguments": (
        WATER + "\n@hookimpl\ndef risk_adapters(path):\n    return []\n",
        "risk_adapters(path)",
    ),
    "wraps": (
        WATER + "\n@hookimpl(wrapper=True)\ndef risk_adapters():\n    return (yield)\n",
        "risk_adapters() must be one plain function",
    ),
    "answers a hook twice": (
        WATER + "\n@hookimpl(specname='risk_adapters')\ndef a():\n    return []\n"
        "\n@hookimpl(specname='risk_adapters')\ndef b():\n    return []\n",
        "risk_adapters() must be one plain function",
    ),
    "raises in a hook": (
        WATER + hook("risk_adapters", "return 1 / 0"),
        "risk_adapters() raises ZeroDivisionError",
    ),
    "raises late in a generator": (
        WATER + TYPES + ADAPTERS + "    raise KeyError('案号')\n",
        "risk_adapters() raises KeyError: '案号'",
    ),
    "exits in a hook": (
        WATER + hook("risk_adapters", "raise SystemExit(3)"),
        "risk_adapters() raises SystemExit: 3",
    ),
    "makes a wrong model": (
        WATER + hook("risk_violation_types", "return [ViolationType(id='water.intake')]"),
        "risk_violation_types() raises ValidationError",
    ),
    "says nothing": (WATER + hook("risk_violation_types", "pass"), "returns None, not"),
    "says a word": (WATER + hook("risk_adapters", "return 'system'"), "of type str, not Adapter"),
    "says a number": (WATER + hook("risk_adapters", "return 7"), "of type int, not Adapter"),
    "gives a dict": (WATER + hook("risk_adapters", "return {}"), "of type dict, not Adapter"),
    "gives wrong entries": (
        WATER + hook("risk_adapters", "return [None]"),
        "entry 1 of risk_adapters() is None",
    ),
    "never ends": (
        WATER + hook("risk_adapters", "while True: yield None"),
        "risk_adapters() returns more than 10000",
    ),
    "gives a department in a list": (
        "from risk import hookimpl" + hook("risk_department", "return []"),
        "of type list, not a Department",
    ),
    "calls itself otherwise": (WATER.replace('"water"', '"waters"'), "calls itself 'waters'"),
    "takes another's violations": (
        WATER + hook("risk_violation_types", f"return [{violation_type('traffic.parking')}]"),
        "'traffic.parking' is not of this department",
    ),
    "repeats a violation type": (
        WATER + hook("risk_violation_types", f"return [{violation_type('water.intake')}] * 2"),
        "violation type water.intake, field id: water.intake is already taken by entry 1",
    ),
    "repeats a cause": (
        WATER + hook("risk_violation_types", "yield " + violation_type("water.a", "'a', 'a'")),
        "field causes.2.id: a is already taken",
    ),
    "repeats an adapter": (
        WATER + ADAPTERS + f"    yield {ADAPTER}\n",
        "adapter system, field name: system is already taken",
    ),
    "repeats a template": (WATER + TYPES + templates(times=2), "water.visit is already taken"),
    "has a measure for nothing": (
        WATER + TYPES + templates("water.intakes"),
        "no violation type 'water.intakes'; did you mean water.intake?",
    ),
    "answers an unknown cause": (
        WATER + TYPES + templates(more=', answers=["slowly"]'),
        "has the id 'slowly'; did you mean slow?",
    ),
    "sets another's threshold": (
        WATER + grading(LIMIT.format("traffic")),
        "summary_fine has an entry of another department, 'traffic'",
    ),
    "sets a threshold for an agency that has no violation type": (
        WATER + TYPES + grading(LIMIT.format("water").replace("dict(", "dict(agency='水力', ")),
        "summary_fine: no violation type lies with an agency '水力'; they lie with 水利",
    ),
    "ranks another's violations": (
        WATER + TYPES + grading(RANKING.format("ten", "traffic.parking")),
        "ranking ten counts the unknown violation type 'traffic.parking'",
    ),
}


def test_a_whole_plugin_is_loaded_with_everything_it_says(install: Install, load: Load) -> None:
    install("water", WHOLE, version="2.5")
    (plugin,) = load().plugins
    assert (plugin.name, plugin.distribution, plugin.version) == ("water", "city-risk-water", "2.5")
    assert plugin.department.name == "水利"
    assert [violation.id for violation in plugin.violation_types] == ["water.intake"]
    assert [adapter.name for adapter in plugin.adapters] == ["system"]
    assert [template.id for template in plugin.measure_templates] == ["water.visit"]
    assert plugin.grading.rankings[0].id == "ten"


@pytest.mark.parametrize(
    "code",
    [
        f"{MOVES}\n{WATER}",
        WATER.replace("def risk_department():\n", f"def risk_department():\n    {MOVES}\n"),
        f"{WATER}\n{MOVES}\nraise ValueError('moved')",
    ],
)
def test_a_plugin_that_changes_the_working_directory_moves_nobody_else(
    code: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, install: Install, load: Load
) -> None:
    monkeypatch.chdir(tmp_path)
    install("fire", code.replace('"water"', '"fire"'))
    install("zoo", WATER.replace('"water"', 'str(__import__("pathlib").Path.cwd().name)'))
    assert "os.chdir" in code
    (failure,) = [one for one in load().failures if one.name == "zoo"]
    assert repr(tmp_path.name) in failure.error
    assert Path.cwd() == tmp_path


def test_the_plugin_can_be_asked_for_by_name(install: Install, load: Load) -> None:
    install("water", WATER)
    assert load().plugin("water").department.unit == "市水利局"


@pytest.mark.parametrize(("code", "error"), BROKEN.values(), ids=BROKEN.keys())
def test_a_plugin_is_named_and_the_rest_load_when_it(
    code: str, error: str, install: Install, load: Load
) -> None:
    install("water", code, distribution="bad-risk")
    install("fire", WATER.replace('"water"', '"fire"'))
    install("zoo", WATER.replace('"water"', '"zoo"'))
    kernel = load()
    assert [plugin.name for plugin in kernel.plugins] == ["fire", "zoo"]
    (failure,) = kernel.failures
    assert (failure.name, failure.distribution, failure.version) == ("water", "bad-risk", "1.0")
    assert error in failure.error
    assert failure.remedy.endswith("pip uninstall bad-risk")
    assert failure.exception is not None
    with pytest.raises(PluginError, match="cannot be used") as raised:
        kernel.plugin("water")
    assert raised.value.what.endswith(failure.error) and raised.value.remedy == failure.remedy


def test_the_remedy_for_a_misspelt_hook_is_the_nearest_one(install: Install, load: Load) -> None:
    install("water", WATER + hook("risk_adaptors", "return []"))
    assert load().failures[0].remedy.startswith("Did you mean risk_adapters()?")


def test_the_error_is_one_line_of_bearable_length(install: Install, load: Load) -> None:
    install("water", "raise ValueError('行\\n\\t\\x1b[31m' * 500)")
    (failure,) = load().failures
    assert failure.error.isprintable() and len(failure.error) == 300


def test_of_many_faults_the_first_is_said_and_the_rest_counted(
    install: Install, load: Load
) -> None:
    install("water", WATER + TYPES + templates("water.a", times=3))
    assert load().failures[0].error.endswith("(and 4 more)")


@pytest.mark.parametrize(
    ("code", "error"),
    [
        (WATER.replace("def risk", "async def risk"), "risk_department() is defined by async def"),
        (
            WATER + "\n@hookimpl\nasync def risk_adapters():\n    yield None\n",
            "risk_adapters() is defined by async def",
        ),
        (
            "from risk import hookimpl\n\n\nasync def later():\n    pass\n"
            + hook("risk_department", "return later()"),
            "risk_department() returns a value of type coroutine, not a Department",
        ),
    ],
)
def test_a_hook_that_would_have_to_be_awaited_is_a_plain_fault(
    code: str, error: str, install: Install, load: Load, recwarn: pytest.WarningsRecorder
) -> None:
    install("water", code)
    (failure,) = load().failures
    gc.collect()
    assert failure.error == error
    assert not [str(one.message) for one in recwarn if "awaited" in str(one.message)]


def test_fields_that_a_model_cannot_have_are_told_in_one_plain_line(
    install: Install, load: Load
) -> None:
    code = WATER.replace('name="水利"', "name='', nmae=2, places=[{'name': '', 'id': 1}]")
    install("water", code)
    (failure,) = load().failures
    assert failure.error == (
        "risk_department() raises ValidationError: Department: name is too short, not '';"
        " places.1.name is too short, not ''; places.1.id is no known field; and 1 more"
    )


def test_a_mistake_in_a_yaml_file_is_shown_with_its_line(install: Install, load: Load) -> None:
    code = "from risk import Knowledge, hookimpl\n" + hook(
        "risk_department", "return Knowledge(__name__).department()"
    )
    install(
        "water", code, files={"data/department.yaml": "department:\n  id: water\n  nmae: 水利\n"}
    )
    (failure,) = load().failures
    assert failure.error.startswith(
        "department.yaml line 3, field nmae: is no known field; did you"
    )


@pytest.mark.parametrize(
    ("field", "error"),
    [
        (
            "  rankings:\n    - id: ten\n      title: 榜\n      violations: [water.nope]\n",
            "grading.yaml line 5, field rankings.1.violations.1: ranking ten counts the unknown",
        ),
        (
            "  sporadic:\n    - department: fire\n      cases: 2\n      in_force_from: 2020-01-01\n"
            "      source: 检验用\n      verified: eye\n",
            "grading.yaml line 3, field sporadic.1.department: sporadic has an entry of another",
        ),
        (
            "  summary_fine:\n    - agency: 水利局\n      individual: 200\n      organisation: 300\n"
            "      in_force_from: 2020-01-01\n      source: 检验用\n      verified: eye\n",
            "grading.yaml line 3, field summary_fine.1.agency: summary_fine: no violation type lies"
            " with an agency '水利局'; did you mean 水利?; they lie with 水利",
        ),
    ],
)
def test_a_threshold_that_cannot_stand_is_shown_with_its_line(
    field: str, error: str, install: Install, load: Load
) -> None:
    code = WATER + "\nfrom risk import Knowledge\n" + TYPES
    code += hook("risk_grading", "return Knowledge(__name__).grading()")
    install("water", code, files={"data/grading.yaml": f"grading:\n{field}"})
    (failure,) = load().failures
    assert failure.error.startswith(error)
    assert failure.remedy.startswith("Correct the file at the lines named")


def test_neither_of_two_distributions_gets_a_name_they_both_claim(
    install: Install, load: Load
) -> None:
    install("water", WATER, distribution="city-risk-water", module="good_water")
    install("water", WATER, distribution="mallory-risk", module="bad_water")
    install("zoo", WATER.replace('"water"', '"zoo"'))
    kernel = load()
    assert [plugin.name for plugin in kernel.plugins] == ["zoo"]
    assert sorted(failure.distribution for failure in kernel.failures) == [
        "city-risk-water",
        "mallory-risk",
    ]
    for failure in kernel.failures:
        assert "city-risk-water 1.0" in failure.error and "mallory-risk 1.0" in failure.error
    assert "bad_water" not in sys.modules


@pytest.mark.parametrize("text", ["[risk]\njunk\n", "[risk]\nwater =\n"])
def test_an_unreadable_entry_point_is_that_distributions_failure(
    text: str, install: Install, load: Load
) -> None:
    install("water", WATER, distribution="bad-risk", entry_points=text)
    install("zoo", WATER.replace('"water"', '"zoo"'))
    kernel = load()
    assert [plugin.name for plugin in kernel.plugins] == ["zoo"]
    assert [failure.distribution for failure in kernel.failures] == ["bad-risk"]


def test_a_plugin_left_out_is_not_even_imported(install: Install, load: Load) -> None:
    install("water", "raise RuntimeError")
    install("zoo", WATER.replace('"water"', '"zoo"'))
    kernel = load("water")
    assert [plugin.name for plugin in kernel.plugins] == ["zoo"] and not kernel.failures
    assert "risk_water_plugin" not in sys.modules


def test_ctrl_c_while_a_plugin_loads_stops_the_program(install: Install, load: Load) -> None:
    install("water", "raise KeyboardInterrupt")
    with pytest.raises(KeyboardInterrupt):
        load()


def test_an_unknown_name_is_answered_with_the_installed_ones(install: Install, load: Load) -> None:
    install("water", WATER)
    install("zoo", "raise RuntimeError")
    with pytest.raises(
        PluginError, match=r"no plugin 'wter'.*Installed are: water, zoo \(broken\)"
    ):
        load().plugin("wter")


def test_without_any_plugin_the_answer_says_how_to_get_one() -> None:
    with pytest.raises(PluginError, match="No department's plugin is installed.*pip install"):
        Kernel().plugin("water")


def test_the_list_shows_good_plugins_and_broken_ones(install: Install) -> None:
    install("water", WHOLE)
    install("zoo", "raise RuntimeError('no luck')", distribution="bad-risk")
    result = CliRunner().invoke(plugins_command)
    assert result.exit_code == 0
    assert "water" in result.stdout and "水利" in result.stdout and "system" in result.stdout
    assert "BROKEN zoo (bad-risk 1.0)" in result.stdout and "no luck" in result.stdout
    assert "pip uninstall bad-risk" in result.stdout


def test_the_list_as_json_is_one_document(install: Install) -> None:
    install("water", WHOLE)
    install("zoo", "raise RuntimeError")
    listed = json.loads(CliRunner().invoke(plugins_command, ["--json"]).stdout)
    assert {
        "name": "water",
        "department": "water",
        "name_zh": "水利",
        "version": "1.0",
        "distribution": "city-risk-water",
        "adapters": [{"name": "system", "title": "办案系统", "kind": "cases"}],
        "violation_types": ["water.intake"],
    } in listed["plugins"]
    (failure,) = (failure for failure in listed["failures"] if failure["name"] == "zoo")
    assert set(failure) == {"name", "distribution", "version", "error", "remedy"}


def test_an_empty_list_says_how_to_install_a_plugin_and_fails(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(Kernel, "load", classmethod(lambda cls: cls()))
    result = CliRunner().invoke(plugins_command)
    assert result.exit_code == 1 and not result.stdout
    assert "No department's plugin is installed" in result.stderr and "pip install" in result.stderr


def test_a_broken_and_noisy_plugin_cannot_spoil_the_list_of_a_fresh_process(
    install: Install,
) -> None:
    noise = "import os\nprint('printed')\nos.write(1, b'written')\nos.system('echo by a child')\n"
    install("water", noise + WHOLE)
    package = install("zoo", "import sys\nsys.exit('bye')")
    program = (
        "import sys\nfrom risk.cli.plugins import plugins\n"
        "plugins(['--json'], standalone_mode=False)\n"
        "print({'ibis', 'duckdb', 'sqlite_utils', 'datasette'} & set(sys.modules), file=sys.stderr)"
    )
    path = os.pathsep.join([str(package.parent), str(CORE)])
    done = subprocess.run(
        [sys.executable, "-c", program],
        env={**os.environ, "PYTHONPATH": path},
        capture_output=True,
        encoding="utf-8",
        check=True,
    )
    listed = json.loads(done.stdout)
    assert "water" in {plugin["name"] for plugin in listed["plugins"]}
    assert "zoo" in {failure["name"] for failure in listed["failures"]}
    assert all(noise in done.stderr for noise in ("printed", "written", "by a child"))
    assert done.stderr.splitlines()[-1] == "set()"
