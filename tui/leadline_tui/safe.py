"""Text of strangers made safe to show: nothing in it is read as markup, and nothing in it reaches the terminal as a
command. Whatever comes from a file goes through here before it is shown."""

from __future__ import annotations

from functools import lru_cache

from rich.style import Style
from rich.text import Text

from leadline.render.printable import steers

_KNOWN = {0x7F: "␡", 0x85: "␤", 0x2028: "␤", 0x2029: "␤"}
_UNSEEN = "◌"
_DIRECTIONS = frozenset("\u061c\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")


def safe(value: object, style: str | Style = "") -> Text:
    """The value as a text of one line that can be shown anywhere."""
    return Text(picture(str(value)), style=style, end="", no_wrap=True)


def picture(text: str) -> str:
    """The text with a picture in the place of each character that steers a terminal or hides from the eye.

    One character stays one character, so that columns stay what they are.
    """
    return text if text.isprintable() else "".join(map(_picture, text))


def picture_line(text: str) -> str:
    """A line of a file, whose tabs are shown as the room that they take."""
    return text if text.isprintable() else "".join("\t" if c == "\t" else _picture(c) for c in text)


@lru_cache(maxsize=1024)
def _picture(character: str) -> str:
    if not steers(character):
        return character
    code = ord(character)
    if code < 0x20:
        return chr(0x2400 + code)
    if character in _DIRECTIONS:
        return "⇄"
    return _KNOWN.get(code, _UNSEEN)
