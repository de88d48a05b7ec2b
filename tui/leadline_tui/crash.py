"""What is said when the editor itself fails: where, and nothing of what it had in hand.

The values of variables are contacts and rules, which belong to nobody's log.
"""

from __future__ import annotations

import os
import traceback
from pathlib import Path

_DEEPEST = 12


def say_fault(error: BaseException) -> str:
    """That the program is at fault, with the kind of the fault and nothing of what it had in hand."""
    return f"this is a fault of leadline, not yours ({type(error).__name__})"


def describe_crash(error: BaseException, kept: str | None) -> str:
    """The kind of the fault, the places that led to it, and where the text is kept that was not saved."""
    frames = traceback.extract_tb(error.__traceback__)[-_DEEPEST:]
    places = [f"  {_short(frame.filename)}:{frame.lineno} {frame.name}" for frame in frames]
    lines = [
        f"error: {say_fault(error)}",
        *(places if os.environ.get("LEADLINE_DEBUG") else places[-3:]),
    ]
    if kept is not None:
        lines.append(f"What was not saved is kept in {kept}: open the file again to recover it.")
    return "\n".join(lines)


def _short(filename: str) -> str:
    parts = Path(filename).parts
    return "/".join(parts[-3:])
