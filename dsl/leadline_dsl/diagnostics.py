"""Diagnostics are data; how they are shown is decided elsewhere.

Inside one statement spans count from the statement's start and `file` is empty; `placed` turns such a
diagnostic into one of a file.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from enum import StrEnum
from typing import Any

from leadline_dsl.nodes import node
from leadline_dsl.source import Span


class Severity(StrEnum):
    ERROR = "error"
    WARNING = "warning"
    INFO = "info"


@node
class Label:
    """A second place that belongs to the story, and what it has to do with it."""

    message: str
    span: Span
    file: str = ""


@node
class Edit:
    """Replaces the characters of `span` by `text`; an empty span inserts."""

    span: Span
    text: str


@dataclass(frozen=True, slots=True)
class Diagnostic:
    """One finding. `name` is a key of the table in `codes`; `edits` apply to the file of the finding."""

    name: str
    severity: Severity
    message: str
    span: Span
    file: str = ""
    related: tuple[Label, ...] = ()
    help: str = ""
    edits: tuple[Edit, ...] = ()
    evidence: Mapping[str, Any] = field(default_factory=dict)

    def placed(self, file: str, offset: int) -> Diagnostic:
        """The same finding with spans that count from the start of `file`, where the statement begins at `offset`.

        Labels that already name a file are left as they are.
        """
        return replace(
            self,
            file=file,
            span=self.span.shifted(offset),
            related=tuple(
                label if label.file else Label(label.message, label.span.shifted(offset), file)
                for label in self.related
            ),
            edits=tuple(Edit(edit.span.shifted(offset), edit.text) for edit in self.edits),
        )


def apply_edits(text: str, edits: tuple[Edit, ...]) -> str:
    """The text with the edits applied, the last place first, so that no edit moves another."""
    for edit in sorted(edits, key=lambda edit: edit.span, reverse=True):
        text = text[: edit.span.start] + edit.text + text[edit.span.end :]
    return text
