"""What is said of a package that does not load."""

from __future__ import annotations

_LONGEST = 200


def say_load_fault(error: Exception) -> str:
    """What went wrong while a package was loaded, on one line."""
    said = " ".join(str(error).split())[:_LONGEST]
    return said if isinstance(error, ImportError) and said else f"{type(error).__name__}: {said}"
