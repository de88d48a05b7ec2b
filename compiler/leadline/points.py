"""Points as people read them. They are whole thousandths everywhere else."""

from __future__ import annotations

from leadline_compiler.numbers import write_points

__all__ = ["write_change", "write_points"]


def write_change(points: int) -> str:
    """Thousandths with their sign: `+5`, `-2.5`, `0`."""
    return f"+{write_points(points)}" if points > 0 else write_points(points)
