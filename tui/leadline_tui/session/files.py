"""Rules files on disk: read as they are, written in one step, watched for changes from outside."""

from __future__ import annotations

import codecs
import hashlib
import os
from dataclasses import dataclass

from leadline.replacing import replace_file, say_unwritable
from leadline.sources import LARGEST_FILE, RulesError, read_source

LARGEST_EDITED = 2_000_000
"""Bytes of a file that can still be edited; a larger one is shown."""
LONGEST_LINE = 5_000
_BOMS = (("utf-8-sig", codecs.BOM_UTF8), ("utf-16-le", codecs.BOM_UTF16_LE), ("utf-16-be", codecs.BOM_UTF16_BE))


class SaveError(Exception):
    """A file that cannot be written. `message` is one clause in the user's words."""

    def __init__(self, message: str) -> None:
        super().__init__(message)
        self.message = message


@dataclass(frozen=True, slots=True)
class OnDisk:
    """What a file held when it was read or written last: its text, how it is encoded, and a sum of its bytes.

    `digest` is empty for a file that does not exist yet.
    """

    text: str = ""
    encoding: str = "utf-8"
    bom: bytes = b""
    digest: str = ""

    @property
    def is_too_large(self) -> bool:
        """Whether it is only to be shown."""
        return len(self.text) > LARGEST_EDITED or any(len(line) > LONGEST_LINE for line in self.text.split("\n"))


def read_rules(path: str) -> OnDisk:
    """The rules file at a path; one that does not exist is empty. Raises RulesError for what cannot be read."""
    if not os.path.lexists(path):
        return OnDisk()
    source = read_source(path)
    raw = _raw(path)
    encoding, bom = next(((name, mark) for name, mark in _BOMS if raw.startswith(mark)), ("utf-8", b""))
    return OnDisk(source.text, "utf-8" if encoding == "utf-8-sig" else encoding, bom, _digest(raw))


def digest_on_disk(path: str) -> str:
    """The sum of the file's bytes as they are now; empty where there is no file."""
    try:
        return _digest(_raw(path))
    except FileNotFoundError:
        return ""
    except OSError:
        return "unreadable"


def write_rules(path: str, text: str, like: OnDisk) -> OnDisk:
    """Replaces the file in one step: whoever reads it sees the old text or the new one, never half of it.

    The encoding stays, and so do the mode of the file and the links that lead to it. Raises SaveError.
    """
    raw = like.bom + text.encode(like.encoding, errors="surrogatepass")
    try:
        replace_file(path, raw)
    except OSError as error:
        raise SaveError(say_unwritable(error, path)) from None
    return OnDisk(text, like.encoding, like.bom, _digest(raw))


def _raw(path: str) -> bytes:
    with open(path, "rb") as file:
        return file.read(LARGEST_FILE + 1)


def _digest(raw: bytes) -> str:
    return hashlib.sha256(raw).hexdigest()


__all__ = ["OnDisk", "RulesError", "SaveError", "digest_on_disk", "read_rules", "write_rules"]
