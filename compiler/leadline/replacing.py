"""Files replaced in one step: whoever reads one sees the old bytes or the new ones, never half of them."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path

from leadline.destinations import open_directly
from leadline.temporary import put_in_place


def replace_file(
    path: str | Path, raw: bytes, check: Callable[[Path], None] | None = None, like: Path | None = None
) -> None:
    """Puts bytes in the place of a file's; its mode stays, and so do the links that lead to it.

    `like` is the file whose mode it gets, where that is not its own.

    `check` looks at the new file, which ends like the old one, before it takes the old one's place; where it raises,
    nothing has happened. A device or a pipe is written to as it is. Raises OSError for what cannot be written.
    """
    direct = open_directly(path)
    if direct is not None:
        with os.fdopen(direct, "wb") as opened:
            opened.write(raw)
        return
    target = Path(os.path.realpath(path))
    with put_in_place(target, like) as (new, file):
        file.write(raw)
        file.flush()
        os.fsync(file.fileno())
        if check is not None:
            check(new)
    _sync_folder(target.parent)


def say_unwritable(error: OSError, path: str | Path) -> str:
    """Why a file cannot be written, as one clause."""
    target = Path(os.path.realpath(path))
    if isinstance(error, PermissionError):
        return f"{target.parent} may not be written to: save under another name"
    if isinstance(error, FileNotFoundError):
        return f"the folder {target.parent} does not exist"
    return f"{target} cannot be written: {(error.strerror or 'unknown reason').lower()}"


def _sync_folder(folder: Path) -> None:
    """So that the new name outlives a power cut too; not every file system offers it."""
    try:
        handle = os.open(folder, os.O_RDONLY)
    except OSError:
        return
    try:
        os.fsync(handle)
    except OSError:
        pass
    finally:
        os.close(handle)
