"""Reading a policy file."""

from __future__ import annotations

from collections.abc import Iterator
from importlib.resources import files
from pathlib import Path

from risk.errors import KnowledgeError
from risk.model.policy import Entry, Policy
from risk.model.result import Remark

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
        more = f" ({len(others)} more entries name it)" if others else ""
        where = document.where((), first)
        yield Remark(
            f"{where}: no plugin is installed for a department {name!r}, "
            f"so that its thresholds are used for nobody here{more}{nearest(name, known)}",
            f"{where}：没有安装部门{name}的插件，其定级标准在此不使用",
            warning=True,
        )


def _departments(policy: Policy) -> Iterator[tuple[str, Steps]]:
    """Each department that an entry names, with the steps to it."""
    for field in Policy.model_fields:
        entries = getattr(policy, field)
        for index, entry in enumerate(entries if isinstance(entries, tuple) else ()):
            if isinstance(entry, Entry) and entry.department is not None:
                yield entry.department, (field, index, "department")


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
