"""The packages that extras bring, each loaded only where it is used: what is said where one is missing, or broken."""

from __future__ import annotations

from importlib import import_module
from importlib.util import find_spec

from leadline.load_faults import say_load_fault
from leadline.readers.problems import DataError

EXTRAS = {
    "batch": ("numpy", "pyarrow", "pyarrow.parquet"),
    "excel": ("openpyxl",),
    "parquet": ("pyarrow", "pyarrow.parquet"),
    "spark": ("pyspark", "pandas", "pyarrow", "numpy"),
    "sql": ("sqlglot",),
}
"""What is imported of each."""


def is_installed(extra: str) -> bool:
    """Whether all packages of an extra are there, broken or not. None of them is loaded."""
    return all(find_spec(name) is not None for name in EXTRAS[extra] if "." not in name)


def require_extra(extra: str, wanted_for: str, *, file: str = "", or_else: str = "") -> None:
    """Loads the packages of an extra. Raises DataError where one is not installed, or does not load.

    `wanted_for` begins the sentence, such as "reading Parquet"; `or_else` is another way out than to install it.
    """
    for name in EXTRAS[extra]:
        try:
            import_module(name)
        except Exception as error:  # a package that is broken lets anything through
            package = name.partition(".")[0]
            if isinstance(error, ModuleNotFoundError) and error.name == package:
                way_out = f'pip install "leadline[{extra}]"{or_else}'
                reason = "an extra that is not installed"
            else:
                way_out = f"install {package} again{or_else}"
                reason = f"{package}, which is installed but does not load: {say_load_fault(error)}"
            raise DataError(f"{wanted_for} needs {reason}", file=file, help=way_out) from None
