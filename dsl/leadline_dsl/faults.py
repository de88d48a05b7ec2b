"""A fault ends the reading of one statement and becomes its one diagnostic."""

from __future__ import annotations

from leadline_dsl.diagnostics import Diagnostic, Edit, Severity
from leadline_dsl.source import Span


class Fault(Exception):
    """What is wrong with a statement: raised inside the parser only, and caught where a statement is parsed."""

    def __init__(self, message: str, span: Span, help: str = "", edits: tuple[Edit, ...] = ()) -> None:
        super().__init__(message)
        self.message, self.span, self.help, self.edits = message, span, help, edits

    def diagnose(self) -> Diagnostic:
        return Diagnostic("syntax", Severity.ERROR, self.message, self.span, help=self.help, edits=self.edits)
