"""Puts resolved statements together: rules into groups, groups into scores, rows into tables and grades."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from typing import Any

from leadline_compiler import model as m
from leadline_compiler.conditions import Amount, Condition, NumberAmount, Occurrence
from leadline_compiler.resolve.declarations import Declared
from leadline_compiler.resolve.includes import Entry
from leadline_compiler.resolve.scope import TOTAL, Finding, Key, closest
from leadline_compiler.resolve.statements import Resolved, Resolver, read_bounds, read_care, read_points
from leadline_dsl import syntax as s
from leadline_dsl.diagnostics import Diagnostic, Label
from leadline_dsl.nodes import changed
from leadline_dsl.source import Place, Span
from leadline_dsl.statements import UNKNOWN


@dataclass(slots=True)
class _OpenTable:
    """One whose head cannot be read has no name and no entry, and joins no group."""

    name: str
    entry: Entry | None
    amount: Amount | None
    care: m.Care
    rows: list[m.Row] = field(default_factory=list)
    faulty: bool = False


@dataclass(slots=True)
class _OpenGroup:
    name: str | None
    bounds: m.Bounds
    place: Place
    rules: list[m.Rule | _OpenTable] = field(default_factory=list)


@dataclass(slots=True)
class _OpenScore:
    name: str
    bounds: m.Bounds
    decay: m.ScoreDecay | None
    place: Place
    groups: list[_OpenGroup]


@dataclass(slots=True)
class _OpenGrade:
    score: str | None
    place: Place
    rows: list[m.GradeRow] = field(default_factory=list)
    seen: dict[str, Place] = field(default_factory=dict)


@dataclass(slots=True)
class Assembly:
    """The parts of the model as they are met; `open_*` is what a rule, a row or a grade's row would join."""

    declared: Declared
    resolver: Resolver
    ignored: list[Occurrence] = field(default_factory=list)
    assumptions: list[Condition] = field(default_factory=list)
    scores: dict[str, _OpenScore] = field(default_factory=dict)
    total: m.Total | None = None
    grades: dict[str, _OpenGrade] = field(default_factory=dict)
    exits: list[m.Exit] = field(default_factory=list)
    stages: list[m.Stage] = field(default_factory=list)
    names: dict[str, dict[str, Place]] = field(default_factory=dict)
    read: set[Key] = field(default_factory=set)
    used: set[Key] = field(default_factory=set)
    file: str = ""
    open_score: _OpenScore | None = None
    open_table: _OpenTable | None = None
    open_grade: _OpenGrade | None = None

    def begin(self, entry: Entry) -> None:
        """Closes what is open where a statement stands in another file than the one before."""
        if entry.file != self.file:
            self.file, self.open_score, self.open_table, self.open_grade = entry.file, None, None, None

    def pass_over(self, kind: str) -> None:
        """A statement that cannot be read still opens its block, so that what follows is not blamed for it."""
        nowhere = Place(self.file, Span(0, 0))
        if kind == "score_statement" or (kind == UNKNOWN and self.open_score is None):
            self.open_score = _OpenScore("", m.OPEN, None, nowhere, [_OpenGroup(None, m.OPEN, nowhere)])
        if kind in ("points_statement", UNKNOWN):
            self.open_table = _OpenTable("", None, None, m.NO_CARE)
        if kind in ("grade_statement", UNKNOWN):
            self.open_grade = _OpenGrade("", nowhere)

    def take(self, entry: Entry) -> None:
        """Adds a statement."""
        node = entry.node
        if not isinstance(node, s.Row):
            self.open_table = None
        if not isinstance(node, s.GradeRow):
            self.open_grade = None
        handle = _HANDLERS.get(type(node))
        if handle is not None:
            handle(self, entry, node)

    def note(self, entry: Entry, resolved: Resolved[Any], reads: bool = True) -> None:
        """Keeps the findings and uses of a statement."""
        self.used |= resolved.uses
        if reads:
            self.read |= resolved.uses
        if resolved.findings:
            self.declared.diagnostics.extend(place_findings(resolved.findings, entry, self.declared))

    def claim(self, kind: str, what: str, name: s.Text, entry: Entry) -> None:
        """Reports a name that something of its kind has already."""
        place = entry.place(name.span)
        earlier = self.names.setdefault(kind, {}).setdefault(name.value, place)
        if earlier is not place:
            label = Label("it has the name already", earlier.span, earlier.file)
            message = f'there is another {what} named "{name.value}"'
            self.declared.report("duplicate-name", message, place, "give one of them another name", [label])

    def join(self, rule: m.Rule | _OpenTable, entry: Entry) -> None:
        if self.open_score is None:
            message = "a rule stands under a score, and there is none above it"
            self.declared.report("syntax", message, entry.place(), "open one first: `score NAME`")
        else:
            self.open_score.groups[-1].rules.append(rule)


def place_findings(findings: Iterable[Finding], entry: Entry, declared: Declared) -> list[Diagnostic]:
    """The findings of a statement as diagnostics of its file, with labels at the declarations they speak of."""
    placed = []
    for finding in findings:
        labels = []
        for message, key in finding.also:
            place = declared.places.get(key)
            if place is not None:
                labels.append(Label(message, place.span, place.file))
        diagnostic = replace(finding.diagnostic, related=(*finding.diagnostic.related, *labels))
        placed.append(diagnostic.placed(entry.file, entry.start))
    return placed


def _ignore(a: Assembly, entry: Entry, node: s.Ignore) -> None:
    resolved = a.resolver.occurrence(node, entry.text)
    a.note(entry, resolved, reads=False)
    if resolved.value is not None:
        a.ignored.append(resolved.value)


def _assume(a: Assembly, entry: Entry, node: s.Assume) -> None:
    resolved = a.resolver.condition(node, entry.text)
    a.note(entry, resolved, reads=False)
    if resolved.value is not None:
        a.assumptions.append(resolved.value)


def _score(a: Assembly, entry: Entry, node: s.Score) -> None:
    resolved = a.resolver.score_decay(node, entry.text)
    a.note(entry, resolved, reads=False)
    place = entry.place(node.name.span)
    unnamed = _OpenGroup(None, m.OPEN, place)
    a.open_score = _OpenScore(node.name.text, read_bounds(node.bounds), resolved.value, place, [unnamed])
    a.scores.setdefault(node.name.text, a.open_score)


def _group(a: Assembly, entry: Entry, node: s.Group) -> None:
    if a.open_score is None:
        message = "a group stands under a score, and there is none above it"
        a.declared.report("syntax", message, entry.place(), "open one first: `score NAME`")
        return
    a.claim(f"group of {a.open_score.name}", "group", node.name, entry)
    group = _OpenGroup(node.name.value, read_bounds(node.bounds), entry.place(node.name.span))
    a.open_score.groups.append(group)


def _rule(a: Assembly, entry: Entry, node: s.WhenRule | s.EachRule | s.EveryRule) -> None:
    resolved = a.resolver.rule(node, entry.text)
    a.note(entry, resolved)
    a.claim("rule", "rule", node.name, entry)
    if resolved.value is None:
        return
    points, care = read_points(node.points), read_care(node.reasons)
    a.join(m.Rule(node.name.value, points, resolved.value, care, entry.text, entry.place(), entry.line), entry)


def _points(a: Assembly, entry: Entry, node: s.Points) -> None:
    resolved = a.resolver.table_amount(node, entry.text)
    a.note(entry, resolved)
    a.claim("rule", "rule", node.name, entry)
    a.open_table = _OpenTable(node.name.value, entry, resolved.value, read_care(node.reasons))
    a.join(a.open_table, entry)


def _row(a: Assembly, entry: Entry, node: s.Row) -> None:
    table = a.open_table
    if table is None:
        message = "a row stands right below its `points … by`, and there is none above it"
        hint = 'a rule needs a name: `+5 "NAME" when …`; rows follow `points "NAME" by …`'
        a.declared.report("syntax", message, entry.place(), hint)
        return
    if node.reasons:
        care = read_care(node.reasons)
        kept = table.care
        table.care = m.Care(kept.because or care.because, kept.owner or care.owner, kept.review_by or care.review_by)
    if table.amount is None:
        return
    resolved = a.resolver.row(node, entry.text, table.amount)
    a.note(entry, resolved)
    if resolved.value is None:
        table.faulty = True
    else:
        table.rows.append(changed(resolved.value, place=entry.place()))


def _total(a: Assembly, entry: Entry, node: s.Total) -> None:
    if a.total is not None and a.total.place is not None:
        label = Label("the total is here already", a.total.place.span, a.total.place.file)
        a.declared.report("duplicate-name", "a model has one `total`", entry.place(), "leave one of them out", [label])
        return
    terms = []
    for term in node.terms:
        if term.score.text not in a.declared.scores:
            _report_no_score(a, entry, term.score, tuple(a.declared.scores))
            continue
        a.used.add(Key("score", term.score.text))
        weight = read_points(term.weight) if term.weight is not None else 1000
        terms.append(m.Term(term.score.text, -weight if term.negative else weight))
    a.total = m.Total(tuple(terms), read_bounds(node.bounds), entry.place())


def _report_no_score(a: Assembly, entry: Entry, name: s.Name, known: tuple[str, ...]) -> None:
    if name.text in a.declared.faulty:
        return
    close = closest(name.text, known)
    hint = f"did you mean `{close}`?" if close else "scores are " + ", ".join(f"`{score}`" for score in known[:8])
    a.declared.report("unknown-name", f"there is no score `{name.text}`", entry.place(name.span), hint if known else "")


def _grade(a: Assembly, entry: Entry, node: s.Grade) -> None:
    name = node.score.text
    if name != TOTAL and name not in a.declared.scores:
        _report_no_score(a, entry, node.score, (*a.declared.scores, TOTAL))
    a.open_grade = _OpenGrade(None if name == TOTAL else name, entry.place())
    earlier = a.grades.setdefault(name, a.open_grade)
    if earlier is not a.open_grade:
        label = Label("they stand here already", earlier.place.span, earlier.place.file)
        a.declared.report("duplicate-name", f"`{name}` has grades already", entry.place(), "keep one", [label])


def _grade_row(a: Assembly, entry: Entry, node: s.GradeRow) -> None:
    grade = a.open_grade
    if grade is None:
        message = "a row of letters stands right below its `grade`, and there is none above it"
        a.declared.report("syntax", message, entry.place(), "open one first: `grade SCORE`")
        return
    start = None if node.start is None else read_points(node.start)
    key = "otherwise" if start is None else str(start)
    earlier = grade.seen.setdefault(key, entry.place())
    if earlier != entry.place():
        label = Label("this row begins there too", earlier.span, earlier.file)
        message = "two rows of a grade begin at the same number" if start is not None else "a grade has one `otherwise`"
        a.declared.report("overlapping-rows", message, entry.place(), "change one of them", [label])
    grade.rows.append(m.GradeRow(node.letter.value, start))


def _exit(a: Assembly, entry: Entry, node: s.Exit) -> None:
    resolved = a.resolver.condition(node, entry.text)
    a.note(entry, resolved)
    a.claim(node.kind, f"`{node.kind}`", node.name, entry)
    if resolved.value is not None:
        care = read_care(node.reasons)
        a.exits.append(m.Exit(node.kind, node.name.value, resolved.value, care, entry.text, entry.place(), entry.line))


def _stage(a: Assembly, entry: Entry, node: s.Stage) -> None:
    resolved = a.resolver.condition(node, entry.text)
    a.note(entry, resolved)
    a.claim("stage", "stage", node.name, entry)
    if resolved.value is not None:
        care = read_care(node.reasons)
        a.stages.append(m.Stage(node.name.value, resolved.value, care, entry.text, entry.place(), entry.line))


_HANDLERS: dict[type, Any] = {
    s.Ignore: _ignore,
    s.Assume: _assume,
    s.Score: _score,
    s.Group: _group,
    s.WhenRule: _rule,
    s.EachRule: _rule,
    s.EveryRule: _rule,
    s.Points: _points,
    s.Row: _row,
    s.Total: _total,
    s.Grade: _grade,
    s.GradeRow: _grade_row,
    s.Exit: _exit,
    s.Stage: _stage,
}


def close_scores(assembly: Assembly) -> tuple[m.Score, ...]:
    """The scores with their tables complete, faulty ones without rows.

    A group without rules and without a name is left out.
    """
    return tuple(
        m.Score(score.name, score.bounds, score.decay, tuple(_close_groups(score)), score.place)
        for score in assembly.scores.values()
    )


def _close_groups(score: _OpenScore) -> Iterable[m.Group]:
    for group in score.groups:
        if group.name is not None or group.rules:
            yield m.Group(group.name, group.bounds, tuple(map(_close_rule, group.rules)), group.place)


def _close_rule(rule: m.Rule | _OpenTable) -> m.Rule:
    if isinstance(rule, m.Rule):
        return rule
    entry = rule.entry
    assert entry is not None, "only tables that could be read join a group"
    amount = rule.amount if rule.amount is not None else NumberAmount(0)
    body = m.Table(amount, () if rule.faulty else tuple(rule.rows))
    return m.Rule(rule.name, 0, body, rule.care, entry.text, entry.place(), entry.line)


def close_grades(assembly: Assembly) -> tuple[m.Grade, ...]:
    return tuple(m.Grade(grade.score, tuple(grade.rows), grade.place) for grade in assembly.grades.values())
