"""What may be known of a contact, as literals: one for each cell of an attribute, one for each question of a text.

A cell is what the constraints of an attribute cannot tell apart. Texts have no cells but for the values that are
named: questions that compare with literals form a theory of pairs, see `texts`, and what pairs do not settle is
learned when a solution turns out to have no text.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from itertools import combinations
from typing import Any

from leadline_compiler.analysis.formulas import Conj, Disj, Formula, Lit
from leadline_compiler.analysis.sets import Choices, Constraint, Items, Ranges, Texts, is_empty, known_part
from leadline_compiler.analysis.solve.building import Builder, Literal, negation
from leadline_compiler.analysis.spans import Spans, join
from leadline_compiler.analysis.texts import TextAtom
from leadline_compiler.texts import domain_of, fold


@dataclass(slots=True)
class Cells:
    """An attribute with cells: exactly one literal of `literals` holds, and `means` says what it stands for."""

    literals: list[Literal]
    means: list[Ranges | Choices]
    known: dict[Constraint, Literal] = field(default_factory=dict)

    @property
    def all_literals(self) -> list[Literal]:
        return list(self.literals)

    @property
    def missing(self) -> Literal:
        """The attribute may be missing."""
        for literal, meant in zip(self.literals, self.means, strict=True):
            if meant.missing if isinstance(meant, Ranges) else meant.mask & 1:
                return literal
        return False

    @property
    def has_value(self) -> Literal:
        """The attribute may have a value. A cell of what may be missing can have values too."""
        for literal, meant in zip(self.literals, self.means, strict=True):
            if is_empty(known_part(meant)):
                return negation(literal)
        return True


@dataclass(slots=True)
class Questions:
    """A text: a literal for each question. `values` are classes of named values, each with its literal."""

    atoms: dict[TextAtom, Literal]
    values: dict[TextAtom, Literal]

    @property
    def all_literals(self) -> list[Literal]:
        return [*self.atoms.values(), *self.values.values()]

    @property
    def missing(self) -> Literal:
        return negation(self.has_value)

    @property
    def has_value(self) -> Literal:
        return self.atoms[TextAtom("known")]


@dataclass(slots=True)
class Listed:
    """A list of texts: a literal for each text that it may have, and one that it is known."""

    items: dict[str, Literal]
    known: Literal

    @property
    def all_literals(self) -> list[Literal]:
        return [*self.items.values(), self.known]

    @property
    def missing(self) -> Literal:
        return negation(self.known)

    @property
    def has_value(self) -> Literal:
        return self.known


Fact = Cells | Questions | Listed


def make_fact(constraints: Iterable[Constraint], builder: Builder) -> Fact:
    """The literals of an attribute of which these are all the constraints."""
    several = list(dict.fromkeys(constraints))
    match several[0]:
        case Ranges():
            return _ranges([one for one in several if isinstance(one, Ranges)], builder)
        case Choices(_, full):
            return _choices([one for one in several if isinstance(one, Choices)], full, builder)
        case Texts():
            return _questions([one for one in several if isinstance(one, Texts)], builder)
        case _:
            return _listed([one for one in several if isinstance(one, Items)], builder)


def literal_of(fact: Fact, constraint: Constraint, builder: Builder) -> Literal:
    """Whether the attribute meets a constraint, which must be one that it was made with."""
    if isinstance(fact, Cells):
        if constraint not in fact.known:
            cells = zip(fact.literals, fact.means, strict=True)
            members = [literal for literal, meant in cells if _within(meant, constraint)]
            fact.known[constraint] = builder.one_of(members) if len(members) < len(fact.means) else True
        return fact.known[constraint]
    if isinstance(fact, Questions):
        assert isinstance(constraint, Texts)
        answers = [fact.atoms[atom] for atom in constraint.yes] + [negation(fact.atoms[atom]) for atom in constraint.no]
        return builder.both(answers)
    assert isinstance(constraint, Items)
    parts = [fact.items[text] for text in constraint.yes] + [negation(fact.items[text]) for text in constraint.no]
    if constraint.known is not None:
        parts.append(fact.known if constraint.known else negation(fact.known))
    return builder.both(parts)


def cells_within(fact: Fact, constraint: Constraint) -> list[Literal] | None:
    """The cells of an attribute in which a constraint holds; None where it is no matter of cells."""
    if isinstance(fact, Cells):
        cells = zip(fact.literals, fact.means, strict=True)
        return [literal for literal, meant in cells if _within(meant, constraint)]
    if isinstance(fact, Questions) and isinstance(constraint, Texts) and len(constraint.yes) == 1 > len(constraint.no):
        [atom] = constraint.yes
        if atom.kind == "is":
            return [flag for value, flag in fact.values.items() if _names(atom, value)]
    return None


def _names(atom: TextAtom, value: TextAtom) -> bool:
    return atom.of_domain is value.of_domain and frozenset(value.value) <= frozenset(atom.value)


# ---- cells


def _ranges(constraints: list[Ranges], builder: Builder) -> Cells:
    lowest, highest = constraints[0].domain
    cuts = {lowest} | {end for one in constraints for low, high in one.spans for end in (low, high + 1)}
    starts = sorted(cut for cut in cuts if lowest <= cut <= highest)
    number = {start: index for index, start in enumerate(starts)}
    told: list[list[int]] = [[] for _ in starts]
    missing: list[int] = []
    for which, one in enumerate(constraints):
        if one.missing:
            missing.append(which)
        for low, high in one.spans:
            for index in range(number[low], number.get(high + 1, len(starts))):
                told[index].append(which)
    groups: dict[tuple[int, ...], list[tuple[int, int]]] = {tuple(missing): []}
    for index, start in enumerate(starts):
        end = starts[index + 1] - 1 if index + 1 < len(starts) else highest
        groups.setdefault(tuple(told[index]), []).append((start, end))
    means = [Ranges(join(spans), which == tuple(missing), (lowest, highest)) for which, spans in groups.items()]
    return Cells(_exclusive(len(means), builder), list(means))


def _choices(constraints: list[Choices], full: int, builder: Builder) -> Cells:
    groups: dict[tuple[bool, ...], int] = {}
    for bit in range(full.bit_length()):
        told = tuple(bool(one.mask >> bit & 1) for one in constraints)
        groups[told] = groups.get(told, 0) | 1 << bit
    return Cells(_exclusive(len(groups), builder), [Choices(mask, full) for mask in groups.values()])


def _exclusive(size: int, builder: Builder) -> list[Literal]:
    if size == 1:
        return [True]
    if size == 2:
        flag = builder.flag()
        return [flag, negation(flag)]
    flags = [builder.flag() for _ in range(size)]
    builder.model.add_exactly_one(flags)
    return flags


def _within(meant: Ranges | Choices, constraint: Constraint) -> bool:
    """Whether a cell lies in a constraint; it lies in it as a whole or not at all."""
    if isinstance(meant, Choices):
        assert isinstance(constraint, Choices)
        return bool(meant.mask & constraint.mask)
    assert isinstance(constraint, Ranges)
    if meant.missing or not meant.spans:
        return constraint.missing
    first = meant.spans[0][0]
    return any(low <= first <= high for low, high in constraint.spans)


# ---- texts


def _questions(constraints: list[Texts], builder: Builder) -> Questions:
    asked = sorted({atom for one in constraints for atom in (*one.yes, *one.no)}, key=ordered)
    questions = Questions({TextAtom("known"): builder.flag()}, {})
    for half in (False, True):
        mine = [atom for atom in asked if atom.of_domain is half]
        if mine:
            _ask_half(questions, mine, half, builder)
    _tie_halves(questions, builder)
    return questions


def ordered(atom: TextAtom) -> tuple[Any, ...]:
    value = (atom.value,) if isinstance(atom.value, str) else tuple(sorted(atom.value))
    return atom.of_domain, atom.kind, value


def _ask_half(questions: Questions, asked: list[TextAtom], half: bool, builder: Builder) -> None:
    known = questions.atoms.setdefault(TextAtom("known", "", half), builder.flag())
    free = [atom for atom in asked if atom.kind not in ("is", "known")]
    for atom in free:
        questions.atoms[atom] = builder.flag() if can_be(atom) else False
        builder.implies(questions.atoms[atom], known)
    plain = [atom for atom in free if atom.kind != "matches" and can_be(atom)]
    for one, other in combinations(plain, 2):
        _tie(one, other, questions, builder)
    classes = classes_of_values([atom for atom in asked if atom.kind == "is"], plain, half)
    values = {TextAtom("is", frozenset(group), half): builder.flag() for group in classes.values()}
    questions.values.update(values)
    if len(values) > 1:
        builder.model.add_at_most_one(values.values())
    for atom in asked:
        if atom.kind == "is":
            within = [flag for value, flag in values.items() if value.value <= atom.value]  # type: ignore[operator]
            questions.atoms[atom] = builder.one_of(within)
    for (_, told), flag in zip(classes, values.values(), strict=True):
        builder.implies(flag, known)
        for atom, answer in zip(plain, told, strict=True):
            literal = questions.atoms[atom]
            builder.implies(flag, literal if answer else negation(literal))


def can_be(atom: TextAtom) -> bool:
    """Whether a literal can be in a text, or in a domain, at its place at all."""
    text = str(atom.value)
    match atom.kind:
        case "starts" if text[:1].isspace():
            return False
        case "ends" if text[-1:].isspace():
            return False
        case "contains" | "starts" | "ends":
            return not (atom.of_domain and "@" in text)
    return True


def _tie(one: TextAtom, other: TextAtom, questions: Questions, builder: Builder) -> None:
    """Whatever one question says of another of the same half."""
    literal, second = questions.atoms[one], questions.atoms[other]
    if follows(one, other):
        builder.implies(literal, second)
    if follows(other, one):
        builder.implies(second, literal)
    elif one.kind == other.kind != "contains" and not follows(one, other):
        builder.require((negation(literal), negation(second)))


def follows(one: TextAtom, other: TextAtom) -> bool:
    """Whether a yes to the one is a yes to the other."""
    text, wanted = str(one.value), str(other.value)
    match other.kind:
        case "contains":
            return wanted in text
        case "starts":
            return one.kind == "starts" and text.startswith(wanted)
        case _:
            return one.kind == "ends" and text.endswith(wanted)


def classes_of_values(
    listed: list[TextAtom], plain: list[TextAtom], half: bool
) -> dict[tuple[tuple[bool, ...], tuple[bool, ...]], list[str]]:
    """The values that are named, those together that no question tells apart."""
    classes: dict[tuple[tuple[bool, ...], tuple[bool, ...]], list[str]] = {}
    for value in sorted({value for atom in listed for value in atom.value}):
        if not value or fold(value) != value or (half and "@" in value):
            continue
        named = tuple(value in atom.value for atom in listed)
        told = tuple(_is_so(atom, value) for atom in plain)
        classes.setdefault((named, told), []).append(value)
    return classes


def _is_so(atom: TextAtom, value: str) -> bool:
    wanted = str(atom.value)
    match atom.kind:
        case "contains":
            return wanted in value
        case "starts":
            return value.startswith(wanted)
        case _:
            return value.endswith(wanted)


def _tie_halves(questions: Questions, builder: Builder) -> None:
    """What a domain says of the whole text."""
    domain = questions.atoms.get(TextAtom("known", "", True))
    if domain is None:
        return
    builder.implies(domain, questions.atoms[TextAtom("known")])
    for atom, literal in questions.atoms.items():
        whole = questions.atoms.get(atom._replace(of_domain=False))
        if atom.of_domain and atom.kind in ("contains", "ends") and whole is not None:
            builder.implies(literal, whole)
    for value, flag in questions.values.items():
        if not value.of_domain:
            _tie_value(value, flag, questions, builder)


def _tie_value(value: TextAtom, flag: Literal, questions: Questions, builder: Builder) -> None:
    """What values of the whole text say of its domain, where they are all alike."""
    for atom, literal in questions.atoms.items():
        if atom.of_domain:
            told = {_of_domain(atom, domain_of(text)) for text in value.value}
            if len(told) == 1:
                builder.implies(flag, literal if told.pop() else negation(literal))


def _of_domain(atom: TextAtom, domain: str | None) -> bool:
    if not domain:
        return False
    return atom.kind == "known" or (domain in atom.value if atom.kind == "is" else _is_so(atom, domain))


# ---- lists


def _listed(constraints: list[Items], builder: Builder) -> Listed:
    texts = sorted({text for one in constraints for text in (*one.yes, *one.no)})
    listed = Listed({text: builder.flag() for text in texts}, builder.flag())
    for literal in listed.items.values():
        builder.implies(literal, listed.known)
    return listed


# ---- what a solution says


def answers_of(questions: Questions, holds: Any) -> Texts:
    """The answers of a solution, where `holds(literal)` tells its values."""
    yes, no = set[TextAtom](), set[TextAtom]()
    for atom, literal in (*questions.atoms.items(), *questions.values.items()):
        if atom.kind == "is" and atom not in questions.values:
            continue
        (yes if holds(literal) else no).add(atom)
    return Texts(frozenset(yes), frozenset(no))


def constraint_of(fact: Fact, holds: Any) -> Constraint:
    """What a solution says of an attribute."""
    if isinstance(fact, Cells):
        return next(meant for literal, meant in zip(fact.literals, fact.means, strict=True) if holds(literal))
    if isinstance(fact, Questions):
        return answers_of(fact, holds)
    yes = frozenset(text for text, literal in fact.items.items() if holds(literal))
    return Items(yes, frozenset(fact.items) - yes, holds(fact.known))


def literals_in(formulas: Iterable[Formula]) -> Iterator[Lit]:
    """The constraints of some formulas, each formula looked at once."""
    seen: set[int] = set()
    open_ = list(formulas)
    while open_:
        formula = open_.pop()
        if id(formula) in seen:
            continue
        seen.add(id(formula))
        match formula:
            case Lit():
                yield formula
            case Conj(parts) | Disj(parts):
                open_ += parts


def spans_of(constraint: Constraint) -> Spans:
    """The numbers of a constraint; none where it has no numbers."""
    return constraint.spans if isinstance(constraint, Ranges) else ()
