"""A Python of its own that finds what the tests find."""

from __future__ import annotations

import os
import sys
from pathlib import Path


def environment() -> dict[str, str]:
    """The variables of this process, with which another Python imports what the tests do."""
    here = Path(__file__).resolve().parent
    paths = [str(here), *(path for path in sys.path if path)]
    return {**os.environ, "PYTHONPATH": os.pathsep.join(paths)}
