"""The one table of codes: a stable number, a name that reads well after `allow`, a severity, a sentence.

A code is never given a second meaning. `LL1xx` text and grammar, `LL2xx` names and types, `LL3xx` logic,
`LL4xx` care, `LL5xx` data.
"""

from __future__ import annotations

from leadline_dsl.diagnostics import Severity
from leadline_dsl.nodes import node

_ERROR, _WARNING, _INFO = Severity.ERROR, Severity.WARNING, Severity.INFO


@node
class Code:
    number: str
    name: str
    severity: Severity
    meaning: str


_TABLE = (
    Code("LL101", "syntax", _ERROR, "a statement that cannot be read"),
    Code("LL102", "mixed-and-or", _WARNING, "`and` and `or` side by side without parentheses"),
    Code("LL201", "unknown-name", _ERROR, "a name that is declared nowhere"),
    Code("LL202", "duplicate-name", _ERROR, "a name that is declared twice"),
    Code("LL203", "wrong-type", _ERROR, "a test or a calculation that makes no sense for this kind of value"),
    Code("LL204", "misplaced-property", _ERROR, "a property of an event outside of `where`"),
    Code("LL205", "unknown-zone", _ERROR, "a time zone that does not exist"),
    Code("LL206", "include-cycle", _ERROR, "files that include each other in a circle"),
    Code("LL207", "define-cycle", _ERROR, "defines that need each other in a circle"),
    Code("LL208", "missing-file", _ERROR, "a file that an `include` or a `list` names and that cannot be read"),
    Code("LL209", "overlapping-rows", _ERROR, "two rows of one `points … by` that take the same value"),
    Code("LL210", "gap-in-rows", _WARNING, "values between two rows of one `points … by` that no row takes"),
    Code("LL211", "unlisted-value", _WARNING, "a text that a `one of` field can never have"),
    Code("LL301", "unreachable-stage", _ERROR, "a stage that no contact can be given"),
    Code("LL302", "always-holds", _WARNING, "a condition that every contact meets"),
    Code("LL303", "never-holds", _ERROR, "a condition that no contact can meet"),
    Code("LL304", "unreachable-grade", _ERROR, "a letter that no contact can be given"),
    Code("LL305", "unreachable-bound", _WARNING, "a cap or a floor that no contact can touch"),
    Code("LL306", "duplicate-rules", _WARNING, "two rules of one score that hold for exactly the same contacts"),
    Code("LL307", "conflicting-rules", _WARNING, "a rule that always weakens another of the same score"),
    Code("LL308", "implied-rule", _INFO, "a rule that holds whenever another of the same score and sign does"),
    Code("LL309", "saturated-rule", _WARNING, "a rule that never changes its clamped group or score"),
    Code("LL310", "shadowed-exclusion", _WARNING, "an exit that only takes out whom another takes out already"),
    Code("LL311", "stage-order", _WARNING, "a later stage that is easier than an earlier one"),
    Code("LL312", "fit-alone", _INFO, "a stage that can be reached by facts alone"),
    Code("LL313", "activity-alone", _INFO, "a stage that can be reached by one kind of event alone, repeated"),
    Code("LL314", "single-point", _INFO, "every way into a stage needs one and the same rule"),
    Code("LL315", "no-maximum", _INFO, "a score without an upper end"),
    Code("LL316", "undecided", _INFO, "what could not be proved"),
    Code("LL401", "unused-define", _INFO, "a `define` that nothing uses"),
    Code("LL402", "unused-list", _INFO, "a `list` that nothing uses"),
    Code("LL403", "unused-field", _INFO, "a field that nothing uses"),
    Code("LL404", "unused-event", _INFO, "an event that nothing uses"),
    Code("LL405", "stale-review", _WARNING, "a `review by` date that has passed"),
    Code("LL406", "unused-allow", _WARNING, "an `allow` comment that silences nothing"),
    Code("LL501", "bad-value", _WARNING, "a value in the data that its field's type does not admit"),
    Code("LL502", "bad-row", _WARNING, "a row of the data that had to be left out"),
    Code("LL503", "missing-column", _WARNING, "a field that the data has no column for"),
    Code("LL504", "unmentioned-value", _INFO, "a value or an event in the data that no rule mentions"),
    Code("LL505", "never-fired", _INFO, "a rule that fired for no contact of the data"),
)

CODES: dict[str, Code] = {code.name: code for code in _TABLE}


def find_code(wanted: str) -> Code | None:
    """The code with this number or name (`LL102`, `mixed-and-or`), in any case; None if there is none."""
    folded = wanted.strip().lower()
    return next((code for code in _TABLE if folded in (code.name, code.number.lower())), None)


def severity_of(name: str) -> Severity:
    return CODES[name].severity
