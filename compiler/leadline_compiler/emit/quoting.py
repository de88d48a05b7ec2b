"""Texts and names of users as they may stand in code."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterable

_LONGEST_SLUG = 40
_WIDTH = 110
_ESCAPES = {'"': '\\"', "\\": "\\\\", "\n": "\\n", "\t": "\\t", "\r": "\\r"}


def quote_python(text: str) -> str:
    """A Python literal; whatever cannot be seen is spelled out."""
    return _quote(text, _python_escape)


def quote_javascript(text: str) -> str:
    """A JavaScript literal; whatever cannot be seen is spelled out."""
    return _quote(text, lambda code_point: f"\\u{{{code_point:x}}}")


def _quote(text: str, escape: Callable[[int], str]) -> str:
    written = (_ESCAPES.get(char) or (char if char.isprintable() else escape(ord(char))) for char in text)
    return f'"{"".join(written)}"'


def _python_escape(code_point: int) -> str:
    if code_point <= 0xFF:
        return f"\\x{code_point:02x}"
    return f"\\u{code_point:04x}" if code_point <= 0xFFFF else f"\\U{code_point:08x}"


def slug(name: str) -> str:
    """What of a name can stand in an identifier anywhere; empty where nothing can."""
    plain = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode().lower()
    return re.sub(r"[^a-z0-9]+", "_", plain).strip("_")[:_LONGEST_SLUG].strip("_")


def camel(snake: str) -> str:
    """`first_name` as `firstName`; constants, which are in capitals, stay."""
    if snake.isupper():
        return snake
    first, *others = snake.split("_")
    return first + "".join(part.capitalize() for part in others)


def wrapped(opening: str, items: Iterable[str], closing: str) -> str:
    """Items between brackets, on several lines where one is too short."""
    lines: list[str] = []
    current = ""
    for item in items:
        if current and len(current) + len(item) > _WIDTH:
            lines.append(f"{current},")
            current = ""
        current += f", {item}" if current else item
    lines.append(current)
    if len(lines) == 1:
        return f"{opening}{current}{closing}"
    return "\n".join([opening, *(f"    {indented(line)}" for line in lines)]) + f",\n{closing}"


def indented(code: str) -> str:
    """Code whose lines, save the first, stand one step deeper. No literal spans lines, so none is changed."""
    return code.replace("\n", "\n    ")
