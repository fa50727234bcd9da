"""A source that comes again, corrected or beside others, counts once and rightly."""

from __future__ import annotations

import json
from importlib.resources import files
from pathlib import Path

import pytest
from click.testing import Result

from risk.kernel.policy import DEFAULT

from .police_files import GOOD, account, dump, line, read, risk, rows, says_plainly, text


def test_a_number_that_comes_again_with_other_content_is_a_correction(folder: Path) -> None:
    assert account(read(folder, GOOD + line("A4", fine="100") + "\n")) == (21, 20, 0, 0, 1)
    assert rows(folder, "SELECT line, reason FROM duplicates") == [
        (6, "corrected by a later record")
    ]


def test_a_later_file_corrects_an_earlier_one_and_the_earlier_changes_nothing_again(
    with_good: Path,
) -> None:
    later = read(with_good, text(line("A4", fine="100"), line("N1")), "later.csv")
    assert account(later) == (2, 2, 0, 0, 0)
    assert json.loads(later.stdout)["runs"][0]["superseded"] == 1
    before = dump(with_good)
    account(risk(with_good, with_good / "export.csv", "--json"))
    assert dump(with_good) == before


def test_the_same_sources_twice_change_nothing_but_the_run_log(with_good: Path) -> None:
    before = dump(with_good)
    assert account(read(with_good, GOOD)) == (20, 20, 0, 0, 0)
    assert dump(with_good) == before
    assert rows(with_good, "SELECT count(*) FROM runs") == [(2,)]


def test_the_reasons_stand_beneath_each_file_and_again_when_nothing_is_new(folder: Path) -> None:
    first, second = folder / "first.csv", folder / "second.csv"
    first.write_text(GOOD + line("B1", words="夜间鸣笛扰民") + "\n", encoding="utf-8")
    undecided = line("C1").replace("已办结", "未裁决")
    second.write_text(text(line("C0"), line("C0"), undecided), encoding="utf-8")
    expected = [
        "  first.csv [police_export, utf-8]: 21 rows = 20 cases + 1 rejected + 0 excluded + 0 duplicates",
        "    rejected: unclassified 1, e.g. line 22; says 夜间鸣笛扰民 (1)",
        "  second.csv [police_export, utf-8]: 3 rows = 1 cases + 0 rejected + 1 excluded + 1 duplicates",
        "    excluded: 尚未裁决 1, e.g. line 4",
        "    duplicate: repeated 1, e.g. line 3",
    ]
    assert risk(folder, first, second).stdout.splitlines()[2:7] == expected
    again = risk(folder, first).stdout.splitlines()
    assert again[2:5] == [
        *expected[:2],
        "  note: first.csv: read by an earlier run and unchanged since.",
    ]


def test_two_files_in_one_run_give_what_two_runs_give(folder: Path) -> None:
    first, second = folder / "first.csv", folder / "second.csv"
    first.write_text(GOOD, encoding="utf-8")
    second.write_text(text(line("A4", fine="100"), line("N1")), encoding="utf-8")
    risk(folder, first, second, "--json", database="together.db")
    risk(folder, first, "--json")
    risk(folder, second, "--json")
    assert dump(folder, "risk.db", "risk_points") == dump(folder, "together.db", "risk_points")


def test_the_made_up_sample_never_joins_real_cases(with_good: Path) -> None:
    says_plainly(risk(with_good), "sample")


def test_real_cases_take_the_place_of_the_sample(folder: Path) -> None:
    sample = json.loads(risk(folder, "--json").stdout)["runs"][0]
    (said,) = json.loads(read(folder, GOOD).stdout)["runs"][0]["remarks"]
    assert said.startswith(f"The made-up sample's {sample['cases']:,} cases were left out")
    assert rows(folder, "SELECT sum(cases) FROM risk_points WHERE id = violation") == [(20,)]


def test_a_file_of_an_earlier_ones_name_with_other_content_is_remarked_on(with_good: Path) -> None:
    assert remarks(read(with_good, text(line("N1"), line("N2")), "more.csv")) == []
    (said,) = remarks(read(with_good, text(line("N1")), "more.csv"))
    assert said.startswith("more.csv: an earlier run read a file of this name with other content")
    assert "--replace" in said
    (other := with_good / "other").mkdir()
    (other / "more.csv").write_text(text(line("N3")), encoding="utf-8")
    both = risk(with_good, with_good / "more.csv", other / "more.csv", "--replace", "--json")
    assert remarks(both) == []


def test_sources_read_with_another_secret_are_warned_of_until_they_are_read_anew(
    with_good: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("RISK_SECRET_FILE", str(with_good / "mistyped"))
    (said,) = warnings(read(with_good, text(line("N1")), "more.csv"))
    assert said.startswith("1 of the department's sources were read with another secret")
    assert warnings(risk(with_good, with_good / "more.csv", "--replace", "--json")) == []


def test_an_edited_policy_under_the_shipped_ones_id_is_warned_of(with_good: Path) -> None:
    package, *steps = DEFAULT
    shipped = files(package).joinpath(*steps).read_text("utf-8")
    (with_good / "same.yaml").write_text(f"# 抄本\n{shipped}", encoding="utf-8")
    (with_good / "edited.yaml").write_text(shipped.replace("cases: 30", "cases: 31"), "utf-8")
    assert (
        warnings(read(with_good, GOOD, "export.csv", "--policy", str(with_good / "same.yaml")))
        == []
    )
    (said,) = warnings(
        read(with_good, GOOD, "export.csv", "--policy", str(with_good / "edited.yaml"))
    )
    assert said.startswith("edited.yaml: this policy calls itself zhengzhou-2019, but is not")


def remarks(result: Result) -> list[str]:
    told: list[str] = json.loads(result.stdout)["runs"][0]["remarks"]
    return told


def warnings(result: Result) -> list[str]:
    told: list[str] = json.loads(result.stdout)["runs"][0]["warnings"]
    return told
