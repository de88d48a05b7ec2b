"""What an emitter hands back."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Emitted:
    """Files by the suffix that their names take: `(".py", text)`. The first is the one that was asked for."""

    files: tuple[tuple[str, str], ...]
