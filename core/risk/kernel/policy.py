"""Reading a policy file."""

from __future__ import annotations

from importlib.resources import files
from pathlib import Path

from risk.errors import KnowledgeError
from risk.model.policy import Policy

from .reading import read_whole
from .yamlfile import parse

DEFAULT = ("risk.analysis", "policy", "zhengzhou-2019.yaml")


def load_policy(path: Path | None = None) -> Policy:
    """The policy in a file, or the one that ships; KnowledgeError names file, line and field."""
    if path is None:
        package, *steps = DEFAULT
        content = files(package).joinpath(*steps).read_bytes()
        return read_whole(parse(steps[-1], content), Policy)
    try:
        return read_whole(parse(path.name, path.read_bytes()), Policy)
    except OSError as error:
        raise KnowledgeError(
            f"{path}: the policy cannot be read ({error.strerror}).", "Check the path."
        ) from error
