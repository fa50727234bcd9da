"""Bringing a run's sources into the case store, beside what earlier runs brought."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

import pyarrow as pa
import pyarrow.compute as pc

from risk.errors import UsageError
from risk.model.result import Remark, SourceAccount
from risk.progress import Progress

from .choosing import Chosen
from .companions import missing_companions, unknown_without
from .headings import Recognised
from .masking import masked_name
from .needed_cells import with_needed_cells
from .partitions import Partition, reading_of
from .reading import Reading
from .secret import mark_of
from .sheet_remarks import remarks_of_cells
from .source import Source

# As many unknown words are named as a reader takes in.
_WORDS = 8


@dataclass(frozen=True, slots=True)
class Collected:
    """All partitions of the department in order, the keys asked for now, and the new ones."""

    partitions: tuple[Partition, ...]
    asked: frozenset[str]
    fresh: frozenset[str]
    remarks: tuple[Remark, ...]

    @property
    def read(self) -> tuple[Partition, ...]:
        """The partitions of the sources that were asked for, in this run or an earlier one."""
        return tuple(part for part in self.partitions if part.key in self.asked)

    @property
    def new(self) -> tuple[Partition, ...]:
        """The partitions that were read in this run."""
        return tuple(part for part in self.partitions if part.key in self.fresh)

    def superseded(self, dropped: pa.Table) -> int:
        """How many cases of earlier runs a record of this run corrects."""
        cases = [part.position for part in self.new if part.intake.kind == "cases"]
        new = pa.array(cases, pa.int32())
        old = pc.invert(pc.is_in(dropped["position"], value_set=new))
        by_new = pc.is_in(dropped["kept_position"], value_set=new)
        return int(pc.sum(pc.and_(old, by_new)).as_py() or 0)


def collect(
    reading: Reading,
    known: Sequence[SourceAccount],
    chosen: Sequence[Chosen],
    sample: bool,
    progress: Progress,
) -> Collected:
    """Read what is not in the store yet; what is known and unchanged is not read again."""
    kept = without_sample(known, sample)
    held = {reading_of(account.key): account.key for account in kept}
    partitions = [reading.store.open(item.key, item.position, item.name) for item in kept]
    last = max((account.position for account in kept), default=0)
    asked: list[str] = []
    fresh: list[str] = []
    seen: set[str] = set()
    remarks = [*_of_the_sample(known, kept), *_of_sheets_not_read(chosen)]
    for source, recognised in chosen:
        key = reading.key(source, recognised)
        if key in seen:
            remarks.append(
                Remark(
                    f"{source.name}: the same file was named twice; it is read once.",
                    f"{source.name}：同一文件给出两次，只读取一次。",
                )
            )
            continue
        seen.add(key)
        if known_better := reading.richer(source, recognised, partitions):
            remarks.append(_stays(source, known_better))
            asked.append(known_better.key)
            continue
        remarks += _of_missing_tables(source, recognised)
        looked_at = with_needed_cells(source, recognised, reading.engine.dialect)
        remarks += remarks_of_cells(looked_at, recognised.header_row)
        if key in held:
            remarks.append(
                Remark(
                    f"{source.name}: read by an earlier run and unchanged since.",
                    f"{source.name}：以前的运行已读取，此后没有变化。",
                )
            )
            asked.append(held[key])
            continue
        # The same bytes read by an older edition of the plugin give way to the new reading.
        stale = [part for part in partitions if part.intake.sha256 == source.sha256]
        partitions = [part for part in partitions if part not in stale]
        last += 1
        position = stale[0].position if stale else last
        with progress.step(source.name):
            partitions.append(reading.read(looked_at, recognised, position, sample))
        asked.append(partitions[-1].key)
        fresh.append(partitions[-1].key)
    ordered = tuple(sorted(partitions, key=lambda part: part.position))
    remarks += _of_another_secret(ordered, mark_of(reading.secret))
    # One that was read in this run may have given way to a later one of the same bytes.
    present = frozenset(part.key for part in ordered)
    remarks += [one for part in ordered if part.key in asked for one in _of_unknown_words(part)]
    return Collected(ordered, present & {*asked}, present & {*fresh}, tuple(remarks))


def _of_unknown_words(partition: Partition) -> Iterator[Remark]:
    """A warning for each column whose words a rule did not know: what it passed may be no case."""
    intake = partition.intake
    for heading, words in intake.unknown.items():
        cells = sum(words.values())
        shown = _listed(
            words, "and {:,} more words, all of which stand in {}", "not shown", partition
        )
        listed = _listed(words, "另有{}种写法，全部见 {}", "格不显示", partition)
        yield Remark(
            f"{intake.name}: {cells:,} cells under {heading} say what the adapter does not know"
            f" ({shown}), so their rows count as {intake.kind}. Look whether they are: a word is"
            " added to the plugin's table of states, then name the file again.",
            f"{intake.name}：“{heading}”一栏有{cells}格的写法不在用词表中"
            f"（{listed}），这些行仍按案件计；请核对，"
            "需要时在插件的状态用词表中补充，再重新读取该文件。",
            warning=True,
        )


def _listed(words: Mapping[str, int], further: str, hidden: str, partition: Partition) -> str:
    """The commonest words that may be shown, each with how often, and where all of them stand.

    `further` says how many other words there are and in which file all are, `hidden` that of so
    many cells nothing may be shown.
    """
    # From the database's folder on: where that lies is nobody's business who reads the database.
    file = "/".join(partition.intake_file.parts[-4:])
    shown = [f"{word} ({times:,})" for word, times in words.items() if word]
    parts = [", ".join(shown[:_WORDS])] if shown else []
    if more := shown[_WORDS:]:
        parts.append(further.format(len(more), file))
    if others := words.get("", 0):
        parts.append(f"{others:,} {hidden}")
    return "; ".join(parts)


def _of_missing_tables(source: Source, recognised: Recognised) -> Iterator[Remark]:
    """A warning for each table that should lie beside the source and does not."""
    for name in missing_companions(source.path.parent, recognised.adapter):
        columns = unknown_without(name, recognised.adapter)
        yield Remark(
            f"{source.name}: the table {name} does not lie beside it, so {', '.join(columns)} is"
            " unknown in all its rows. Put it into the same folder and run again.",
            f"{source.name}：同一文件夹中没有对照表 {name}，各行的 {'、'.join(columns)} 未知；"
            "请将该表放入同一文件夹后重新运行。",
            warning=True,
        )


def _stays(source: Source, known: Partition) -> Remark:
    missing = [
        name for name in known.intake.companions if not (source.path.parent / name).is_file()
    ]
    return Remark(
        f"{source.name}: an earlier run read the same rows with {', '.join(missing)} beside them;"
        " what it read stays.",
        f"{source.name}：以前的运行读取相同内容时有 {'、'.join(missing)}，保留当时的结果。",
    )


def _of_the_sample(
    known: Sequence[SourceAccount], kept: Sequence[SourceAccount]
) -> Iterator[Remark]:
    """What to say where made-up data give way to the first real ones."""
    gone = [account for account in known if account not in kept]
    if gone:
        records = sum(account.records for account in gone)
        what = "cases and signals" if any(account.signals for account in gone) else "cases"
        yield Remark(
            f"The made-up sample's {records:,} {what} were left out: the department's own data are"
            " there now.",
            f"已有本部门自己的数据，示例数据{records}条不再计入。",
        )


def _of_another_secret(partitions: Sequence[Partition], mark: str) -> Iterator[Remark]:
    """A warning where parties go by pseudonyms that two secrets made: nobody is known again."""
    others = [part for part in partitions if part.intake.keyed_by not in ("", mark)]
    if others:
        yield Remark(
            f"{len(others)} of the department's sources were read with another secret, so that the"
            " same party counts as two. Check RISK_SECRET_FILE, or run again with --replace and"
            " name all source files.",
            f"有{len(others)}个数据来源读取时使用了另一密钥，同一当事人会被算作两个；"
            "请检查 RISK_SECRET_FILE，或使用 --replace 重新读取全部来源。",
            warning=True,
        )


def _of_sheets_not_read(chosen: Sequence[Chosen]) -> Iterator[Remark]:
    """A warning for each workbook of which sheets with rows are read by no source of the run."""
    read = {(source.path, source.selection) for source, _ in chosen}
    for source, _ in chosen:
        left = [sheet for sheet in source.unread if (source.path, sheet) not in read]
        if left and not source.selection:
            file = masked_name(source.path.name)
            yield Remark(
                f"{file}: only its first sheet was read, not {'、'.join(left)}. To read such a"
                f" sheet too, name it: {file}::{left[0]}",
                f"{file}：只读取了第一个工作表，未读取 {'、'.join(left)}；"
                f"需要读取时写作 {file}::{left[0]}",
                warning=True,
            )


def without_sample(known: Sequence[SourceAccount], sample: bool) -> list[SourceAccount]:
    """The known sources that stay: made-up data give way to real ones and never join them."""
    real = [account for account in known if not account.sample]
    if sample and real:
        raise UsageError(
            "The database holds real data of this department; the made-up sample may not join them.",
            "Name the files to read, or choose another --db.",
        )
    return list(known) if sample else real
