"""Values, properties and events that stand beside `and` or `or` and belong to what stands before: told once, with
the whole repair. What explains mistakes is imported where there are any."""

from __future__ import annotations

from collections.abc import Sequence

from leadline_compiler.resolve.scope import Key, Scope, write_name
from leadline_compiler.schema import Kind, Property
from leadline_dsl.diagnostics import Edit
from leadline_dsl.source import Span
from leadline_dsl.syntax import Count, DaysSinceEvent, Expression, Measure, Name
from leadline_dsl.tokens import Piece, Token, quote_text

_JOINERS = ("and", "or")


_LONGEST = 2_000
"""Characters of a statement that is looked into for what belongs together; of a longer one only the fault is told."""


def _pieces(scope: Scope) -> tuple[Token, ...]:
    if len(scope.text) > _LONGEST or not scope.proposes:
        return ()
    from leadline_dsl.mistakes.pieces import pieces_without_comments

    return pieces_without_comments(scope.text)


def _index(pieces: Sequence[Token], start: int) -> int | None:
    return next((index for index, piece in enumerate(pieces) if piece.start == start), None)


def tell_loose_value(span: Span, scope: Scope) -> bool:
    """Tells of a value behind `or` or `and` that belongs to the test before it; False where it belongs to none."""
    from leadline_dsl.mistakes.listed import list_values, tell_listed

    pieces = _pieces(scope)
    at = _index(pieces, span.start)
    listed = list_values(scope.text, pieces, at) if at else None
    if listed is None:
        return False
    if listed.loose == at:
        message, help = tell_listed(listed, pieces)
        scope.report("wrong-type", message, listed.span, help, listed.edits)
    return True


def tell_loose_name(name: Name, scope: Scope) -> bool:
    """Tells of a name that is declared nowhere and stands behind `or` like a further value: `is "US" or UK`."""
    from leadline_dsl.mistakes.listed import list_values, tell_listed
    from leadline_dsl.mistakes.pieces import TESTS

    pieces = list(_pieces(scope))
    at = _index(pieces, name.span.start)
    if not at or name.quoted or pieces[at - 1].text not in _JOINERS:
        return False
    as_text = quote_text(name.text)
    pieces[at] = Token(Piece.TEXT, as_text, *name.span)
    listed = list_values(scope.text, pieces, at)
    goes_on = at + 1 < len(pieces) and pieces[at + 1].text in (*TESTS, *"+-*/")
    if listed is None or not listed.edits or pieces[at - 2].kind is not Piece.TEXT or goes_on:
        return False
    if listed.loose == at:
        message, help = tell_listed(listed, pieces)
        scope.report("unknown-name", message, listed.span, help, (*listed.edits, Edit(name.span, as_text)))
    return True


_MORE = frozenset({"more", "over", "above", "greater", "higher", "up"})
_LESS = frozenset({"less", "under", "below", "fewer", "lower"})


def tell_or_more(name: Name, scope: Scope) -> bool:
    """Tells of `employees is 5 or more`, which only a row can say so."""
    pieces = _pieces(scope)
    at = _index(pieces, name.span.start) or 0
    if name.text not in _MORE | _LESS or at < 3 or pieces[at - 1].text != "or":
        return False
    is_number, before = pieces[at - 2].kind is Piece.NUMBER, pieces[at - 3]
    sign = ">=" if name.text in _MORE else "<="
    right = f"{sign} {pieces[at - 2].text}"
    is_sure = is_number and before.text == "is"
    span = Span(before.start, name.span.end) if is_sure else name.span
    edits = (Edit(span, right),) if is_sure else ()
    help = f"write `{right}`" if is_number else "compare with `>=`, `>`, `<=` or `<`: `employees >= 25`"
    scope.report("unknown-name", f"`… or {name.text}` stands only in rows of `points`", span, help, edits)
    return True


def tell_grouped_digits(scope: Scope) -> bool:
    """Tells of `1,000` among several values, which reads as 1 and 000: nobody writes a number so."""
    if ",0" not in scope.text:
        return False
    pieces = _pieces(scope)
    found = None
    for before, comma, after in zip(pieces, pieces[1:], pieces[2:], strict=False):
        is_glued = comma.text == "," and before.end == comma.start and comma.end == after.start
        if is_glued and before.text.isdigit() and len(before.text) <= 3 and _is_group(after.text):
            found = found or (before, after)
    if found is None:
        return False
    before, after = found
    written, right = f"{before.text},{after.text}", before.text + after.text
    scope.report(
        "syntax",
        f"`{written}` can be read in several ways",
        Span(before.start, after.end),
        f"write `{right}` for thousands, `{before.text}.{after.text}` for decimals, or a space behind the comma "
        "for two values",
    )
    return True


def _is_group(digits: str) -> bool:
    return len(digits) == 3 and digits.isdigit() and digits.startswith("0")


def tell_open_where(name: Name, scope: Scope) -> bool:
    """Tells of a property outside of the `where` before it, to which it belongs; False where there is none."""
    from leadline_dsl.mistakes.where import close_where

    pieces = _pieces(scope)
    at = _index(pieces, name.span.start)
    closed = close_where(scope.text, pieces, at, lambda name, events: _belongs(name, events, scope)) if at else None
    if closed is None:
        return False
    if closed.first == at:
        owner = next(event for event in scope.names.events.values() if event.property_named(name.text))
        scope.report(
            "misplaced-property",
            f"`{name.text}` is a property of `{owner.name}`, and stands outside of its `where`",
            name.span,
            f"put all tests of the event into parentheses: `{closed.right}`",
            closed.edits,
            [(f"`{owner.name}` is declared here", Key("event", owner.name))],
        )
    return True


def _belongs(name: str, events: Sequence[str], scope: Scope) -> bool | None:
    """Whether a name is a property of all of the events and nothing of the contact's; None for yes or no."""
    if scope.names.tells_of_contact(name):
        return False
    found = [_property(event, name, scope) for event in events]
    if not found or None in found:
        return False
    return None if found[0] is not None and found[0].type.kind is Kind.YES_NO else True


def _property(event: str, name: str, scope: Scope) -> Property | None:
    declared = scope.names.events.get(event)
    return declared.property_named(name) if declared else None


def tell_compared_count(node: Expression, operator: str, scope: Scope) -> bool:
    """Tells of `count of email_open where machine_open >= 2`, where the comparison is meant for the count."""
    pieces = _pieces(scope)
    at = _index(pieces, node.span.start) or 0
    first = at
    while first and pieces[first - 1].text == "not":
        first -= 1
    opener = next((piece.text for piece in pieces[max(0, first - 4) : max(0, first - 3)]), "")
    if first < 4 or pieces[first - 1].text != "where" or opener != "count":
        return False
    start = pieces[first].start
    tested = scope.written(Span(start, node.span.end))
    scope.report(
        "wrong-type",
        f"`{operator}` is meant for the count, and stands in the test of `{scope.written(node.span)}`",
        node.span,
        f"put the test into parentheses: `where ({tested}) {operator} …`",
        (Edit(Span(start, start), "("), Edit(Span(node.span.end, node.span.end), ")")),
    )
    return True


def is_cut_short(node: Expression, scope: Scope) -> bool:
    """Whether an amount of events stands alone only because what belongs to it stands behind `and` or `or`, which is
    told there."""
    if not isinstance(node, Count | Measure | DaysSinceEvent):
        return False
    following = _joined_behind(node.span, scope)
    if following is None or following.kind is Piece.TEXT:
        return following is not None
    events = [name.text for name in node.occurrence.events]
    return _belongs(following.text, events, scope) is not False or following.text in scope.names.events


def is_followed_by_value(span: Span, scope: Scope) -> bool:
    """Whether `or` or `and` and a value stand behind a test, which is told of the value."""
    following = _joined_behind(span, scope)
    return following is not None and following.kind is Piece.TEXT


def _joined_behind(span: Span, scope: Scope) -> Token | None:
    """The piece that `and` or `or` joins to what ends with a span."""
    pieces = _pieces(scope)
    joiner = next((index for index, piece in enumerate(pieces) if piece.start >= span.end), len(pieces))
    is_joined = joiner + 1 < len(pieces) and pieces[joiner].text in _JOINERS
    return pieces[joiner + 1] if is_joined else None


def tell_event(name: Name, scope: Scope, is_condition: bool) -> None:
    """Tells of an event that stands where a condition or an amount belongs."""
    event = write_name(name.text)
    opener, before = _event_before(name, scope)
    edits: tuple[Edit, ...] = ()
    if before is not None and opener == "no":
        either = f"any of ({before.text}, {event})"
        help = f"write `no {either}` if there is neither, `… or has {event}` if only the first is not there"
    elif before is not None and opener in ("of", "last", "first"):
        right = f"any of ({before.text}, {event})"
        help, edits = f"write `{right}`", (Edit(Span(before.start, name.span.end), right),)
    else:
        right = f"has {event}" if is_condition else f"count of {event}"
        help, edits = f"write `{right}`", (Edit(name.span, right),)
        if is_condition and before is None:
            help += f", or `for each {event}` for points every time"
    message = f"`{name.text}` is an event, and has no value of its own"
    scope.report("wrong-type", message, name.span, help, edits, [("it is declared here", Key("event", name.text))])


def _event_before(name: Name, scope: Scope) -> tuple[str, Token | None]:
    """The event that `and` or `or` joins with this one, and the word in front of it."""
    pieces = _pieces(scope)
    at = _index(pieces, name.span.start) or 0
    if at < 3 or pieces[at - 1].text not in _JOINERS or pieces[at - 2].text not in scope.names.events:
        return "", None
    return pieces[at - 3].text, pieces[at - 2]
