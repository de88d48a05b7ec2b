"""The formatter on random models whose layout was damaged: it loses nothing, changes nothing, and settles at once."""

from __future__ import annotations

from collections.abc import Callable
from random import Random

import pytest

from leadline_dsl.format import WIDTH, format_text
from leadline_dsl.format.width import display_width
from leadline_dsl.parser import parse
from leadline_dsl.source import Source
from leadline_dsl.statements import Statement
from leadline_dsl.syntax import Node
from leadline_dsl.tokens import Piece, scan
from random_models import draw_model

MODELS = range(40)
SPACES = (" ", " ", "  ", "\t", "\u3000", "\u00a0")
COMMENTS = (
    "# why",
    "#",
    '#! 理由: "x" and # more',
    "# allow implied-rule: agreed",
    '# +5 "not a rule" when true',
    "# причина",
)


def nodes_of(text: str) -> list[Node | None]:
    return [item.parsed.node for item in parse(Source("a.lead", text)).statements]


def comments_of(text: str) -> list[str]:
    return [token.text.rstrip() for token in scan(text) if token.kind is Piece.COMMENT]


def formatted(text: str) -> str:
    result = format_text(Source("a.lead", text))
    assert not result.refused
    return result.text


def model(seed: int) -> str:
    return draw_model(Random(seed)).text.replace("\r\n", "\n")


def relaid(random: Random, statement: Statement, separators: Callable[[], str]) -> str:
    """A statement with other space between its pieces; comments inside of it stay with their line ends."""
    tokens = scan(statement.text)
    text = ""
    for index, token in enumerate(tokens):
        before = statement.text[tokens[index - 1].end : token.start] if index else ""
        is_tied = token.kind is Piece.COMMENT or (index and tokens[index - 1].kind is Piece.COMMENT)
        glued = index == 1 and tokens[0].text in ("+", "-")
        text += (before if is_tied or glued or not index else separators()) + token.text
    return text


def damaged(random: Random, text: str, separators: Callable[[], str], between: Callable[[], str]) -> str:
    """The text with each statement relaid, unless it would be read as something else, and more between statements."""
    parts: list[str] = []
    nodes = nodes_of(text)
    end = 0
    for item in parse(Source("a.lead", text)).statements:
        statement = item.statement
        gap = text[end : statement.start]
        laid = relaid(random, statement, separators)
        # Where it stands, it must be read as before: a word alone on its line may mean an event inside `events`.
        tail = text[statement.start + len(statement.text) :]
        reads = nodes_of("".join(parts) + gap + laid + tail) == nodes
        parts += (gap.rstrip(" \t"), between(), random.choice(("", " ", "\t", "        ")))
        parts.append(laid if reads else statement.text)
        end = statement.start + len(statement.text)
    return "".join(parts) + text[end:]


@pytest.mark.parametrize("seed", MODELS)
def test_a_file_laid_out_anew_means_the_same_and_keeps_every_comment(seed: int) -> None:
    random = Random(seed)
    text = model(seed)

    def separators() -> str:
        if random.random() < 0.1:
            return random.choice(("\n", "\n\n", "\n \t"))
        if random.random() < 0.03:
            return f" {random.choice(COMMENTS)}\n"
        return random.choice(SPACES)

    def between() -> str:
        return "".join(f"{random.choice(('', '  ', COMMENTS[seed % 6]))}\n" for _ in range(random.choice((0, 0, 1, 3))))

    before = damaged(random, text, separators, between)
    after = formatted(before)
    assert nodes_of(before) == nodes_of(text)
    assert nodes_of(after) == nodes_of(text)
    assert comments_of(after) == comments_of(before)
    assert formatted(after) == after


@pytest.mark.parametrize("seed", MODELS)
def test_two_layouts_of_one_file_become_the_same_text(seed: int) -> None:
    random = Random(seed)
    text = model(seed)
    other = damaged(random, text, lambda: random.choice((*SPACES, "\n")), lambda: "")
    assert formatted(other) == formatted(text)


@pytest.mark.parametrize("seed", MODELS)
def test_line_ends_stay_those_of_the_file_and_are_the_only_difference(seed: int) -> None:
    text = model(seed)
    assert formatted(text.replace("\n", "\r\n")) == formatted(text).replace("\n", "\r\n")


@pytest.mark.parametrize("seed", MODELS)
def test_lines_are_tidy(seed: int) -> None:
    after = formatted(model(seed))
    lines = after.removesuffix("\n").split("\n")
    assert all(line == line.rstrip() for line in lines)
    assert "\n\n\n" not in after
    assert lines[0]
    assert lines[-1]
    for line in lines:
        code = line[: next((token.start for token in scan(line) if token.kind is Piece.COMMENT), len(line))].rstrip()
        longest = max((display_width(token.text) for token in scan(code)), default=0)
        assert display_width(code) <= WIDTH or longest > 20


@pytest.mark.parametrize("seed", MODELS)
def test_a_statement_that_cannot_be_read_stays_as_it_was_written(seed: int) -> None:
    random = Random(seed)
    lines = model(seed).split("\n")
    faulty = (
        '  +5   "No end',
        "stage   when =  ,",
        '\t-3 "Odd" for  each',
        "   score 9 9   ",
        "grade  of  of",
        '  "A"   from',
    )
    for _ in range(3):
        lines.insert(random.randrange(len(lines) + 1), random.choice(faulty))
    before = "\n".join(lines)
    after = formatted(before)
    assert nodes_of(after) == nodes_of(before)
    unread = [item.statement for item in parse(Source("a.lead", before)).statements if item.parsed.node is None]
    for statement in unread:
        assert statement.text in after
    assert formatted(after) == after
