"""Text of strangers made safe to print: what steers a terminal or hides from the eye becomes a picture."""

from __future__ import annotations

import unicodedata

# Joiners stay: emoji and several scripts cannot be written without them, and they steer nothing.
_JOINERS = "\u200c\u200d"
_STEERING = frozenset({"Cc", "Cf", "Cs", "Zl", "Zp"})


def printable(text: str) -> str:
    """The text on one line, control and invisible characters shown as `␛` or `<U+202E>`."""
    return text if text.isprintable() else "".join(map(picture, as_typed(text)))


def as_typed(text: str) -> str:
    """An argument or a file's name as it was typed: where the locale is not UTF-8, Python keeps its bytes apart."""
    try:
        return text.encode("utf-8", "surrogateescape").decode("utf-8")
    except UnicodeError:
        return text


def steers(character: str) -> bool:
    """Whether a character steers a terminal or hides from the eye."""
    return not character.isprintable() and character not in _JOINERS and unicodedata.category(character) in _STEERING


def picture(character: str) -> str:
    """What stands for one character on a screen: itself, unless it steers or hides."""
    if not steers(character):
        return character
    code = ord(character)
    if code < 0x20:
        return chr(0x2400 + code)
    return "␡" if code == 0x7F else f"<U+{code:04X}>"
