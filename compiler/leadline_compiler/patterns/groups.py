"""What can follow a `(`: a plain group, `(?:`, a name, or flags."""

import re
from dataclasses import dataclass, replace

from leadline_compiler.patterns.cursor import Cursor
from leadline_compiler.patterns.errors import quoted, reject

NAMED = re.compile(r"\(\?P?<(?![=!])")
NAME = re.compile(r"(\w+)>")
FLAGS = re.compile(r"([imsU]*)(?:-([imsU]+))?([:)])")
BACK_REFERENCE = re.compile(r"\(\?P=\w*\)?")
TWO_TESTS_HELP = "write two tests and join them by `and`, or by `and not`"

UNSUPPORTED = (
    ("(?=", "look-ahead", TWO_TESTS_HELP),
    ("(?!", "look-ahead", TWO_TESTS_HELP),
    ("(?<=", "look-behind", TWO_TESTS_HELP),
    ("(?<!", "look-behind", TWO_TESTS_HELP),
    ("(?>", "the atomic group", "write `(?:`, which finds at least the same texts"),
    ("(?#", "the comment", "put the comment into the line above, after `#`"),
    ("(?|", "the branch reset", "write `(?:`"),
    ("(?(", "the conditional group", TWO_TESTS_HELP),
    ("(?P>", "the recursive group", "spell the group out again"),
    ("(?&", "the recursive group", "spell the group out again"),
    ("(?R", "the recursive group", "spell the group out again"),
)


@dataclass(frozen=True, slots=True)
class Flags:
    """The flags in force; a pattern starts with case ignored. `(?U)` is read, but greed never decides a yes or no."""

    ignore_case: bool = True
    dot_takes_newline: bool = False
    by_line: bool = False


def read_group_opening(cursor: Cursor, flags: Flags, names: set[str]) -> tuple[Flags, bool]:
    """Read from a `(` up to where the group's content starts.

    Returns the flags from here on, and whether a group was opened: `(?i)` only sets flags for the rest of the group
    it stands in. A group's name is added to `names`.
    """
    start = cursor.at
    if cursor.take_if("(?:"):
        return flags, True
    if cursor.take_match(NAMED):
        _read_name(cursor, start, names)
        return flags, True
    if not cursor.sees("(?"):
        cursor.take()
        return flags, True
    _reject_unsupported(cursor)
    cursor.take(2)
    found = cursor.take_match(FLAGS)
    if found is None:
        shape = cursor.text[start : start + 3]
        advice = r"after `(?` stands `:`, `<NAME>` or one of the flags i, m, s, U; for the bracket itself write `\(`"
        reject(start, start + len(shape), f"{quoted(shape)} is no known kind of group", advice)
    return _with_flags(flags, found[1], found[2] or ""), found[3] == ":"


def _with_flags(flags: Flags, on: str, off: str) -> Flags:
    for letters, value in ((on, True), (off, False)):
        if "i" in letters:
            flags = replace(flags, ignore_case=value)
        if "s" in letters:
            flags = replace(flags, dot_takes_newline=value)
        if "m" in letters:
            flags = replace(flags, by_line=value)
    return flags


def _read_name(cursor: Cursor, start: int, names: set[str]) -> None:
    found = cursor.take_match(NAME)
    if found is None:
        advice = "write `(?<plan>`, say; a group needs no name here, so `(` will do"
        reject(start, cursor.at, "the group's name is missing, or has other characters than letters and digits", advice)
    if found[1] in names:
        reject(start, cursor.at, f"two groups are named {quoted(found[1])}", "a group needs no name here: write `(`")
    names.add(found[1])


def _reject_unsupported(cursor: Cursor) -> None:
    start = cursor.at
    if found := cursor.take_match(BACK_REFERENCE):
        advice = "a pattern cannot ask for the same text twice; spell out the texts you expect"
        reject(start, cursor.at, f"the back-reference {quoted(found[0])} is not supported", advice)
    for opening, name, advice in UNSUPPORTED:
        if cursor.take_if(opening):
            reject(start, cursor.at, f"{name} {quoted(opening)} is not supported", advice)
