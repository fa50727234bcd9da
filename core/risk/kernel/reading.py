"""From a file's values to models, with everything that is wrong said at once and in plain words."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from difflib import get_close_matches
from typing import Any, Final, Generic, TypeVar, cast, get_args

from pydantic import BaseModel, ValidationError
from pydantic_core import ErrorDetails

from risk.errors import KnowledgeError

from .yamlfile import REMEDY, Document, Steps

M = TypeVar("M", bound=BaseModel)

_WANTED: Final = {
    "string_type": "must be a text",
    "bool": "must be true or false",
    "float": "must be a number",
    "int": "must be a whole number",
    "finite_number": "must be a number",
    "date": "must be a date written 2021-04-29",
    "tuple_type": "must be a list: lines that begin with - , or [a, b]",
    "model_type": "must be a group of `field: value` lines",
    "model_attributes_type": "must be a group of `field: value` lines",
    "too_short": "needs at least one entry",
    "string_too_short": "is too short",
}
# What YAML would say otherwise, of a model that code makes.
_WANTED_OF_CODE: Final = {
    "tuple_type": "must be a tuple such as ('a', 'b')",
    "model_type": "must be a model of risk, or a dict of its fields",
    "model_attributes_type": "must be a model of risk, or a dict of its fields",
    "is_instance_of": "must be an expression of risk.columns, such as c.text('heading')",
    "date": "must be a datetime.date, or a text such as '2021-04-29'",
}
_FORMS: Final = {
    "id": "small letters, digits and _, and for a violation type department.name",
    "key": "capital letters, digits and _",
    "start": "a time such as 07:30",
    "end": "a time such as 07:30",
}

# Of what is wrong with a model that code has made.
_SAID: Final = 3


@dataclass(frozen=True)
class Entry(Generic[M]):
    """One model and the place in a file that it was read from."""

    document: Document
    path: Steps
    model: M

    def where(self, *field: str | int) -> str:
        """Say file, line and field."""
        return self.document.where(self.path, field)


class Complaints:
    """Gathers what is wrong in the files of a folder, so that one error can say all of it.

    Those of files on which others build are given as `earlier`, and are said with the rest; of a
    place that one of them names nothing more is said.
    """

    def __init__(self, earlier: Complaints | None = None) -> None:
        self._noted: list[tuple[str, str]] = list(earlier._noted) if earlier else []
        self._closed = {where for where, _ in self._noted}
        self._refused: set[str] = set(earlier._refused) if earlier else set()
        self._unread: bool = earlier._unread if earlier else False

    def __bool__(self) -> bool:
        return bool(self._noted)

    def add(self, where: str, what: str) -> None:
        """Note that at `where` something is wrong."""
        if where not in self._closed:
            self._noted.append((where, f"{where}: {what}"))

    def adopt(self, error: KnowledgeError) -> None:
        """Take over what a file's parser found; what stands in the file is not known then."""
        self._noted.append(("", error.what))
        self._unread = True

    def refuse(self, name: str) -> None:
        """Note that something noted is why there is no entry of this id or key."""
        self._refused.add(name)

    def explain(self, name: str) -> bool:
        """Whether something noted is why there is no entry `name`: to name it is no new fault."""
        return self._unread or name in self._refused

    def settle(self, remedy: str = REMEDY) -> None:
        """Raise one KnowledgeError with everything noted, a line each; nothing if there is none."""
        if self._noted:
            raise KnowledgeError("\n".join(line for _, line in self._noted), remedy)


def read_list(
    document: Document, key: str, form: type[M], complaints: Complaints
) -> Iterator[Entry[M]]:
    """Yield the entries of the list `key` that can be taken; complain of the others."""
    items = only_field(document, key, complaints)
    if items is None:
        return
    if not isinstance(items, list):
        complaints.add(document.where((key,)), f"{key} must be a list: lines that begin with -")
        return
    for index, item in enumerate(items):
        entry = read_entry(document, (key, index), item, form, complaints)
        if entry is not None:
            yield entry
        elif isinstance(item, dict):
            for field in ("id", "key"):
                complaints.refuse(str(item.get(field)))


def read_group(document: Document, key: str, form: type[M]) -> M:
    """Give the one group of fields under `key`; KnowledgeError says all that is wrong with it."""
    complaints = Complaints()
    value = only_field(document, key, complaints)
    entry = None if value is None else read_entry(document, (key,), value, form, complaints)
    complaints.settle()
    return cast(Entry[M], entry).model


def read_whole(document: Document, form: type[M]) -> M:
    """Give a file whose fields are those of one model; KnowledgeError says all that is wrong."""
    complaints = Complaints()
    entry = read_entry(document, (), document.value, form, complaints)
    complaints.settle()
    return cast(Entry[M], entry).model


def nearest(name: str, known: Iterable[str]) -> str:
    """Give `; did you mean X?` for the known name most like `name`, or nothing."""
    close = get_close_matches(name, list(known), n=1, cutoff=0.6)
    return f"; did you mean {close[0]}?" if close else ""


def only_field(document: Document, key: str, complaints: Complaints) -> Any:
    """Give what stands under the one field that a file begins with; complain of any other."""
    value = document.value
    if not isinstance(value, dict) or key not in value:
        complaints.add(document.where(()), f"the file must begin with `{key}:`")
        return None
    for other in value:
        if other != key:
            what = f"{other} is no field here, only {key} is"
            complaints.add(document.where((other,)), what)
    if value[key] is None:
        complaints.add(document.where((key,)), f"nothing stands under `{key}:`")
    return value[key]


def read_entry(
    document: Document, path: Steps, value: Any, form: type[M], complaints: Complaints
) -> Entry[M] | None:
    """Give the model that the value at `path` makes; complain of all that is wrong with it."""
    try:
        return Entry(document, path, form.model_validate(value))
    except ValidationError as error:
        # A misspelt field comes first: it explains the one that then is missing.
        found = error.errors(include_url=False)
        for details in sorted(found, key=lambda one: one["type"] != "extra_forbidden"):
            complaints.add(document.where(path, details["loc"]), _plain_words(details, form))
        return None


def in_one_line(error: ValidationError) -> str:
    """Say in one line what is wrong with which fields of a model that code has made."""
    found = error.errors(include_url=False)
    told = [
        f"{_counted(details['loc'])} {' '.join(_plain_words(details, None).split())}".strip()
        for details in found[:_SAID]
    ]
    more = [f"and {len(found) - _SAID} more"] if found[_SAID:] else []
    return f"{error.title}: {'; '.join([*told, *more])}"


def _counted(path: Steps) -> str:
    """The steps to a field, entries of lists counted from 1."""
    return ".".join(str(step + 1) if isinstance(step, int) else step for step in path)


def _plain_words(error: ErrorDetails, form: type[BaseModel] | None) -> str:
    """What is wrong with a field of `form` in a file; with None, of a model that code has made."""
    kind, given, context = error["type"], error["input"], error.get("ctx", {})
    if kind == "missing":
        return "is missing"
    if kind == "extra_forbidden":
        *above, name = error["loc"]
        return f"is no known field{nearest(str(name), _fields(form, above) if form else ())}"
    if kind == "value_error":
        return str(context["error"])
    if given is None:
        return "is empty" if form else "is None"
    if kind == "literal_error":
        return f"must be {context['expected']}{_instead(given)}"
    if kind == "string_pattern_mismatch":
        field = str(error["loc"][-1])
        return f"must be {_FORMS.get(field, 'of the form ' + context['pattern'])}{_instead(given)}"
    wanted_by = _WANTED if form else _WANTED | _WANTED_OF_CODE
    wanted = wanted_by.get(kind) or wanted_by.get(kind.partition("_")[0]) or error["msg"]
    return f"{wanted}{_instead(given) if form else f', not {given!r:.60}'}"


def _instead(given: Any) -> str:
    if isinstance(given, dict):
        return ", not a group of fields (a text that begins with { must stand in quotes)"
    return ", not a list" if isinstance(given, list) else f", not {str(given)[:60]!r}"


def _fields(form: type[BaseModel], path: Sequence[str | int]) -> Iterable[str]:
    """Give the names of the fields that the model at `path` below `form` has."""
    for step in path:
        if isinstance(step, str) and step in form.model_fields:
            form = _model_in(form.model_fields[step].annotation) or form
    return form.model_fields


def _model_in(annotation: Any) -> type[BaseModel] | None:
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        return annotation
    found = (_model_in(part) for part in get_args(annotation))
    return next((model for model in found if model), None)
