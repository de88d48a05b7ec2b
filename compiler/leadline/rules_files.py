"""The texts of rules files and lists on disk, and why there is none."""

from __future__ import annotations

import codecs
from pathlib import Path

from leadline.nearby_files import RULES, propose_inside, propose_near

LARGEST_FILE = 50_000_000
"""Bytes of a rules file or a list; anything larger was named by mistake."""

_UTF_16 = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)
_TOO_LARGE = f"is larger than {LARGEST_FILE // 1_000_000} MB, which no rules file is"


class UnreadableError(Exception):
    """Why a file cannot be read: the end of a sentence that begins with its name. `help` says what to do, if anything
    is known."""

    def __init__(self, reason: str, help: str = "") -> None:
        super().__init__(reason)
        self.reason = reason
        self.help = help

    def say(self, name: str) -> str:
        """The whole sentence about a file of this name."""
        return f"{name} {self.reason}{f'; {self.help}' if self.help else ''}"


def read_text(path: Path) -> str:
    """The text of a file. Raises UnreadableError where there is none to be had."""
    try:
        if path.is_dir():
            raise UnreadableError("is a folder, not a file", propose_inside(path, RULES[:1]))
        if path.stat().st_size > LARGEST_FILE:
            raise UnreadableError(_TOO_LARGE)
        with path.open("rb") as opened:
            raw = opened.read(LARGEST_FILE + 1)
        if len(raw) > LARGEST_FILE:  # a pipe or a device tells no size
            raise UnreadableError(_TOO_LARGE)
    except (FileNotFoundError, NotADirectoryError):
        # Loaded for its words alone: a text is shown before it is understood.
        from leadline_compiler.resolve.includes import DOES_NOT_EXIST

        raise UnreadableError(DOES_NOT_EXIST, propose_near(path, RULES)) from None
    except PermissionError:
        raise UnreadableError("may not be read: permission is missing") from None
    except (OSError, ValueError) as error:
        reason = error.strerror if isinstance(error, OSError) and error.strerror else "its name is no file name"
        raise UnreadableError(f"cannot be read: {reason.lower()}") from None
    return decode(raw)


def find_encoding(path: Path) -> str | None:
    """How a text is encoded if not as UTF-8 without a byte order mark. Raises OSError."""
    with path.open("rb") as opened:
        raw = opened.read(3)
    if raw.startswith(_UTF_16):
        return "UTF-16"
    return "UTF-8 with a byte order mark" if raw.startswith(codecs.BOM_UTF8) else None


def decode(raw: bytes) -> str:
    """The text of a file: UTF-8, with or without a byte order mark, or UTF-16 with one."""
    encoding = "utf-16" if raw.startswith(_UTF_16) else "utf-8-sig"
    try:
        return raw.decode(encoding).lstrip("\ufeff")
    except UnicodeDecodeError as error:
        line = raw.count(b"\n", 0, error.start) + 1
        raise UnreadableError(f"is not UTF-8 text: line {line} has a byte that is none", "save it as UTF-8") from None
