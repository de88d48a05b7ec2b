"""What a name or a text at the end of a statement would be, by what stands before it."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum

from leadline_dsl.tokens import Piece, Token, name_value


class NameRole(Enum):
    """What a name would be of."""

    EVENT = "event"
    PROPERTY = "property"
    LIST = "list"
    DATE = "date field"
    TEXT = "text field"
    SCORE = "score"
    FIELD = "field"
    AMOUNT = "field or define"
    CONDITION = "field, define or score"
    NEW = "new name"


@dataclass(frozen=True, slots=True)
class Subject:
    """What a value is compared with: a field, or a property of one of the events; or the domain of it."""

    name: str
    events: tuple[str, ...]
    is_domain: bool = False


_MEASURES = frozenset({"lowest", "highest", "average", "latest", "earliest", "different"})
_OF_VALUES = frozenset({"is", "not", "one", "none", "of", "any", "all", "does", "with", "yes", "no"}) | frozenset(
    {"contains", "contain", "starts", "start", "ends", "end", "includes", "include"}
)
_NAMES = (Piece.WORD, Piece.QUOTED_NAME)


def role_of_name(kind: str, tokens: list[Token]) -> NameRole:
    """What a name behind these pieces would be."""
    words = [token.text for token in tokens]
    last, before = _at(words, -1), _at(words, -2)
    match kind:
        case "field_statement" | "event_statement" | "score_statement" if len(words) <= 2:
            return NameRole.NEW
        case "list_statement" | "define_statement" if len(words) == 1:
            return NameRole.NEW
        case "grade_statement" | "total_statement":
            return NameRole.SCORE
        case "contact_statement":
            return NameRole.FIELD
    if last == "in" and before in ("is", "not"):
        return NameRole.LIST
    if last in _MEASURES or (before == "sum" and last == "of") or last == "per" or inside_where(words):
        return NameRole.PROPERTY
    if last == "of" and _at(words, -3) == "every":
        return NameRole.AMOUNT
    if last in ("since", "until", "before"):
        return NameRole.DATE
    if last == "of" and before == "domain":
        return NameRole.TEXT
    if last == "of" and before == "grade":
        return NameRole.SCORE
    if last in ("has", "no", "each", "of", "ignore", "without", "first", "last") or _inside_event_list(words):
        return NameRole.EVENT
    if kind in ("stage_statement", "exit_statement"):
        return NameRole.CONDITION
    return NameRole.AMOUNT


def events_of_names(tokens: list[Token]) -> tuple[str, ...]:
    """The events whose properties a name at the end may be; none where any event's will do."""
    words = [token.text for token in tokens]
    return events_before(tokens) if _at(words, -1) == "per" or inside_where(words) else ()


_OF_EVENTS = frozenset({"count of", "sum of", "number of different", "has", "no"}) | (_MEASURES - {"different"})


def makes_sense(phrase: str, kind: str, tokens: list[Token]) -> bool:
    """Whether a phrase that the grammar would take there says anything: no events in a `where`, no grade in a rule."""
    if phrase == "grade of":
        return kind in ("stage_statement", "exit_statement", "define_statement")
    return phrase not in _OF_EVENTS or not inside_where([token.text for token in tokens])


def events_before(tokens: list[Token]) -> tuple[str, ...]:
    """The events that the last occurrence is of; those before `where` where the end stands inside of one."""
    words = [token.text for token in tokens]
    if _inside_event_list(words):
        return ()
    end = len(words)
    if "where" in words:
        end = len(words) - 1 - words[::-1].index("where")
    opener = {"each", "of", "has", "no", "ignore", "without", "first", "last"}
    for index in range(end - 1, -1, -1):
        if words[index] == ")":
            opening = index - words[index::-1].index("(") if "(" in words[: index + 1] else index
            return tuple(name_value(token.text) for token in tokens[opening + 1 : index] if token.kind in _NAMES)
        if tokens[index].kind in _NAMES and words[index] != "any" and index and words[index - 1] in opener:
            return (name_value(words[index]),)
    return ()


def subject_of_value(tokens: list[Token]) -> Subject | None:
    """What a value behind these pieces is compared with; None where it is compared with nothing that has a name."""
    words = [token.text for token in tokens]
    index = len(tokens) - 1
    relation = False
    while index >= 0:
        token = tokens[index]
        if token.kind in (Piece.TEXT, Piece.OPEN_TEXT) or token.text == ",":
            index -= 1
        elif token.kind is Piece.WORD and token.text in _OF_VALUES:
            relation = True
            index -= 1
        else:
            break
    if index < 0 or not relation or tokens[index].kind not in _NAMES:
        return None
    name = name_value(words[index])
    if words[max(0, index - 2) : index] == ["domain", "of"]:
        return Subject(name, (), is_domain=True)
    inside = inside_where(words[:index])
    return Subject(name, events_before(tokens[:index]) if inside else ())


def _not_after_where(words: list[str]) -> bool:
    while words and words[-1] == "not":
        words = words[:-1]
    return _at(words, -1) == "where"


_COMPARISONS = frozenset({">", ">=", "<", "<=", "between", "is", "contains", "contain", "matches", "with", "includes"})
_JOINTS = frozenset({">", ">=", "<", "<=", "between", "and", "+", "-", "*", "/"})
"""What an amount follows."""
_BEHIND_TEST = frozenset({"(", ")", "in", "since", "before", "more"})
"""Parentheses hold the whole test, and windows follow it."""


def _in_test_of_where(words: list[str]) -> bool:
    """Behind an operator of the one test that a `where` without parentheses takes."""
    if _at(words, -1) not in _JOINTS or "where" not in words:
        return False
    test = words[len(words) - words[::-1].index("where") :]
    compared = [word for word in test if word in _COMPARISONS]
    if len(compared) > 1 or _BEHIND_TEST & set(test):
        return False
    return test[-1] != "and" or (compared == ["between"] and test.count("and") == 1)


def inside_where(words: list[str]) -> bool:
    """Whether the end stands inside of a `where`: in its parentheses, or in the one test that it takes without."""
    depth = 0
    for index in range(len(words) - 1, -1, -1):
        if words[index] == ")":
            depth += 1
        elif words[index] == "(":
            depth -= 1
            if depth < 0:
                if _not_after_where(words[:index]):
                    return True
                depth = 0
    return _not_after_where(words) or _in_test_of_where(words)


def _inside_event_list(words: list[str]) -> bool:
    """Behind `any of (`, or a comma in it."""
    for index in range(len(words) - 1, -1, -1):
        if words[index] == "(":
            return words[max(0, index - 2) : index] == ["any", "of"]
        if words[index] != "," and index == len(words) - 1:
            return False
    return False


def _at(words: list[str], index: int) -> str:
    return words[index] if len(words) >= -index else ""
