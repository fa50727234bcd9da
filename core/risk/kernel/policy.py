"""Reading a policy file."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from importlib.resources import files
from pathlib import Path

from risk.errors import KnowledgeError
from risk.model.policy import Entry, Limit, Policy
from risk.model.result import Remark
from risk.model.violation import ViolationType

from .distributions import declarations
from .reading import nearest, read_whole
from .yamlfile import Document, Steps, parse

DEFAULT = ("risk.analysis", "policy", "zhengzhou-2019.yaml")


def load_policy(path: Path | None = None) -> Policy:
    """The policy in a file, or the one that ships; KnowledgeError names file, line and field."""
    document = _document(path)
    return read_whole(document, Policy).placed(
        {field: document.where((), (field,)) for field in Policy.model_fields}
    )


def strange_departments(path: Path, department: str) -> Iterator[Remark]:
    """Yield a remark on each department in a policy file that nobody knows, at its first entry.

    Known are `department`, which is graded, those whose plugin is installed, whether it loads or
    not, and those of the policy that ships. A strange one is no error: one file serves the whole
    city, while a department installs its own plugin alone.
    """
    document = _document(path)
    named: dict[str, list[Steps]] = {}
    for name, steps in _departments(read_whole(document, Policy)):
        named.setdefault(name, []).append(steps)
    known = {department, *(declared.name for declared in declarations())}
    known |= {name for name, _ in _departments(load_policy())}
    for name, (first, *others) in named.items():
        if name in known:
            continue
        name_it = "entry names it" if len(others) == 1 else "entries name it"
        more = f" ({len(others)} more {name_it})" if others else ""
        where = document.where((), first)
        yield Remark(
            f"{where}: no plugin is installed for a department {name!r}, "
            f"so that its thresholds are used for nobody here{more}{nearest(name, known)}",
            f"{where}：没有安装部门{name}的插件，其定级标准在此不使用",
            warning=True,
        )


def strange_agencies(
    path: Path, department: str, types: Iterable[ViolationType]
) -> Iterator[Remark]:
    """Yield a remark on each entry of the department for an agency that no type of it lies with.

    What a policy says of an agency for departments in general may be another department's.
    """
    document = _document(path)
    known = sorted({violation.agency for violation in types})
    policy = read_whole(document, Policy)
    for field in Policy.model_fields:
        for index, entry in _entries(policy, field):
            agency = entry.agency if isinstance(entry, Limit) else None
            if entry.department != department or agency is None or agency in known:
                continue
            where = document.where((), (field, index, "agency"))
            yield Remark(
                f"{where}: no violation type of {department} lies with an agency {agency!r}, so that"
                f" the entry is used for no case{nearest(agency, known)}; they lie with"
                f" {'、'.join(known)}",
                f"{where}：本部门没有实施机关为{agency}的违法行为，该定级标准在此不使用；"
                f"本部门的实施机关为{'、'.join(known)}",
                warning=True,
            )


def _departments(policy: Policy) -> Iterator[tuple[str, Steps]]:
    """Each department that an entry names, with the steps to it."""
    for field in Policy.model_fields:
        for index, entry in _entries(policy, field):
            if entry.department is not None:
                yield entry.department, (field, index, "department")


def _entries(policy: Policy, field: str) -> Iterator[tuple[int, Entry]]:
    entries = getattr(policy, field)
    for index, entry in enumerate(entries if isinstance(entries, tuple) else ()):
        if isinstance(entry, Entry):
            yield index, entry


def _document(path: Path | None) -> Document:
    if path is None:
        package, *steps = DEFAULT
        return parse(steps[-1], files(package).joinpath(*steps).read_bytes())
    try:
        return parse(path.name, path.read_bytes())
    except OSError as error:
        raise KnowledgeError(
            f"{path}: the policy cannot be read ({error.strerror}).", "Check the path."
        ) from error
