"""The fenced blocks of a Markdown page. Whatever could hide an example from the tests is an error here."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

_FENCE = re.compile(r"(?P<indent> *)(?P<fence>`{3,}|~{3,})(?P<info>.*)")
_PRELUDE = re.compile(r"<!--\s*prelude\s*")
_COMMENT = re.compile(r"<!--(?!.*-->)")


class BlockError(Exception):
    """A page whose blocks cannot be told apart. `line` counts from 1."""

    def __init__(self, message: str, line: int) -> None:
        super().__init__(f"line {line}: {message}")


@dataclass(frozen=True, slots=True)
class Block:
    """A fenced block, or a prelude in a comment.

    The info string ```` ```lead fragment error=wrong-type ```` has the language `lead`, the word `fragment` and
    the option `error`. `line` is that of the opening fence, from 1; `text` ends with a line break.
    """

    language: str
    words: tuple[str, ...]
    options: Mapping[str, str]
    text: str
    line: int

    @property
    def kind(self) -> str:
        """Language and words: `lead fragment`, `console`."""
        return " ".join((self.language, *self.words))

    @property
    def last_line(self) -> int:
        """The line of the closing fence."""
        return self.line + self.text.count("\n") + 1


def read_blocks(text: str) -> list[Block]:
    """All blocks of a page in order. Raises BlockError for a fence that is open, indented, or without a language."""
    lines = text.split("\n")
    return list(_blocks(lines))


def _blocks(lines: Sequence[str]) -> Iterator[Block]:
    at = 0
    while at < len(lines):
        line = lines[at]
        fence = _FENCE.fullmatch(line)
        if _PRELUDE.fullmatch(line):
            end = _find(lines, at, "-->", "a prelude that is never closed")
            yield Block("lead", ("prelude",), {}, _joined(lines[at + 1 : end]), at + 1)
            at = end
        elif fence is not None:
            if fence["indent"]:
                raise BlockError("a fence stands at the left margin", at + 1)
            end = _find(lines, at, fence["fence"], "a fence that is never closed")
            yield _fenced(fence, lines[at + 1 : end], at + 1)
            at = end
        elif _COMMENT.search(line):
            at = _find(lines, at, "-->", "a comment that is never closed")
        elif line.startswith("    ") and at and not lines[at - 1].strip():
            raise BlockError("an example without a fence: indented text is not run", at + 1)
        at += 1


def _find(lines: Sequence[str], start: int, end: str, complaint: str) -> int:
    for at in range(start + 1, len(lines)):
        if lines[at].rstrip() == end or (end == "-->" and lines[at].rstrip().endswith(end)):
            return at
    raise BlockError(complaint, start + 1)


def _joined(lines: Sequence[str]) -> str:
    return "".join(f"{line}\n" for line in lines)


def _fenced(fence: re.Match[str], lines: Sequence[str], line: int) -> Block:
    language, *parts = fence["info"].split() or [""]
    if not language:
        raise BlockError("a block says of which language it is", line)
    words = tuple(part for part in parts if "=" not in part)
    options = dict(part.split("=", 1) for part in parts if "=" in part)
    return Block(language, words, options, _joined(lines), line)


def replace_text(page: str, block: Block, text: str) -> str:
    """The page with another text in a block; the blocks above it keep their lines."""
    lines = page.split("\n")
    return "\n".join([*lines[: block.line], *text.splitlines(), *lines[block.last_line - 1 :]])
