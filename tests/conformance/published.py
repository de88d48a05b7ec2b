"""The cases of `conformance/`, read as a port in another language would read them."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from leadline_compiler.plan import Plan
from leadline_compiler.plan.json_form import plan_from_json

FOLDER = Path(__file__).parents[2] / "conformance"


@dataclass(frozen=True, slots=True)
class Published:
    """A case: where its files are, the instant, the plan, the contacts and their results."""

    name: str
    level: str
    as_of: str
    plan: Plan
    contacts: tuple[Mapping[str, Any], ...]
    results: tuple[Mapping[str, Any], ...]

    @property
    def rules(self) -> Path:
        return FOLDER / self.name / "rules.lead"


def published_cases() -> Iterator[Published]:
    """Every case that the index names."""
    for told in json.loads((FOLDER / "cases.json").read_text(encoding="utf-8")):
        folder = FOLDER / told["case"]
        plan = plan_from_json(json.loads((folder / "plan.json").read_text(encoding="utf-8")))
        contacts, results = (_read_lines(folder / name) for name in ("contacts.jsonl", "expected.jsonl"))
        yield Published(told["case"], told["level"], told["as_of"], plan, contacts, results)


def _read_lines(path: Path) -> tuple[Any, ...]:
    return tuple(json.loads(line) for line in path.read_bytes().split(b"\n") if line)
