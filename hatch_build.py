"""Builds the parser's tables into the package, so that no run has to work them out again."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface


class ParserTables(BuildHookInterface[Any]):
    """Writes `leadline_grammars/tables.bin` before a wheel or an editable install is made."""

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        root = Path(self.root)
        sys.path[:0] = [str(root / room) for room in ("grammars", "dsl")]
        from leadline_dsl.grammar import write_tables

        target = root / "grammars" / "leadline_grammars" / "tables.bin"
        write_tables(target)
        build_data["artifacts"].append(str(target.relative_to(root)))
