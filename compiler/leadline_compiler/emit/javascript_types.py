"""The types of an emitted ES module."""

from __future__ import annotations

from collections.abc import Iterable

from leadline_compiler.emit.quoting import quote_javascript
from leadline_compiler.plan.plan import Plan, PlanGrade
from leadline_compiler.schema import Kind

_RAW = {
    Kind.TEXT: "RawText",
    Kind.CHOICE: "RawText",
    Kind.NUMBER: "RawNumber",
    Kind.YES_NO: "RawYesNo",
    Kind.DATE: "RawDate",
    Kind.LIST: "RawList",
}
_ID = "id?: string | number | bigint | null"
_DAYS_AGO = '"days ago": RawNumber'
_OWN_KEYS = ("event", "at", "days ago", "id")
_FIXED = """export type RawText = string | number | bigint | boolean | null;
export type RawNumber = number | bigint | string | null;
export type RawYesNo = boolean | string | number | null;
/** Numbers count seconds, milliseconds or microseconds since 1970 in UTC; their size tells which. */
export type RawDate = string | Date | number | bigint | null;
export type RawList = string | readonly RawText[] | null;

/** A text where no number has all the digits. */
export type Points = number | string;

export interface FiredRule {
    rule: string;
    score: keyof Result["scores"];
    group: string | null;
    points: Points;
    times: number;
    line: number;
}
"""
_SCORE = """/**
 * The result of a contact as of a moment: a day (which counts whole), a date and time, a Date, or microseconds since
 * 1970-01-01T00:00 UTC. Throws a RangeError for what is no moment, and a TypeError for what has a wrong type.
 */
export function score(contact: Contact, asOf: string | Date | number | bigint): Result;
"""


def write_types(plan: Plan) -> str:
    """The declarations of a model's contacts, events and results."""
    sections = [
        f"// The types of the lead scoring model {quote_javascript(plan.name)}, made by Leadline from its rules.",
        _FIXED,
        _contact(plan),
        _events(plan),
        _result(plan),
        _SCORE,
    ]
    return "\n\n".join(section.strip() for section in sections) + "\n"


def _interface(name: str, members: Iterable[str]) -> str:
    return "\n".join([f"export interface {name} {{", *(f"    {member};" for member in members), "}"])


def _contact(plan: Plan) -> str:
    """Each field under its heading and its own name; other keys are not looked at."""
    members: dict[str, str] = {}
    for field in plan.schema.fields:
        for key in (field.heading, field.name):
            if key is not None:
                members.setdefault(key, _RAW[field.type.kind])
    members.setdefault(plan.schema.identifier, "string | number | bigint")
    lines = [f"{quote_javascript(key)}?: {type_}" for key, type_ in members.items() if key != "events"]
    return _interface("Contact", [*lines, '"events"?: readonly ContactEvent[] | null', "[key: string]: unknown"])


def _events(plan: Plan) -> str:
    """Each event in its long form, then each in its short one."""
    long_forms, short_forms = [], []
    for event in plan.schema.events:
        names = [name for name in dict.fromkeys([event.source_name, event.name]) if name]
        properties = {prop.name: f"{quote_javascript(prop.name)}?: {_RAW[prop.type.kind]}" for prop in event.properties}
        own = [member for name, member in properties.items() if name not in _OWN_KEYS]
        kinds = " | ".join(map(quote_javascript, names))
        long_forms.append(f"    | {{ {'; '.join([f'event: {kinds}', 'at: RawDate', _ID, *own])} }}")
        for name in (name for name in names if name not in _OWN_KEYS):
            inner = f"{{ {'; '.join(properties.values())} }} | null" if properties else "{} | null"
            short_forms += [
                f"    | {{ {quote_javascript(name)}: {inner}; {when}; {_ID} }}" for when in ("at: RawDate", _DAYS_AGO)
            ]
    forms = [*long_forms, *short_forms, "    | { event: string; at: RawDate; [key: string]: unknown }"]
    told = "/** An event that the model does not declare is not seen. */"
    return "\n".join([told, "export type ContactEvent =", *forms]) + ";"


def _result(plan: Plan) -> str:
    scores = "; ".join(f"{quote_javascript(score.name)}: Points" for score in plan.scores)
    grades = "; ".join(f"{_graded(grade, plan)}: {_letters(grade)}" for grade in plan.grades)
    stages = " | ".join([*(quote_javascript(stage.name) for stage in plan.stages), "null"])
    members = [
        "id: string",
        "model: string",
        "as_of: string",
        'status: "scored" | "disqualified" | "excluded"',
        "reasons: string[]",
        "coverage: { known: number; of: number }",
        "total: Points",
        f"scores: {{ {scores} }}",
        f"grades: {{ {grades} }}",
        f"stage: {stages}",
        "rules: FiredRule[]",
    ]
    return _interface("Result", members)


def _graded(grade: PlanGrade, plan: Plan) -> str:
    return quote_javascript("total" if grade.score is None else plan.scores[grade.score].name)


def _letters(grade: PlanGrade) -> str:
    letters = [letter for letter, _ in grade.rows] + [grade.otherwise]
    return " | ".join("null" if letter is None else quote_javascript(letter) for letter in dict.fromkeys(letters))
