"""Where statements begin.

A statement starts on a line of its own, with a starter; any other line continues the statement above it.
Starters are judged by the first pieces of a line and by the block that the line stands in, never by
indentation, so a fault in one statement cannot reach the next.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache
from typing import NamedTuple

from leadline_dsl.nodes import node
from leadline_dsl.source import Source
from leadline_dsl.tokens import Piece, Token, scan_once
from leadline_dsl.words import FOLLOWERS, STATEMENT_WORDS
from leadline_grammars import language_words

UNKNOWN = "unknown"
"""The kind of a statement that begins like none."""


SIGNS_OF_POINTS = frozenset("+-＋－−–")
"""`+` and `-`, and what people type for them: a rule begins with these too, and is told so."""


@node
class Statement:
    """A statement's kind (a start symbol of the grammar), its text, and where it begins: offset, and line from 1.

    `pieces` is how many words, signs and texts it has.
    """

    kind: str
    text: str
    start: int
    line: int
    pieces: int


class _Line(NamedTuple):
    """Where a line begins, its first three pieces without its comment, whether it ends in a comma or in `with`, where
    it ends, how many pieces it has, and for a line that begins with a sign the kind of statement that it starts."""

    indent: int
    head: tuple[Token, ...]
    open_comma: bool
    open_with: bool
    end: int
    pieces: int
    signed_kind: str | None


@lru_cache(maxsize=65536)
def _read_line(text: str) -> _Line | None:
    """None for a line that is blank or only a comment."""
    tokens = scan_once(text.strip())
    many = len(tokens) - 1 if tokens and tokens[-1].kind is Piece.COMMENT else len(tokens)
    if not many:
        return None
    last = tokens[many - 1]
    indent = len(text) - len(text.lstrip())
    head = tuple(tokens[: min(many, 3)])
    signed_kind = _signed_kind(*head) if head[0].text in SIGNS_OF_POINTS else None
    return _Line(indent, head, last.text == ",", last.text == "with", indent + last.end, many, signed_kind)


def split(source: Source) -> Iterator[Statement]:
    """All statements of a source in order. Comments and blank lines between statements belong to none."""
    kind, start, line_number, end, pieces = "", 0, 0, 0, 0
    block = ""
    comma = open_with = False
    for (number, offset, line), following in _pairs(source):
        starts = _kind_of(line, following, block, comma, open_with) or ("" if kind else _first_kind(line.head[0].text))
        if starts:
            if kind:
                yield Statement(kind, source.text[start:end], start, line_number, pieces)
            kind, start, line_number, pieces = starts, offset + line.indent, number, 0
            block = _block_after(starts, line.head[0].text, block)
        end = offset + line.end
        pieces += line.pieces
        comma, open_with = line.open_comma, line.open_with
    if kind:
        yield Statement(kind, source.text[start:end], start, line_number, pieces)


def _pairs(source: Source) -> Iterator[tuple[tuple[int, int, _Line], _Line | None]]:
    """Every line that is not blank, with its number and offset, and the next such line."""
    held: tuple[int, int, _Line] | None = None
    offset = 0
    for number, text in enumerate(source.text.split("\n"), 1):
        line = _read_line(text)
        if line is not None:
            if held is not None:
                yield held, line
            held = (number, offset, line)
        offset += len(text) + 1
    if held is not None:
        yield held, None


def _first_kind(word: str) -> str:
    """The kind of a first line that has the shape of none: there is nothing above that it could go on with."""
    if word in STATEMENT_WORDS:
        return _kind_of_word(word)
    return "rule_statement" if word in SIGNS_OF_POINTS else UNKNOWN


def _meant_word(word: str) -> str:
    # Imported where a line is wrong: what explains mistakes takes longer to load than a file takes to read.
    from leadline_dsl.mistakes import meant_word

    return meant_word(word)


_BLOCKS = {
    "contact_statement": "contact",
    "field_statement": "contact",
    "events_statement": "events",
    "event_statement": "events",
    "grade_statement": "grade",
    "grade_row_statement": "grade",
}


def _block_after(kind: str, word: str, block: str) -> str:
    """The block that goes on behind a statement: one whose word is misspelt opens the block that it means."""
    if kind == "field_statement":
        return block
    if kind == UNKNOWN:
        kind = f"{_meant_word(word)}_statement"
    return _BLOCKS.get(kind, "")


def _kind_of(line: _Line, following: _Line | None, block: str, after_comma: bool, after_with: bool) -> str:
    """The kind of the statement that a line starts, or "" where it continues the one above."""
    if line.signed_kind is not None:
        return "row_statement" if _is_row_below(line, following) else line.signed_kind
    first = line.head[0]
    second = line.head[1] if len(line.head) > 1 else None
    third = line.head[2] if len(line.head) > 2 else None
    if first.text in _STANDS_ALONE and second is not None and second.text == ":" and not (after_comma or after_with):
        return "field_statement" if third or _begins_type(following) else f"{first.text}_statement"
    if block == "grade" and not after_comma and _is_grade_row(first, second, third):
        return "grade_row_statement"
    if first.kind is Piece.NUMBER:
        return _unsigned_kind(second, third)
    if first.kind is Piece.TEXT:
        return "rule_statement" if _has_points_last(second, third) else ""
    if first.kind not in (Piece.WORD, Piece.QUOTED_NAME):
        return ""
    if second is None and first.text in STATEMENT_WORDS and _goes_on_below(first.text, following, block):
        return _kind_of_word(first.text)
    return _named_kind(first, second, third, block, after_comma, after_with)


_BEFORE_TEXT = frozenset(["model", "include", "group", "points", "disqualify", "exclude", "stage"])
_BEFORE_NAME = frozenset(["score", "list", "define", "grade", "ignore", "assume"])


def _goes_on_below(word: str, line: _Line | None, block: str) -> bool:
    """Whether a statement word alone on its line goes on in the next one, which by itself begins nothing."""
    if line is None or block == "events":
        return False
    first = line.head[0]
    second = line.head[1] if len(line.head) > 1 else None
    if first.kind is Piece.TEXT:
        return word in _BEFORE_TEXT and block != "grade"
    if first.text == "=":
        return word == "total"
    begins = second is not None and (second.text == ":" or first.text in STATEMENT_WORDS)
    is_name = first.kind in (Piece.WORD, Piece.QUOTED_NAME) and first.text not in FOLLOWERS
    return word in _BEFORE_NAME and is_name and not begins


def _begins_type(line: _Line | None) -> bool:
    """Whether a line goes on with a field whose type stands below its name."""
    words = [token.text for token in line.head] if line else []
    return words[:2] in (["one", "of"], ["list", "of"], ["yes", "/"]) or (
        words[:1] in (["text"], ["number"], ["date"]) and words[1:2] in ([], ["from"])
    )


def _signed_kind(sign: Token, number: Token | None = None, after: Token | None = None) -> str:
    """`+ 5 "NAME"` with a space counts as well: no sum goes on so."""
    if _is_rule_without_number(number, after):
        return "rule_statement"
    if number is None or not (number.kind is Piece.NUMBER or number.text.isdecimal()):
        return ""
    opens = after is not None and (after.kind is Piece.TEXT or after.text in ("for", "otherwise", "else", "when"))
    if number.start != sign.end and not opens:
        return ""
    is_row = after is not None and after.kind is Piece.WORD and after.text.lower() in _ROW_WORDS
    return "row_statement" if is_row else "rule_statement"


_ROW_WORDS = ("for", "otherwise", "else")
_SIGN_AND_NUMBER = 2


def _is_row_below(line: _Line, following: _Line | None) -> bool:
    """Whether points alone on their line are those of a row that goes on in the next one."""
    return line.pieces == _SIGN_AND_NUMBER and following is not None and following.head[0].text.lower() in _ROW_WORDS


def _is_rule_without_number(second: Token | None, third: Token | None) -> bool:
    """`+ "NAME" when …`, `+five "NAME"`: no sum goes on with such a text."""
    if second is None or third is None:
        return False
    return (second.kind is Piece.TEXT and third.text in ("when", "for")) or (
        second.kind is Piece.WORD and third.kind is Piece.TEXT
    )


def _unsigned_kind(second: Token | None, third: Token | None) -> str:
    """`5 "Executive" when …`, `5 for "US"`: nothing that continues a statement looks so; the sign was forgotten."""
    if second is None or third is None:
        return "row_statement" if second is not None and second.text in ("otherwise", "else") else ""
    if second.text == "when" or (second.kind is Piece.TEXT and third.kind is Piece.WORD):
        return "rule_statement"
    if second.text in ("points", "point", "pts") and third.kind is Piece.TEXT:
        return "rule_statement"
    return "row_statement" if second.text in ("for", "otherwise") else ""


def _has_points_last(sign: Token | None, number: Token | None) -> bool:
    """`"Executive" +5 when …`: a rule whose points stand in the wrong place."""
    return (
        sign is not None
        and number is not None
        and sign.text in ("+", "-")
        and number.kind is Piece.NUMBER
        and number.start == sign.end
    )


_BEFORE_BOUND = frozenset(["from", "at", ">=", ">"])


def _is_grade_row(first: Token, second: Token | None, third: Token | None) -> bool:
    """A row begins with its letter in quotes, or wrongly without them, or with its number."""
    if first.kind in (Piece.TEXT, Piece.OPEN_TEXT):
        return True
    if second is None:
        return False
    if second.kind is Piece.OPEN_TEXT:
        return first.kind is Piece.WORD
    if first.kind is Piece.NUMBER or first.text == "from":
        return Piece.TEXT in (second.kind, third.kind if third else None)
    is_bound = second.text in _BEFORE_BOUND and third is not None and third.kind is Piece.NUMBER
    return first.kind is Piece.WORD and first.text not in STATEMENT_WORDS and (is_bound or second.text == "otherwise")


def _named_kind(
    first: Token, second: Token | None, third: Token | None, block: str, after_comma: bool, after_with: bool
) -> str:
    is_field = second is not None and second.text in (":", "：")
    if is_field and first.text in ("otherwise", "else") and third is not None and third.kind in _AMOUNTS:
        return "row_statement"
    if is_field:
        return "" if after_comma or after_with else "field_statement"
    in_events = block == "events" and not after_comma
    if in_events and _declares_event(first, second, third):
        return "event_statement"
    if first.kind is Piece.WORD and first.text in STATEMENT_WORDS and _has_shape(first.text, second, third):
        return _kind_of_word(first.text)
    if in_events and _ends_events(first, second, third):
        return UNKNOWN
    if in_events and not _continues_event(first, second):
        return "event_statement"
    if not after_comma and first.text in ("otherwise", "else") and _is_amount(second, third):
        return "row_statement"
    if block == "contact" and not after_comma and second is not None and first.text not in language_words():
        return UNKNOWN if _is_misspelt_statement(first, second) else "field_statement"
    return "" if after_comma or not _starts_nothing_known(first, second, third) else UNKNOWN


def _is_misspelt_statement(first: Token, second: Token) -> bool:
    """`scor fit` below a contact's fields: no type of a field follows."""
    is_typed = second.text in _TYPE_WORDS or second.kind not in (Piece.WORD, Piece.TEXT)
    return not is_typed and _meant_word(first.text) != ""


_TYPE_WORDS = frozenset(
    {"text", "number", "yes", "date", "one", "list", "string", "bool", "boolean", "integer", "from"}
)


_AMOUNTS = (Piece.NUMBER, Piece.SIGN)


def _is_amount(second: Token | None, third: Token | None) -> bool:
    """`otherwise 0`, `otherwise +0`, `otherwise: 0`: a row that begins with its end."""
    return any(piece is not None and piece.kind is Piece.NUMBER for piece in (second, third))


def _kind_of_word(word: str) -> str:
    return "exit_statement" if word in ("disqualify", "exclude") else f"{word}_statement"


def _declares_event(first: Token, second: Token | None, third: Token | None) -> bool:
    """Whether a line inside `events` declares an event in so many words, be its name a word of the language."""
    if second is None:
        return first.text not in ("contact", "events")
    if second.text == "with":
        return third is not None and third.kind in (Piece.WORD, Piece.QUOTED_NAME)
    return second.text == "from" and third is not None and third.kind is Piece.TEXT and first.text != "list"


def _continues_event(first: Token, second: Token | None) -> bool:
    if second is None:
        return False
    return (first.text == "with" and second.kind in (Piece.WORD, Piece.QUOTED_NAME)) or (
        first.text == "from" and second.kind is Piece.TEXT
    )


def _ends_events(first: Token, second: Token | None, third: Token | None) -> bool:
    """`Score fit` inside `events`: rather a misspelt statement than an event."""
    if second is None or (third is not None and third.text == ":"):
        return False
    follows = second.kind in (Piece.TEXT, Piece.WORD) or second.text == "="
    return follows and second.text not in ("with", "from") and _meant_word(first.text) not in ("", "events")


_STANDS_ALONE = frozenset({"contact", "events"})


def _has_shape(word: str, second: Token | None, third: Token | None) -> bool:
    """Whether a statement word is followed by what belongs to its statement, or at least by nothing that could
    follow a name or a limit in a wrapped line (`points, at most …`, `total >= 65`, `grade of fit`)."""
    if second is None:
        return word in _STANDS_ALONE
    if second.text == "=":
        return word in ("total", "list", "define", "model")
    if second.kind is Piece.SIGN:
        return word == "assume" and second.text == "("
    if second.kind is Piece.WORD and second.text in FOLLOWERS:
        return (word, second.text) in _OWN_FOLLOWERS or _is_followed_name(word, second, third)
    return second.kind is not Piece.STRAY or second.text in _OTHER_QUOTES


_OTHER_QUOTES = frozenset("“”„‟«»‘’‚'「『")
"""What people type for `"`: the statement is known by it all the same, and told so."""


def _is_followed_name(word: str, second: Token, third: Token | None) -> bool:
    """Whether a word that often goes on with a name is a name itself: `define owner = …`, `assume owner is …`."""
    if third is None:
        return word in ("score", "grade")
    if word in ("define", "list"):
        return third.text in ("=", "from")
    goes_on = {"because": third.kind is Piece.TEXT, "owner": third.kind is Piece.TEXT, "review": third.text == "by"}
    return not goes_on.get(second.text, True)


_OWN_FOLLOWERS = frozenset(
    {("points", "by"), ("stage", "when"), ("disqualify", "when"), ("exclude", "when")}
    | {("group", "at"), ("group", "between")}
)


def _starts_nothing_known(first: Token, second: Token | None, third: Token | None) -> bool:
    """A word of no meaning before a text or another such word: a misspelt statement, not a wrapped line."""
    if second is None or first.kind is not Piece.WORD or first.text in language_words():
        return False
    small = first.text.lower()
    if second.text == "identified" or (small in STATEMENT_WORDS and _has_shape(small, second, third)):
        return True
    if second.kind is Piece.WORD:
        return second.text not in language_words()
    return second.kind is Piece.TEXT or second.text == "="
