"""The parts of a text that one goes to: scores, groups, rules, exits and stages, with their lines."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from leadline.rules import Report


@dataclass(frozen=True, slots=True)
class Part:
    """Something in a file; `line` counts from 1."""

    line: int
    name: str
    kind: str
    file: str


def outline(report: Report) -> list[Part]:
    """All parts in the order of their lines, those of the main file first; also those of a file that has errors."""
    parts = list(_parts(report))
    main = next(iter(report.sources), "")
    return sorted(parts, key=lambda part: (part.file != main, part.file, part.line))


def _parts(report: Report) -> Iterator[Part]:
    model = report.resolution.model
    for score in model.scores:
        yield _placed(report, score.place.file, score.place.span.start, score.name, "score")
        for group in score.groups:
            if group.name is not None:
                yield _placed(report, group.place.file, group.place.span.start, group.name, "group")
            for rule in group.rules:
                yield Part(rule.line, rule.name, "rule", rule.place.file)
    for exit_ in model.exits:
        yield Part(exit_.line, exit_.name, exit_.kind, exit_.place.file)
    for stage in model.stages:
        yield Part(stage.line, stage.name, "stage", stage.place.file)


def _placed(report: Report, file: str, offset: int, name: str, kind: str) -> Part:
    source = report.sources.get(file)
    return Part(source.position(offset)[0] if source is not None else 1, name, kind, file)
