"""The installed plugins: found, loaded one by one and asked; those that fail are named."""

from __future__ import annotations

import gc
from collections.abc import Collection, Iterator, Sequence
from contextlib import AbstractContextManager, chdir, contextmanager, nullcontext
from dataclasses import dataclass, field, fields
from importlib import import_module
from importlib.resources import files
from itertools import groupby
from operator import attrgetter
from pathlib import Path
from typing import Final

from risk.errors import MEND, KnowledgeError, PluginError, RiskError

from .answers import Answers, ask, describe
from .distributions import UNKNOWN, Declaration, declarations
from .folder import Folder
from .printing import printing_to_stderr

INSTALL: Final = "Install one, for instance: pip install city-risk-traffic"
_LONGEST: Final = 300
_by_name = attrgetter("name")


@dataclass(frozen=True, slots=True)
class Plugin(Answers):
    """A department's plugin that keeps its contract, and where it comes from."""

    name: str
    distribution: str
    version: str
    module: str

    @property
    def edition(self) -> str:
        """Its version and, where it has a data folder, a digest of the words that it reads by.

        An officer who adds a word does not raise the version, and yet wants to see it count.
        """
        try:
            digest = Folder.of_package(self.module.partition(":")[0]).digest()
        except KnowledgeError:
            return self.version
        return f"{self.version}+{digest}"

    def file(self, name: str) -> Path:
        """Give the path of a file that the plugin ships, such as the sample of an adapter.

        A plugin that is one module, and no package, ships what lies in the folder beside it.
        """
        module = import_module(self.module.partition(":")[0])
        if hasattr(module, "__path__"):
            return Path(str(files(module).joinpath(name)))
        return Path(str(module.__file__)).parent / name


@dataclass(frozen=True, slots=True)
class Failure:
    """A plugin that cannot be used: why, in one line, and what to do about it."""

    name: str
    distribution: str
    version: str
    error: str
    remedy: str
    exception: BaseException | None = field(default=None, compare=False)


@dataclass(frozen=True, slots=True)
class Kernel:
    """The plugins of this installation, in the order of their names.

    Loading never fails: what is wrong with one plugin is kept in `failures` and the rest go on.
    """

    plugins: tuple[Plugin, ...] = ()
    failures: tuple[Failure, ...] = ()

    @classmethod
    def load(cls, without: Collection[str] = ()) -> Kernel:
        """Load every installed plugin but those named in `without`, which are not even imported."""
        with printing_to_stderr(), _uncollected():
            loaded = tuple(_load_all(without))
        return cls(
            tuple(one for one in loaded if isinstance(one, Plugin)),
            tuple(one for one in loaded if isinstance(one, Failure)),
        )

    def plugin(self, name: str) -> Plugin:
        """Give the plugin `name`; PluginError says what is wrong with it, or what there is."""
        for plugin in self.plugins:
            if plugin.name == name:
                return plugin
        for failure in self.failures:
            if failure.name == name:
                what = f"The plugin {name} ({failure.distribution}) cannot be used: {failure.error}"
                raise PluginError(what, failure.remedy) from failure.exception
        names = [plugin.name for plugin in self.plugins]
        names += [f"{failure.name} (broken)" for failure in self.failures]
        if not names:
            raise PluginError("No department's plugin is installed.", INSTALL)
        raise _unknown(name, names)


def need_installed(names: Collection[str]) -> None:
    """Raise PluginError where one of the names is that of no installed plugin, sound or broken."""
    installed = sorted({declared.name for declared in declarations()}) if names else []
    for name in names:
        if name not in installed:
            raise _unknown(name, installed)


def _unknown(name: str, installed: Sequence[str]) -> PluginError:
    remedy = f"Installed are: {', '.join(installed)}." if installed else INSTALL
    return PluginError(f"There is no plugin {name!r}.", remedy)


@contextmanager
def _uncollected() -> Iterator[None]:
    """Spare the garbage collector the models: they all stay, and looking at them takes a fifth."""
    enabled = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if enabled:
            gc.enable()


def _load_all(without: Collection[str]) -> Iterator[Plugin | Failure]:
    declared = sorted((d for d in declarations() if d.name not in without), key=_by_name)
    for _, same in groupby(declared, key=_by_name):
        claims = tuple(same)
        if len(claims) == 1:
            yield _load(claims[0])
        else:
            # None can be trusted, and the order of loading means nothing.
            yield from (_stolen(claim, claims) for claim in claims)


def _load(declared: Declaration) -> Plugin | Failure:
    if declared.point is None:
        return _failure(declared, declared.error, "Install it anew.")
    try:
        with _staying():
            answers = ask(declared.name, declared.point.load())
    except KeyboardInterrupt:
        raise
    except RiskError as error:
        faults = error.what.splitlines() or [""]
        others = f" (and {len(faults) - 1} more)" if faults[1:] else ""
        return _failure(declared, f"{faults[0]}{others}", error.remedy, error)
    except ImportError as error:
        remedy = "Is everything that it needs installed in this Python?"
        return _failure(declared, f"it cannot be imported: {describe(error)}", remedy, error)
    except BaseException as error:  # noqa: BLE001  sys.exit(), or a panic in an extension module
        return _failure(declared, f"it cannot be imported: {describe(error)}", MEND, error)
    return Plugin(
        **{part.name: getattr(answers, part.name) for part in fields(answers)},
        name=declared.name,
        distribution=declared.distribution,
        version=declared.version,
        module=declared.point.value,
    )


def _staying() -> AbstractContextManager[None]:
    """Go back to the working directory afterwards: others name their files from there."""
    try:
        return chdir(Path.cwd())
    except FileNotFoundError:  # it has been deleted, and nothing can be named from it
        return nullcontext()


def _stolen(declared: Declaration, claims: Sequence[Declaration]) -> Failure:
    owners = " and ".join(f"{claim.distribution} {claim.version}" for claim in claims)
    return _failure(declared, f"its name is claimed by {owners}", "Only one of them may stay.")


def _failure(
    declared: Declaration, error: str, remedy: str, exception: BaseException | None = None
) -> Failure:
    if declared.distribution != UNKNOWN:
        remedy = f"{remedy} To do without it: pip uninstall {declared.distribution}"
    return Failure(
        name=declared.name,
        distribution=declared.distribution,
        version=declared.version,
        error=_one_line(error),
        remedy=_one_line(remedy),
        exception=exception,
    )


def _one_line(text: str) -> str:
    shown = "".join(character if character.isprintable() else " " for character in text)
    folded = " ".join(shown.split())
    return folded if len(folded) <= _LONGEST else f"{folded[: _LONGEST - 1]}…"
