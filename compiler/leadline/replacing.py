"""Files replaced in one step: whoever reads one sees the old bytes or the new ones, never half of them."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Callable
from pathlib import Path

from leadline.destinations import open_directly


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
    handle, name = tempfile.mkstemp(prefix=f".{target.name}.", suffix=target.suffix, dir=target.parent)
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(raw)
            file.flush()
            os.fsync(file.fileno())
        if check is not None:
            check(Path(name))
        model = like or target
        os.chmod(name, model.stat().st_mode & 0o7777 if model.exists() else 0o666 & ~_umask())
        os.replace(name, target)
    except BaseException:
        Path(name).unlink(missing_ok=True)
        raise
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


def _umask() -> int:
    mask = os.umask(0)
    os.umask(mask)
    return mask
