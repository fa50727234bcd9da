"""What the command line loads before it knows what is wanted."""

from __future__ import annotations

import subprocess
import sys

HEAVY = ("pydantic", "sqlite_utils", "ibis", "duckdb", "datasette", "pyarrow", "numpy", "yaml")
PROBE = """
import sys
sys.argv = ["risk", "--help"]
from risk.cli import main
try:
    main()
except SystemExit:
    pass
print(" ".join(name for name in {heavy!r} if name in sys.modules), file=sys.stderr)
"""


def test_help_loads_nothing_heavy() -> None:
    code = PROBE.format(heavy=HEAVY)
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert "Commands:" in done.stdout
    assert done.stderr.strip() == ""


def test_importing_the_public_face_loads_nothing_heavy() -> None:
    code = f"import risk, sys; print([name for name in {HEAVY!r} if name in sys.modules])"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"


def test_asking_a_plugin_loads_no_engine() -> None:
    code = (
        "from risk.kernel.plugins import Kernel; import sys; Kernel.load();"
        "print([name for name in ('ibis', 'duckdb', 'pyarrow') if name in sys.modules])"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"


def test_the_screening_loads_neither_the_statistics_nor_the_optimisation_of_scipy() -> None:
    code = (
        "import risk.analysis.hotspots, sys;"
        "print([name for name in ('scipy.stats', 'scipy.optimize') if name in sys.modules])"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"
