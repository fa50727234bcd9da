"""Which records are duplicates is found once and noted, and a record is dropped once."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable
from pathlib import Path

import pyarrow.parquet as pq
import pytest

from risk import Adapter
from risk import columns as c
from risk.intake import duplicates

from .analysis_cases import engine
from .intake_cases import SMALL, Taken, csv_text, row, take_in

ALL = 99
Shares = list[tuple[int, int, int]]


def shares(taken: Taken) -> Shares:
    """Rows, cases and duplicates of each source."""
    return [(one.rows, one.cases, one.duplicates) for one in taken.accounts]


@pytest.fixture(scope="module")
def read_apart(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Taken]:
    """A folder in which the snapshots were read one by one, and what came of the last."""
    folder = tmp_path_factory.mktemp("apart")
    return folder, one_by_one(folder / "risk.db", *written(folder))


@pytest.fixture
def first(read_apart: tuple[Path, Taken], tmp_path: Path) -> Taken:
    """What came of the snapshots that lie in this test's folder, read one by one."""
    folder, taken = read_apart
    shutil.copytree(folder, tmp_path, dirs_exist_ok=True)
    return taken


@pytest.fixture
def snapshots(tmp_path: Path) -> tuple[Path, ...]:
    """The snapshots in this test's folder."""
    return written(tmp_path)


def written(tmp_path: Path) -> tuple[Path, ...]:
    """Three exports with a number that is corrected twice, one that only comes again, and one that
    the last does not have.
    """
    paths = []
    for turn, place in enumerate(("甲路", "乙路", "丙路")):
        path = tmp_path / f"{turn}.csv"
        rows = (row("corrected", 地点=place), row("again"), row("only" if turn == 2 else "early"))
        path.write_text(csv_text(*rows), encoding="utf-8")
        paths.append(path)
    return tuple(paths)


@pytest.fixture
def judgings(monkeypatch: pytest.MonkeyPatch) -> list[int]:
    """Of how many partitions records were judged, for each time that any were."""
    seen: list[int] = []
    judge = duplicates._dropped

    def counting(engine, kind, partitions, new):  # type: ignore[no-untyped-def]
        seen.append(len(new))
        return judge(engine, kind, partitions, new)

    monkeypatch.setattr(duplicates, "_dropped", counting)
    return seen


def one_by_one(database: Path, *sources: Path, adapter: Adapter = SMALL) -> Taken:
    taken = take_in(engine(), database, sources[0], adapters=(adapter,))
    for source in sources[1:]:
        taken = take_in(engine(), database, source, known=taken.accounts, adapters=(adapter,))
    return taken


def test_a_record_is_dropped_once_however_often_its_number_comes_again(
    first: Taken, snapshots: tuple[Path, ...], tmp_path: Path
) -> None:
    together = take_in(engine(), tmp_path / "together.db", *snapshots)
    assert shares(first) == shares(together) == [(3, 2, 1), (3, 0, 3), (3, 2, 1)]
    assert first.canonical == together.canonical
    assert first.duplicates.to_pylist() == together.duplicates.to_pylist()


def test_what_is_judged_anew_is_noted_and_the_next_run_judges_nothing(
    first: Taken, snapshots: tuple[Path, ...], tmp_path: Path, judgings: list[int]
) -> None:
    database = tmp_path / "risk.db"
    judgings.clear()
    reread = take_in(engine(), database, snapshots[0], known=first.accounts, version="2")
    assert judgings == [1, 3]
    assert shares(reread) == shares(first)
    judgings.clear()
    again = take_in(engine(), database, snapshots[0], known=reread.accounts, version="2")
    assert judgings == []
    assert shares(again) == shares(first)
    assert again.duplicates.to_pylist() == reread.duplicates.to_pylist()
    later = tmp_path / "later.csv"
    later.write_text(csv_text(row("corrected", 地点="丁路"), row("again")), encoding="utf-8")
    last = take_in(engine(), database, later, known=again.accounts, version="2")
    assert judgings == [1]
    assert shares(last) == [(3, 2, 1), (3, 0, 3), (3, 1, 2), (2, 1, 1)]


def test_files_that_do_not_say_by_what_they_were_judged_are_judged_once(
    first: Taken, snapshots: tuple[Path, ...], tmp_path: Path, judgings: list[int]
) -> None:
    database = tmp_path / "risk.db"
    for file in (tmp_path / "risk.db.cases").rglob("dropped.parquet"):
        pq.write_table(pq.read_table(file).replace_schema_metadata(None), file)
    judgings.clear()
    for _ in range(2):
        again = take_in(engine(), database, snapshots[0], known=first.accounts)
        assert shares(again) == shares(first)
    assert judgings == [3]


def broken_off_after(files: int) -> Callable[..., None]:
    """An os.replace that ends the run when so many files of duplicates are in their place."""
    left = [files]

    def replace(source: Path, target: Path) -> None:
        if Path(target).name == "dropped.parquet":
            if not left[0]:
                raise KeyboardInterrupt
            left[0] -= 1
        move(source, target)

    move = os.replace
    return replace


@pytest.mark.parametrize(("files", "version"), [(2, "2"), (ALL, "2")])
def test_a_run_broken_off_while_it_notes_leaves_what_the_next_judges_rightly(
    snapshots: tuple[Path, ...],
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    files: int,
    version: str,
) -> None:
    database, alone, new = tmp_path / "risk.db", tmp_path / "alone.csv", tmp_path / "new.csv"
    for path in (alone, new):
        path.write_text(csv_text(row(path.stem)), encoding="utf-8")
    first = take_in(engine(), database, alone, *snapshots)
    with monkeypatch.context() as broken, pytest.raises(KeyboardInterrupt):
        broken.setattr(os, "replace", broken_off_after(files))
        take_in(engine(), database, alone, new, known=first.accounts, version="2")
        raise KeyboardInterrupt  # it was broken off before the database took the result
    again = take_in(engine(), database, alone, new, known=first.accounts, version=version)
    assert shares(again) == [*shares(first), (1, 1, 0)]


def test_files_that_are_noted_anew_hold_everything_at_any_moment(
    first: Taken, snapshots: tuple[Path, ...], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    database = tmp_path / "risk.db"
    key = first.accounts[0].key
    unsaid = tmp_path / "risk.db.cases" / "traffic" / key / "dropped.parquet"
    pq.write_table(pq.read_table(unsaid).replace_schema_metadata(None), unsaid)
    with monkeypatch.context() as broken, pytest.raises(KeyboardInterrupt):
        broken.setattr(os, "replace", broken_off_after(2))
        take_in(engine(), database, snapshots[0], known=first.accounts)
    again = take_in(engine(), database, snapshots[0], known=first.accounts)
    assert shares(again) == shares(first)


WITHDRAWING = Adapter(
    name="withdrawing",
    title="检验用的小表",
    columns=SMALL.columns,
    excludes={"已撤销": c.text("地点").isin("撤销")},
)
# What the records of one number say in their order, and why those that were cases are none.
TAKEN_BACK = {
    ("花园路", "撤销"): [duplicates.TAKEN_BACK],
    ("花园路", "花园路", "撤销", "撤销"): [duplicates.TAKEN_BACK] * 2,
    ("花园路", "金水路", "撤销"): [duplicates.TAKEN_BACK] * 2,
    ("撤销", "花园路"): [],
    ("花园路", "撤销", "花园路"): [duplicates.REPEATED],
    ("花园路", "撤销", "金水路"): [duplicates.CORRECTED],
}


@pytest.mark.parametrize("apart", [False, True], ids=["in one file", "in files of their own"])
def test_a_record_that_a_later_one_excludes_is_no_case(apart: bool, tmp_path: Path) -> None:
    numbers = {f"n{number}": places for number, places in enumerate(TAKEN_BACK)}
    turns = [
        [row(number, 地点=places[turn]) for number, places in numbers.items() if turn < len(places)]
        for turn in range(4)
    ]
    texts = [csv_text(*rows) for rows in (turns if apart else [sum(turns, [])])]
    sources = [tmp_path / f"{number}.csv" for number in range(len(texts))]
    for source, text in zip(sources, texts, strict=True):
        source.write_text(text, encoding="utf-8")
    taken = take_in(engine(), tmp_path / "risk.db", *sources, adapters=(WITHDRAWING,))
    assert sorted(taken.duplicates["reason"].to_pylist()) == sorted(sum(TAKEN_BACK.values(), []))
    last = {number: places[-1] for number, places in numbers.items() if places[-1] != "撤销"}
    assert {case["case_id"]: case["place"] for case in taken.canonical} == last
    accounts = [(one.rows, one.cases + one.excluded + one.duplicates) for one in taken.accounts]
    assert all(rows == accounted for rows, accounted in accounts)
    later = one_by_one(tmp_path / "later.db", *sources, adapter=WITHDRAWING)
    assert later.canonical == taken.canonical
