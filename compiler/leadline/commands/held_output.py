"""Standard output that is held back until all has been written: for data whose faults show only where they stand."""

from __future__ import annotations

import io
import shutil
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from typing import IO, Any

from leadline.readers.sources import Format, format_of_name

_LOOKED_THROUGH = (Format.DELIMITED, Format.JSON, Format.JSON_LINES, Format.YAML)
"""What the readers look through for faults before the first contact, so that results may come as they are made."""


def shows_faults_late(contacts: str) -> bool:
    """Whether a fault in the contacts may show when results have been written; of standard input nothing is known."""
    return contacts == "-" or format_of_name(contacts) not in _LOOKED_THROUGH


@contextmanager
def hold_output(*, binary: bool) -> Iterator[IO[Any]]:
    """A file in the place of standard output, which gets all of it at the end, and nothing where an error comes first.

    The text file answers as standard output does whether it is a terminal, so that colours and widths are the same.
    """
    with tempfile.TemporaryFile() as kept:
        if binary:
            yield kept
            kept.seek(0)
            shutil.copyfileobj(kept, sys.stdout.buffer)
            return
        text = _HeldText(kept, encoding="utf-8", errors="surrogatepass", newline="")
        yield text
        text.seek(0)
        shutil.copyfileobj(text, sys.stdout)


class _HeldText(io.TextIOWrapper):
    def isatty(self) -> bool:
        return sys.stdout.isatty()
