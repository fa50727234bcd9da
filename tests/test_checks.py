"""`risk check` and `risk.testing` find what is wrong with a plugin, and say where and how to mend."""

from __future__ import annotations

import json
import shutil
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from click.testing import CliRunner

from risk.checks.check import Outcome, outcome_of
from risk.checks.contract import CHECKS
from risk.cli import main
from risk.kernel.plugins import Kernel

if TYPE_CHECKING:
    from conftest import Change, Install, Plant

TYPES, MEASURES = "data/violation_types.yaml", "data/measures.yaml"
COPIES = "[{0}.model_copy(update={1}) for {0} in _knowledge.{2}()]"
GHOSTS = (
    "{'legal_references': [r.model_copy(update={'law_key': 'GHOST'}) for r in v.legal_references]}"
)
EARLY = (
    "{'legal_references': [r.model_copy(update={'in_force_from': r.in_force_from.replace(1999)})"
    " for r in v.legal_references]}"
)
RULES: tuple[Change, ...] = (
    (
        TYPES,
        "role: forbids, law: EXAMPLE, article: 10",
        "role: coercion, law: EXAMPLE, article: 10",
    ),
    (
        TYPES,
        "role: punishes, law: EXAMPLE, article: 20",
        "role: exempts, law: EXAMPLE, article: 20",
    ),
)
# What is changed in a plugin that keeps its contract, the check that finds it, and its words.
BROKEN: dict[str, tuple[tuple[Change, ...], str, str]] = {
    "a template's id without the department": (
        ((MEASURES, "id: parks.permit_guide", "id: park.permit_guide"),),
        "ids",
        "measure template park.permit_guide: its id does not begin with parks",
    ),
    "no rule behind a type": (RULES, "references", "parks.without_permit: no legal reference"),
    "an unknown law": (
        (
            (
                "__init__.py",
                "_knowledge.violation_types()",
                COPIES.format("v", GHOSTS, "violation_types"),
            ),
        ),
        "references",
        "laws.yaml has no law GHOST",
    ),
    "an article before its law": (
        (
            (
                "__init__.py",
                "_knowledge.violation_types()",
                COPIES.format("v", EARLY, "violation_types"),
            ),
        ),
        "references",
        "is said to be in force before its law",
    ),
    "a scope that no point has": (
        ((MEASURES, "when: {scope: [place]}", "when: {scope: [place, industry]}"),),
        "templates",
        "parks.permit_reminder for parks.without_permit: no point gets it: "
        "no point has industry and place at once",
    ),
    "a part of the day that the policy does not know": (
        (
            (
                MEASURES,
                "when: {scope: [place]}",
                "when: {scope: [place, time_band], time_band: [半夜]}",
            ),
        ),
        "templates",
        "the policy has no time band '半夜'",
    ),
    "a template against its own cause": (
        (
            (MEASURES, "when: {scope: [place]}", "when: {scope: [place], grades: [高]}"),
            (
                TYPES,
                "text: 不了解开展活动前需要取得许可",
                "text: 不了解\n        when: {grades: [低]}",
            ),
        ),
        "templates",
        "高 and 低 exclude each other",
    ),
    "a cause without an answer": (
        ((MEASURES, "answers: [permit_steps, permit_unknown]", "answers: [permit_unknown]"),),
        "causes",
        "cause permit_steps (机关) of parks.without_permit: no measure answers it",
    ),
    "a cause answered only in some places": (
        ((MEASURES, "answers: [permit_steps, permit_unknown]", "answers: [permit_steps]"),),
        "causes",
        "cause permit_unknown (相对人) of parks.without_permit: no measure answers it at a point"
        " such as 全市",
    ),
    "a cause that holds nowhere": (
        (
            (
                TYPES,
                "text: 许可办理环节多",
                "when: {scope: [place, behaviour]}\n        text: 环节多",
            ),
        ),
        "causes",
        "it holds nowhere",
    ),
    "a measure that binds": (
        (
            (
                "__init__.py",
                "_knowledge.measure_templates()",
                COPIES.format("t", "{'text': '经营单位必须参加培训'}", "measure_templates"),
            ),
        ),
        "wording",
        "measure template parks.permit_guide, field text: 「必须」",
    ),
    "a sample that is not there": (
        (("adapters.py", "samples/case_system.csv", "samples/cases.csv"),),
        "samples",
        "the file is not there",
    ),
    "no sample at all": (
        (("adapters.py", '        sample="samples/case_system.csv",\n', ""),),
        "samples",
        "none of them has a sample",
    ),
    "a sample under other headings": (
        (("adapters.py", 'c.date("处罚日期")', 'c.date("决定日期")'),),
        "samples",
        "misses 决定日期",
    ),
    "a sample without a case": (
        (("data/terms.yaml", "办结: closed", "办结: withdrawn"),),
        "samples",
        "None of the 60 rows is a case",
    ),
    "an internal of the kernel": (
        (
            (
                "adapters.py",
                "from risk import Adapter\n",
                "from risk.model.adapter import Adapter\n",
            ),
        ),
        "imports",
        "adapters.py line 8: imports risk.model.adapter, which is the kernel's own",
    ),
    "an internal by way of the face": (
        (("adapters.py", "from risk import Adapter\n", "from risk import Adapter, intake\n"),),
        "imports",
        "imports risk.intake",
    ),
    "another department": (
        (
            (
                "adapters.py",
                "from risk import Adapter\n",
                "import risk_traffic\nfrom risk import Adapter\n",
            ),
        ),
        "imports",
        "imports another department, risk_traffic",
    ),
}


NOISY = """
from dataclasses import replace


def noisy(column):
    return replace(column, make=lambda frame: [print("noise"), column.make(frame)][1])

"""


def made(name: str) -> Outcome:
    (check,) = (check for check in CHECKS if check.name == name)
    return outcome_of(check, Kernel.load().plugin("parks"))


@pytest.mark.parametrize(("changes", "name", "words"), BROKEN.values(), ids=BROKEN.keys())
def test_the_check_finds(changes: tuple[Change, ...], name: str, words: str, plant: Plant) -> None:
    plant(*changes)
    outcome = made(name)
    assert any(words in str(fault) for fault in outcome.faults), outcome
    assert all(fault.mend for fault in outcome.faults)


@pytest.mark.parametrize("name", [check.name for check in CHECKS if check.name != "wheel"])
def test_a_plugin_that_keeps_its_contract_passes(name: str, plant: Plant) -> None:
    plant()
    outcome = made(name)
    assert outcome.faults == () and outcome.skipped == ""


def test_a_data_file_that_no_wheel_would_hold_is_named(plant: Plant) -> None:
    plant(("pyproject.toml", '"data/*/*", "samples/*"', '"data/*/*"'))
    (fault,) = made("wheel").faults
    assert fault.where == "risk_parks/samples/case_system.csv"
    assert "package-data" in fault.mend


def test_a_plugin_without_its_source_folder_has_no_wheel_to_look_at(plant: Plant) -> None:
    project = plant()
    (project / "pyproject.toml").unlink()
    assert "not installed from its source folder" in made("wheel").skipped


def test_the_check_leaves_no_secret_and_no_database_behind(
    plant: Plant, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("RISK_SECRET_FILE", str(tmp_path / "secret"))
    monkeypatch.chdir(tmp_path)
    plant()
    assert made("samples").faults == ()
    assert sorted(path.name for path in tmp_path.iterdir()) == ["parks"]


def test_the_command_says_what_where_and_how_to_mend_and_fails(
    plant: Plant, monkeypatch: pytest.MonkeyPatch
) -> None:
    plant((MEASURES, "answers: [permit_steps, permit_unknown]", "answers: [permit_unknown]"))
    # Building a wheel takes seconds and is held above.
    quick = tuple(check for check in CHECKS if check.name != "wheel")
    monkeypatch.setattr("risk.checks.contract.CHECKS", quick)
    shutil.rmtree(Path(Kernel.load().plugin("parks").file("samples")))
    result = CliRunner().invoke(main, ["check", "parks"])
    assert result.exit_code == 1
    assert "ok    ids" in result.stdout
    assert "FAIL  causes" in result.stdout and "FAIL  samples" in result.stdout
    assert "mend: Add permit_steps to `answers`" in result.stdout
    assert "parks fails 2 of 7 checks" in result.stderr


def test_a_plugin_that_does_not_load_is_shown_with_every_fault_of_its_files(plant: Plant) -> None:
    plant((TYPES, "subject: organisation", "subject: firms"))
    result = CliRunner().invoke(main, ["check", "parks"])
    assert result.exit_code == 1 and "does not load" in result.stderr
    assert result.stdout.count("field subject: must be") == 2


def test_a_word_for_a_type_that_there_is_not_is_named_with_its_line_and_stops_the_run(
    plant: Plant, tmp_path: Path
) -> None:
    word = "无证从事示例活动"
    plant(("data/terms.yaml", f"{word}: parks.without_permit", f"{word}: parks.no_permit"))
    fault = (
        f"terms.yaml line 5, field violations.{word}: there is no violation type 'parks.no_permit'; "
        "did you mean parks.without_permit? (read by the adapter case_system)"
    )
    checked = CliRunner().invoke(main, ["check", "parks"])
    assert checked.exit_code == 1 and fault in checked.stdout
    assert fault in CliRunner().invoke(main, ["plugins"]).stdout
    ran = CliRunner().invoke(main, ["run", "--plugin", "parks", "--db", str(tmp_path / "r.db")])
    assert ran.exit_code == 1 and fault in ran.stderr and not (tmp_path / "r.db").exists()


def test_a_type_that_code_alone_names_is_named_with_its_adapter(plant: Plant) -> None:
    plant(("adapters.py", 'c.lookup("违法行为", terms["violations"])', 'c.constant("parks.none")'))
    checked = CliRunner().invoke(main, ["check", "parks"])
    said = "adapter case_system, column violation: there is no violation type 'parks.none'"
    assert said in checked.stdout


def test_an_unknown_plugin_is_answered_with_those_there_are() -> None:
    result = CliRunner().invoke(main, ["check", "fire"])
    assert result.exit_code == 1
    assert "no plugin 'fire'" in result.stderr and "traffic" in result.stderr


def test_a_plugin_of_one_module_is_checked_too(tmp_path: Path, install: Install) -> None:
    install("well", "", entry_points="[risk]\nwell = lonely_well\n", module="well_metadata")
    (tmp_path / "site" / "lonely_well.py").write_text(
        "from risk import Department, hookimpl\n\n\n@hookimpl\ndef risk_department():\n"
        '    return Department(id="well", name="水井", name_en="Wells", unit="市水井队")\n',
        encoding="utf-8",
    )
    said = CliRunner().invoke(main, ["check", "well"])
    assert "ok    references" in said.output and "FAIL  ids" in said.output
    assert said.exit_code == 1 and "fails 2 of 8 checks" in said.output, said.exception


def test_what_a_plugin_prints_while_it_is_checked_or_run_is_no_part_of_the_report(
    plant: Plant, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("RISK_SECRET_FILE", str(tmp_path / "secret"))
    plant(
        ("adapters.py", "\n\ndef case_system", f"{NOISY}\n\ndef case_system"),
        ("adapters.py", 'c.optional(c.text("辖区"))', 'noisy(c.optional(c.text("辖区")))'),
    )
    monkeypatch.setattr("risk.checks.contract.CHECKS", [c for c in CHECKS if c.name == "samples"])
    checked = CliRunner().invoke(main, ["check", "parks"])
    assert checked.exit_code == 0, checked.output
    assert len(checked.stdout.splitlines()) == 1
    database = str(tmp_path / "risk.db")
    done = CliRunner().invoke(main, ["run", "--plugin", "parks", "--db", database, "--json"])
    assert json.loads(done.stdout)["runs"]
    assert "noise" in checked.stderr
    assert "noise" in done.stderr
