"""What may have been meant by a path that names no file."""

from __future__ import annotations

from collections.abc import Collection
from pathlib import Path

RULES = (".lead", ".json", ".txt")
DATA = (".csv", ".tsv", ".json", ".jsonl", ".yaml", ".parquet", ".xlsx")
_MOST_NEIGHBOURS = 1000


def propose_near(path: Path, suffixes: Collection[str]) -> str:
    """What to say of a file that does not exist: the nearest name beside it, if there is one."""
    from leadline_compiler.resolve.scope import closest  # only where there is something to look for

    if path.parent.is_file():
        return f"`{path.parent}` is a file, not a folder"
    close = closest(path.name, _names_in(path.parent, {*suffixes, path.suffix}))
    return f"did you mean `{close}`?" if close is not None else ""


def propose_inside(folder: Path, suffixes: Collection[str]) -> str:
    """What to say of a folder where a file is needed."""
    found = _names_in(folder, suffixes)
    return f"name a file in it, such as `{found[0]}`" if found else "name a file"


def _names_in(folder: Path, suffixes: Collection[str]) -> list[str]:
    """The names of the files in a folder that end so, in order; none where it cannot be looked into."""
    try:
        paths = [path for path, _ in zip(folder.iterdir(), range(_MOST_NEIGHBOURS), strict=False)]
        return sorted(path.name for path in paths if path.suffix in suffixes and path.is_file())
    except (OSError, ValueError):
        return []
