"""common-expression-language: CEL in Rust."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import cel
from workload.facts import Line

from .expressions import Words, group_sums


def build(lines: list[Line]) -> Callable[[dict[str, Any]], list[int]]:
    """The whole model as one program: a list of sums."""
    program = cel.compile(f"[{', '.join(group_sums(lines, Words('&&')))}]")
    execute: Callable[[dict[str, Any]], list[int]] = program.execute
    return execute
