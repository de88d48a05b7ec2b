"""Escapes: `\\n`, `\\x{20AC}`, `\\d`, `\\p{Greek}`."""

import re
from typing import NoReturn

from leadline_compiler.patterns.casing import close_under_case
from leadline_compiler.patterns.classes import LETTER_CLASSES, PROPERTY_NAMES, property_ranges
from leadline_compiler.patterns.cursor import Cursor
from leadline_compiler.patterns.errors import quoted, reject
from leadline_compiler.patterns.ranges import LAST_CODE_POINT, Ranges, complement
from leadline_compiler.patterns.scripts import SCRIPTS

CONTROLS = {"a": 0x07, "f": 0x0C, "n": 0x0A, "r": 0x0D, "t": 0x09, "v": 0x0B}
HEX = re.compile(r"\{([0-9A-Fa-f]+)\}|([0-9A-Fa-f]{2})")
OCTAL = re.compile(r"0[0-7]{0,2}|[1-7][0-7]{1,2}")
PROPERTY = re.compile(r"\{(\^?)([^}]*)\}|([A-Za-z])")

BACK_REFERENCE_HELP = "a pattern cannot ask for the same text twice; spell out the texts you expect"
REPLACEMENTS = {
    "Z": r"write `\z` or `$` for the end of the text",
    "G": r"write `\A` or `^` for the start of the text",
    "h": r"write `[ \t]` for a space or a tab",
    "H": r"write `[^ \t]` for anything but a space or a tab",
    "N": r"write `.` for any character within a line",
    "R": r"write `\r?\n` for a line break",
    "X": r"write `.` for any character within a line",
    "C": r"write `.` for any character within a line",
    "e": r"write `\x1B`",
    "u": r"write `\x{20AC}` with the character's code between braces",
    "U": r"write `\x{20AC}` with the character's code between braces",
    "E": r"it ends a text that was begun by `\Q`",
    "Q": r"inside of `[…]` put a backslash before each character on its own",
    "A": r"inside of `[…]` only characters can stand, not places",
    "z": r"inside of `[…]` only characters can stand, not places",
    "b": r"inside of `[…]` only characters can stand, not places",
    "B": r"inside of `[…]` only characters can stand, not places",
}


def read_set_escape(cursor: Cursor, ignore_case: bool) -> Ranges | None:
    """Read `\\d`, `\\W`, `\\pL`, `\\P{Greek}` and their like; None, with nothing read, if another escape comes next.

    A negated set is closed under case before it is turned around, so `\\W` never matches a variant of a letter.
    """
    letter = cursor.text[cursor.at + 1 : cursor.at + 2]
    if letter.lower() in LETTER_CLASSES:
        cursor.take(2)
        return _settled(LETTER_CLASSES[letter.lower()], letter.isupper(), ignore_case)
    if letter in ("p", "P"):
        return _read_property(cursor, ignore_case)
    return None


def _read_property(cursor: Cursor, ignore_case: bool) -> Ranges:
    start = cursor.at
    capital = cursor.take(2).endswith("P")
    found = cursor.take_match(PROPERTY)
    if found is None:
        shape = cursor.since(start)
        reject(start, cursor.at, f"{quoted(shape)} names no kind of character", f"write {quoted(shape + '{Lu}')}, say")
    caret, braced, short = found.groups()
    name = braced if short is None else short
    ranges = property_ranges(name)
    if ranges is None:
        reject(start, cursor.at, f"{quoted(name)} is no known kind of character or script", _property_help(name))
    return _settled(ranges, capital != bool(caret), ignore_case)


def _property_help(name: str) -> str:
    for known in sorted(PROPERTY_NAMES):
        if known.lower() == name.lower():
            return f"write `{known}`, with its capitals"
    return "kinds are `L` (letters), `Lu` (capitals), `N` (numbers), …; scripts are " + ", ".join(SCRIPTS)


def _settled(ranges: Ranges, negated: bool, ignore_case: bool) -> Ranges:
    closed = close_under_case(ranges) if ignore_case else ranges
    return complement(closed) if negated else closed


def read_character_escape(cursor: Cursor) -> int:
    """Read an escape that stands for one character and return its code point."""
    start = cursor.at
    if octal := OCTAL.match(cursor.text, start + 1):
        cursor.at = octal.end()
        return int(octal.group(), 8)
    letter = cursor.take(2)[1:]
    if letter == "":
        reject(start, start + 1, r"the pattern ends in a lone `\`", r"for the backslash itself write `\\`")
    if letter in CONTROLS:
        return CONTROLS[letter]
    if letter == "x":
        return _read_hex(cursor, start)
    if not letter.isascii() or (letter != "_" and letter.isalnum()):
        _reject_escape(cursor, start, letter)
    return ord(letter)


def _read_hex(cursor: Cursor, start: int) -> int:
    found = cursor.take_match(HEX)
    if found is None:
        advice = r"write two digits, as in `\x7F`, or any number of them between braces, as in `\x{20AC}`"
        reject(start, cursor.at, r"`\x` needs the code of a character", advice)
    code_point = int(found[1] or found[2], 16)
    if code_point > LAST_CODE_POINT:
        reject(start, cursor.at, f"{quoted(cursor.since(start))} is above the last character, `\\x{{10FFFF}}`")
    return code_point


def _reject_escape(cursor: Cursor, start: int, letter: str) -> NoReturn:
    shape = "\\" + letter
    if letter.isdigit() or letter in ("k", "g"):
        reject(start, cursor.at, f"the back-reference {quoted(shape)} is not supported", BACK_REFERENCE_HELP)
    advice = REPLACEMENTS.get(letter, f"to mean the character itself write {quoted(letter)}")
    reject(start, cursor.at, f"{quoted(shape)} is not supported here", advice)
