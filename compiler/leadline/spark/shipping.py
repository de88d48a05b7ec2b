"""The package as a file that the machines of a cluster import it from."""

from __future__ import annotations

from importlib import import_module
from pathlib import Path
from zipfile import ZIP_DEFLATED, ZipFile

_PACKAGES = ("leadline", "leadline_compiler", "leadline_dsl")
"""What scores contacts. Rules are read by the driver alone, which also has the grammar."""


def write_package(path: Path) -> None:
    """Writes the modules of the package."""
    with ZipFile(path, "w", ZIP_DEFLATED) as archive:
        for name in _PACKAGES:
            file = import_module(name).__file__
            assert file is not None
            folder = Path(file).parent
            for module in sorted(folder.rglob("*.py")):
                archive.write(module, Path(name) / module.relative_to(folder))
