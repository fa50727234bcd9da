"""Asks one plugin all its hooks and takes only answers that keep the contract."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from difflib import get_close_matches
from inspect import isasyncgenfunction, iscoroutine, iscoroutinefunction
from itertools import islice
from typing import Any, Final, TypeVar

import pluggy
from pydantic import ValidationError

from risk.errors import MEND, PluginError, RiskError
from risk.model.adapter import Adapter
from risk.model.department import Department
from risk.model.law import Law
from risk.model.measure import MeasureTemplate
from risk.model.ranking import Grading
from risk.model.violation import ViolationType

from . import hookspecs
from .agreement import (
    Clash,
    citation_clashes,
    doubles,
    law_clashes,
    template_clashes,
    violation_type_clashes,
)
from .mapped import wrongly_mapped
from .measure_citations import marked_templates
from .measure_grounds import ground_clashes
from .naming import unknown_types, unlawful_answers
from .places import Misfit, misfits_of_grading
from .reading import in_one_line
from .yamlfile import REMEDY

T = TypeVar("T")
Hook = Callable[[], Any]

HOOKS: Final = tuple(sorted(name for name in vars(hookspecs) if name.startswith("risk_")))
_MOST: Final = 10_000
_SEE_HOOKS: Final = "docs/hooks.md shows what every hook has to return."


@dataclass(frozen=True, slots=True)
class Answers:
    """What a plugin said, checked: nothing in it contradicts the rest.

    What measures cite and nobody has verified is marked in their texts.
    """

    department: Department
    laws: tuple[Law, ...]
    violation_types: tuple[ViolationType, ...]
    adapters: tuple[Adapter, ...]
    measure_templates: tuple[MeasureTemplate, ...]
    grading: Grading


def ask(name: str, plugin: object) -> Answers:
    """Give the answers of the plugin installed as `name`; PluginError where it breaks its contract.

    What a hook itself raises comes as the cause of a PluginError that names the hook; a RiskError,
    such as a mistake in a YAML file, comes as it is.
    """
    hooks = _hooks(name, plugin)
    if "risk_department" not in hooks:
        raise PluginError(
            "it has no risk_department()", f"Every plugin says who it is. {_SEE_HOOKS}"
        )
    answers = Answers(
        department=_one(hooks, "risk_department", Department),
        laws=_many(hooks, "risk_laws", Law),
        violation_types=_many(hooks, "risk_violation_types", ViolationType),
        adapters=_many(hooks, "risk_adapters", Adapter),
        measure_templates=_many(hooks, "risk_measure_templates", MeasureTemplate),
        grading=_one(hooks, "risk_grading", Grading) if "risk_grading" in hooks else Grading(),
    )
    misfits = [Misfit(what, False) for what in _faults(name, answers)]
    types = answers.violation_types
    misfits += misfits_of_grading(answers.grading, name, types, plugin)
    misfits += unknown_types(answers.adapters, types, plugin)
    misfits += unlawful_answers(answers.adapters, plugin)
    misfits += wrongly_mapped(answers.adapters)
    if misfits:
        remedy = REMEDY if all(misfit.placed for misfit in misfits) else MEND
        raise PluginError("\n".join(misfit.what for misfit in misfits), remedy)
    marked = marked_templates(answers.measure_templates, answers.violation_types)
    return replace(answers, measure_templates=tuple(marked))


def _hooks(name: str, plugin: object) -> Mapping[str, Hook]:
    """Give the plugin's implementations by hook; PluginError for what is no hook of ours."""
    manager = pluggy.PluginManager(hookspecs.PROJECT)
    manager.add_hookspecs(hookspecs)
    try:
        manager.register(plugin, name)
    except pluggy.PluginValidationError as error:
        raise PluginError(
            _misdefined(error), "Hooks take no arguments and are no wrappers."
        ) from error
    hooks: dict[str, Hook] = {}
    for caller in manager.get_hookcallers(plugin) or ():
        if caller.name not in HOOKS:
            near = get_close_matches(caller.name, HOOKS, n=1, cutoff=0)[0]
            raise PluginError(f"there is no hook {caller.name}()", f"Did you mean {near}()?")
        implementation, *others = caller.get_hookimpls()
        if others or implementation.hookwrapper or implementation.wrapper:
            raise PluginError(f"{caller.name}() must be one plain function", _SEE_HOOKS)
        if iscoroutinefunction(implementation.function) or isasyncgenfunction(
            implementation.function
        ):
            raise PluginError(f"{caller.name}() is defined by async def", "Define it by def alone.")
        hooks[caller.name] = implementation.function
    for hook in HOOKS:
        if hook not in hooks and callable(getattr(plugin, hook, None)):
            raise PluginError(f"{hook}() is not marked as a hook", "Put @hookimpl above it.")
    return hooks


def _misdefined(error: pluggy.PluginValidationError) -> str:
    _, *details = str(error).splitlines()
    return " ".join(details).removeprefix("hookimpl definition: ")


def _one(hooks: Mapping[str, Hook], name: str, model: type[T]) -> T:
    with _naming(name):
        answer = hooks[name]()
    if not isinstance(answer, model):
        raise PluginError(f"{name}() returns {_kind(answer)}, not a {model.__name__}", _SEE_HOOKS)
    return answer


def _many(hooks: Mapping[str, Hook], name: str, model: type[T]) -> tuple[T, ...]:
    if name not in hooks:
        return ()
    with _naming(name):
        given = hooks[name]()
        # A generator raises only now, and one that never ends must not stop the kernel.
        answers = tuple(islice(given, _MOST + 1)) if isinstance(given, Iterable) else None
    if answers is None or isinstance(given, str | bytes | Mapping):
        wanted = f"not {model.__name__} objects"
        raise PluginError(f"{name}() returns {_kind(given)}, {wanted}", _SEE_HOOKS)
    if len(answers) > _MOST:
        raise PluginError(f"{name}() returns more than {_MOST} entries", "Does its loop end?")
    for number, answer in enumerate(answers, 1):
        if not isinstance(answer, model):
            what = f"entry {number} of {name}() is {_kind(answer)}, not a {model.__name__}"
            raise PluginError(what, _SEE_HOOKS)
    return answers


@contextmanager
def _naming(hook: str) -> Iterator[None]:
    try:
        yield
    except RiskError:
        raise
    except KeyboardInterrupt:
        raise
    except BaseException as error:
        raise PluginError(f"{hook}() raises {describe(error)}", MEND) from error


def describe(error: BaseException) -> str:
    """Say in one line what kind of error it is and what it says."""
    if isinstance(error, ValidationError):
        return f"ValidationError: {in_one_line(error)}"
    try:
        said = " ".join(str(error).split())
    except Exception:  # noqa: BLE001  a plugin's own error class may be as broken as the plugin
        said = ""
    return f"{type(error).__name__}: {said}" if said else type(error).__name__


def _kind(answer: object) -> str:
    """What was answered in place of a model, in words."""
    if iscoroutine(answer):
        answer.close()  # or Python itself complains that nobody awaited it
    return "None" if answer is None else f"a value of type {type(answer).__name__}"


def _faults(name: str, answers: Answers) -> Iterator[str]:
    """Yield, in words, where the answers contradict the plugin's name or one another."""
    types = answers.violation_types
    if answers.department.id != name:
        yield f"its department calls itself {answers.department.id!r}, its entry point {name!r}"
    for violation in types:
        if violation.department != name:
            yield f"the violation type {violation.id!r} is not of this department, {name!r}"
    keys = [law.key for law in answers.laws]
    yield from _in_words("law", keys, law_clashes(answers.laws))
    adapters = [adapter.name for adapter in answers.adapters]
    yield from _in_words("adapter", adapters, doubles(adapters, "name"))
    ids = [violation.id for violation in types]
    yield from _in_words("violation type", ids, violation_type_clashes(types))
    yield from _in_words("violation type", ids, citation_clashes(types, answers.laws))
    templates = answers.measure_templates
    ids = [template.id for template in templates]
    yield from _in_words("measure template", ids, template_clashes(templates, types))
    yield from _in_words("measure template", ids, ground_clashes(templates, types, answers.laws))


def _in_words(kind: str, ids: Sequence[str], clashes: Iterable[Clash]) -> Iterator[str]:
    for clash in clashes:
        steps = ".".join(str(s + 1) if isinstance(s, int) else s for s in clash.field)
        yield f"{kind} {ids[clash.index]}, field {steps}: {clash.what}"
