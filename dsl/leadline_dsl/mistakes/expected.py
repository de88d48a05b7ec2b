"""What was expected where the reading stopped, in the user's words."""

from __future__ import annotations

from leadline_dsl.faults import Fault
from leadline_dsl.mistakes.finding import Failure, quoted

_SIGNS = {
    "COMMA": "`,`",
    "VALUE_COMMA": "`,`",
    "COLON": "`:`",
    "EQUAL": "`=`",
    "RPAR": "`)`",
    "LPAR": "`(`",
    "PERCENT": "`%`",
    "SLASH": "`/`",
    "STAR": "`*`",
    "PLUS": "`+`",
    "MINUS": "`-`",
    "MORETHAN": "`>`",
    "LESSTHAN": "`<`",
    "GREATER_OR_EQUAL": "`>=`",
    "LESS_OR_EQUAL": "`<=`",
    "NAME": "a name",
    "STRING": "a text in double quotes",
    "NUMBER": "a number",
    "DATE": "a date such as 2026-03-31",
}

_AMOUNT = frozenset(
    [
        "NAME",
        "NUMBER",
        "STRING",
        "DATE",
        "PLUS",
        "MINUS",
        "LPAR",
        "COUNT",
        "SUM",
        "LOWEST",
        "HIGHEST",
        "AVERAGE",
        "LATEST",
        "EARLIEST",
        "DAYS",
        "DOMAIN",
        "GRADE",
        "NUMBER_WORD",
    ]
)
_TEST = frozenset(
    [
        "IS",
        "CONTAINS",
        "STARTS",
        "ENDS",
        "DOES",
        "MATCHES",
        "INCLUDES",
        "BETWEEN",
        "MORETHAN",
        "LESSTHAN",
        "GREATER_OR_EQUAL",
        "LESS_OR_EQUAL",
    ]
)
_UNITS = frozenset(
    ["MINUTE", "MINUTES", "HOUR", "HOURS", "DAY", "DAYS", "WEEK", "WEEKS", "MONTH", "MONTHS", "YEAR", "YEARS"],
)

_GROUPS: tuple[tuple[frozenset[str], frozenset[str], str], ...] = (
    (frozenset({"HOURS", "WEEKS"}), _UNITS, "a unit such as `days`"),
    (frozenset({"NOT", "HAS"}), _AMOUNT | {"NOT", "HAS", "NO"}, "a condition"),
    (frozenset({"NOT", "LPAR"}), _AMOUNT | {"NOT"}, "a test of the event's properties"),
    (frozenset({"COUNT", "NAME"}), _AMOUNT, "an amount"),
    (frozenset({"IS", "CONTAINS"}), _TEST, "a test (`is`, `>=`, …)"),
    (frozenset({"TEXT", "LIST"}), frozenset(["TEXT", "NUMBER_WORD", "YES", "DATE_WORD", "ONE", "LIST"]), "a type"),
    (frozenset({"KNOWN", "MISSING"}), frozenset(["STRING", "NUMBER", "PLUS", "MINUS", "DATE", "YES", "NO"]), "a value"),
    (
        frozenset({"STRING", "NUMBER", "DATE"}),
        frozenset(["STRING", "NUMBER", "PLUS", "MINUS", "DATE", "YES", "NO"]),
        "a value",
    ),
    (frozenset({"MISSING", "ABOVE"}), frozenset(["STRING", "NUMBER", "PLUS", "MINUS", "YES", "NO"]), "a value"),
    (frozenset({"ANY", "NAME"}), frozenset({"ANY", "NAME"}), "an event"),
    (frozenset({"IN", "MORE", "SINCE"}), frozenset(["IN", "MORE", "SINCE", "BEFORE"]), "`in the last …`"),
    (frozenset({"HALVING", "LOSING"}), frozenset(["HALVING", "LOSING", "FADING"]), "`halving every …`"),
    (frozenset({"BECAUSE", "OWNER"}), frozenset(["BECAUSE", "OWNER", "REVIEW"]), "`because`"),
    (frozenset({"NUMBER", "MINUS"}), frozenset(["NUMBER", "PLUS", "MINUS"]), "a number"),
)
"""What must be among the expected, what it then stands for, and how it is said."""

_LAST = ("COMMA", "VALUE_COMMA", "RPAR", "PLUS", "MINUS", "STAR", "SLASH", "$END")
_MOST_NAMED = 4
_SAID_LATE = ("`because`", "`in the last …`")

_EXAMPLES = {
    "model_statement": 'a model is written `model "NAME", time zone "Asia/Tokyo"`',
    "include_statement": 'an include is written `include "lists.lead"`',
    "contact_statement": "the block of fields begins with `contact identified by FIELD`",
    "field_statement": "a field is written `employees: number`, with a type: `text`, `number`, `yes/no`, `date`, "
    '`one of "A", "B"` or `list of text`',
    "events_statement": "the block of events begins with `events` alone on its line",
    "event_statement": "an event is written `page_view with path: text, seconds: number`",
    "list_statement": 'a list is written `list NAME = "a", "b"` or `list NAME from "FILE"`',
    "define_statement": "a definition is written `define NAME = CONDITION`",
    "ignore_statement": "write `ignore EVENT where TEST`",
    "assume_statement": "write `assume CONDITION`",
    "score_statement": "a score is written `score NAME between 0 and 50`",
    "group_statement": 'a group is written `group "NAME" at most 20`',
    "rule_statement": 'a rule is written `+5 "NAME" when CONDITION` or `+1 "NAME" for each EVENT`',
    "points_statement": 'write `points "NAME" by AMOUNT`, then a row for each value such as `+5 for "US"`',
    "row_statement": 'a row is written `+5 for "US", "UK"`, `+3 for 2 to 5`, `+6 for 6 or more` or `+0 otherwise`',
    "total_statement": "a total is written `total = 0.4 * fit + engagement`",
    "grade_statement": 'write `grade SCORE`, then a row for each letter such as `"A" from 40`',
    "grade_row_statement": 'a row of a grade is written `"A" from 40` or `"D" otherwise`',
    "exit_statement": 'write `disqualify "NAME" when CONDITION`',
    "stage_statement": 'a stage is written `stage "NAME" when CONDITION`',
}


def expected(failure: Failure) -> Fault:
    """The fault that says what could stand where the reading stopped, and what stands there."""
    wanted = [words for words in _said(failure.takes) if words != quoted(failure.here)]
    found = f"here stands {quoted(failure.here)}" if failure.here else "the statement ends here"
    if not wanted:
        message = f"nothing more belongs to this statement, but {found}"
    else:
        message = f"expected {_listed(wanted)}, but {found}"
    return Fault(message, failure.place, help=_with_unit(failure) or _EXAMPLES.get(failure.kind, ""))


def _with_unit(failure: Failure) -> str:
    """What to write behind the number of a duration; "" where it is not the unit that is missing."""
    number = failure.at(failure.index - 1)
    if not {"HOURS", "WEEKS"} <= failure.takes or not number.isdigit():
        return ""
    return f"write {quoted(f'{number} days')}, or another unit such as `hours` or `weeks`"


def _said(takes: frozenset[str]) -> list[str]:
    left = set(takes)
    said: list[str] = []
    late: list[str] = []
    for needed, covered, words in _GROUPS:
        if needed <= left:
            (late if words in _SAID_LATE else said).append(words)
            left -= covered
    rest = left - set(_LAST)
    said += sorted(_word(name) for name in rest if name in _SIGNS)
    said += sorted(_word(name) for name in rest if name not in _SIGNS)
    said += late
    if len(said) < _MOST_NAMED:
        said += [_word(name) for name in _LAST if name in left and name != "$END" and _may_be_named(name, said)]
    return list(dict.fromkeys(said))[:_MOST_NAMED]


def _may_be_named(name: str, said: list[str]) -> bool:
    """Signs of arithmetic could stand behind any amount, so they are worth a word only where nothing else is."""
    return not said or name in ("COMMA", "VALUE_COMMA", "RPAR")


def _word(terminal: str) -> str:
    return _SIGNS.get(terminal) or f"`{terminal.removesuffix('_WORD').lower()}`"


def _listed(words: list[str]) -> str:
    return words[0] if len(words) == 1 else ", ".join(words[:-1]) + " or " + words[-1]
