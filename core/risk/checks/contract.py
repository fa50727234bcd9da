"""The checks, in the order in which they are read."""

from __future__ import annotations

from typing import Final

from .catalogue import ids, references
from .check import Check
from .measures import causes, templates, wording
from .samples import samples
from .source import imports, wheel

CHECKS: Final = (
    Check("ids", "ids are unique and begin with the department", ids),
    Check("references", "every violation rests on a law with dates in force", references),
    Check("templates", "every measure can be proposed, without a blank left", templates),
    Check("causes", "every cause on either side is answered wherever it holds", causes),
    Check("wording", "no measure binds anyone without a legal basis", wording),
    Check("samples", "every row of the samples is accounted for", samples),
    Check("wheel", "every file of the package is in its wheel", wheel),
    Check("imports", "the code imports only the public face", imports),
)
