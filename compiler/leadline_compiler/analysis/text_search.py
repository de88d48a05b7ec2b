"""A text for questions that no theory of pairs settles: all of them are run side by side, shortest text first.

Each question is a machine that reads the text a letter at a time. A letter is a piece of raw text together with the
folded piece that it becomes: patterns read the first, literals the second. The letters stand for all others, so
that no text is found only if there is none. Where characters fold otherwise beside others (a capital H with a
macron below), there are letters for every way this can come out; a text found that way is tried in earnest, and
nothing is claimed if it fails.
"""

from __future__ import annotations

import unicodedata
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from functools import lru_cache
from itertools import pairwise
from typing import Any, NamedTuple, TypeAlias

from leadline_compiler.analysis.texts import UNKNOWN, Found, TextAtom, answers, matcher_of
from leadline_compiler.patterns import Matcher
from leadline_compiler.texts import fold_inside

MOST_STEPS = 400_000
"""States times letters that are looked at."""
_MOST_TRIED = 200
"""Texts found by the machines that are tried in earnest."""
_OTHER = "\ufdd0"
"""A folded character that no literal has (a code point that is no character)."""
_CASED = (
    range(0x41, 0x5B),
    range(0xB5, 0x2E80),
    range(0xA640, 0xAC00),
    range(0x10400, 0x10D00),
    range(0x1E900, 0x1E922),
)


class Letter(NamedTuple):
    """A piece of raw text and the folded piece that literals see.

    A letter that `opens` is merged with a mark behind it, perhaps with others between them; the mark `closes`.
    """

    raw: str
    folded: str
    role: str = ""


_Step: TypeAlias = Callable[[Any, str], Any]
_Ends: TypeAlias = Callable[[Any], bool]


class _Machine(NamedTuple):
    """`step(state, letter)` is the next state; `ends(state)` the answer where the text ends."""

    start: Any
    step: Callable[[Any, Letter], Any]
    ends: _Ends


def search(yes: frozenset[TextAtom], no: frozenset[TextAtom]) -> Found:
    """A text for which `yes` are true and `no` are false; None where there is none."""
    letters = _letters([*sorted(yes, key=_order), *sorted(no, key=_order)])
    # Most texts that there are can be spelt with letters that stay as they are; there are few of those.
    plain = [letter for letter in letters if letter.raw.isascii() and not letter.role and len(letter.raw) == 1]
    found = _search(yes, no, plain)
    return found if isinstance(found, str) else _search(yes, no, letters)


def _search(yes: frozenset[TextAtom], no: frozenset[TextAtom], letters: list[Letter]) -> Found:
    """The same with these letters alone."""
    atoms = sorted(yes, key=_order) + sorted(no, key=_order)
    machines = [_EDGES, _MERGES, *(_machine(atom) for atom in atoms)]
    wanted = [True] * (len(yes) + 2) + [False] * len(no)
    start = tuple(machine.start for machine in machines)
    seen, agenda, tried = {start}, deque([(start, "")]), 0
    while agenda:
        state, text = agenda.popleft()
        if [machine.ends(one) for machine, one in zip(machines, state, strict=True)] == wanted:
            if answers(text, yes, no):
                return text
            tried += 1
        for letter in letters:
            following = tuple(machine.step(one, letter) for machine, one in zip(machines, state, strict=True))
            if following not in seen and not _is_lost(following, wanted):
                seen.add(following)
                agenda.append((following, text + letter.raw))
        if len(seen) * len(letters) > MOST_STEPS or tried > _MOST_TRIED:
            return UNKNOWN
    return UNKNOWN if tried else None


def _order(atom: TextAtom) -> tuple[Any, ...]:
    value = (atom.value,) if isinstance(atom.value, str) else tuple(sorted(atom.value))
    return atom.kind, atom.of_domain, value


_LOST = "lost"
_SURE = "sure"
"""States that no letter leads out of: the answer is no, or yes, whatever follows."""


def _is_lost(states: tuple[Any, ...], wanted: list[bool]) -> bool:
    return any(state is _LOST if want else state is _SURE for state, want in zip(states, wanted, strict=True))


# ---- machines


def _edge(state: Any, letter: Letter) -> Any:
    """A text neither begins nor ends with a space: `start`, `inside` or, behind a space, `held`."""
    if letter.raw.isspace():
        return _LOST if state in ("start", _LOST) else "held"
    return _LOST if state is _LOST else "inside"


_EDGES = _Machine("start", _edge, lambda state: state == "inside")


def _merged(state: Any, letter: Letter) -> Any:
    """A letter that opens is closed before the next that is no mark: `free`, `open`, `closed`."""
    if letter.role == "opens":
        return _LOST if state in ("open", _LOST) else "open"
    if letter.role == "closes":
        return _LOST if state in ("free", _LOST) else "closed"
    if state == "free" or (letter.raw and unicodedata.combining(letter.raw[0])):
        return state
    return "free" if state == "closed" else _LOST


_MERGES = _Machine("free", _merged, lambda state: state in ("free", "closed"))


def _machine(atom: TextAtom) -> _Machine:
    if atom.kind == "matches":
        return _pattern_machine(matcher_of(str(atom.value)))
    start, step, ends = _literal_machine(atom)
    return _domain_machine(start, step, ends) if atom.of_domain else _folding_machine(start, step, ends)


def _folding_machine(start: Any, step: _Step, ends: _Ends) -> _Machine:
    """Reads the folded text, character by character."""

    def read(state: Any, letter: Letter) -> Any:
        for character in letter.folded:
            state = step(state, character)
        return state

    return _Machine(start, read, ends)


def _domain_machine(start: Any, step: _Step, ends: _Ends) -> _Machine:
    """Reads what follows the last @, without spaces before it. None: there was no @ yet, or nothing behind it."""

    def read(state: Any, letter: Letter) -> Any:
        for character in letter.folded:
            if character == "@":
                state = (False, start)
            elif state is not None and (state[0] or not character.isspace()):
                state = (True, step(state[1], character))
        return state

    return _Machine(None, read, lambda state: state is not None and state[0] and ends(state[1]))


def _pattern_machine(matcher: Matcher) -> _Machine:
    def read(state: Any, letter: Letter) -> Any:
        for character in letter.raw:
            if state is not _SURE:
                state = matcher.follow(state, character)
                state = _SURE if matcher.is_found(state) else state
        return state

    return _Machine(matcher.start, read, lambda state: state is _SURE or matcher.is_found_at_end(state))


def _literal_machine(atom: TextAtom) -> tuple[Any, _Step, _Ends]:
    """Reads a folded text a character at a time."""
    text = atom.value if isinstance(atom.value, str) else ""
    match atom.kind:
        case "known":
            return 0, lambda state, character: _SURE, _is_sure
        case "is":
            entries = frozenset(atom.value)
            beginnings = {entry[:end] for entry in entries for end in range(len(entry) + 1)}
            return "", lambda state, character: _grown(state, character, beginnings), lambda state: state in entries
        case "starts":
            return 0, lambda state, character: _begun(state, character, text), _is_sure
    table = _failures(text)
    inside = atom.kind == "contains"
    return (
        0,
        lambda state, character: _seen(state, character, text, table, inside),
        lambda state: state is _SURE or state == len(text),
    )


def _is_sure(state: Any) -> bool:
    return state is _SURE


def _grown(state: Any, character: str, beginnings: set[str]) -> Any:
    if state is _LOST:
        return _LOST
    grown = state + character
    return grown if grown in beginnings else _LOST


def _begun(state: Any, character: str, text: str) -> Any:
    if state is _LOST or state is _SURE:
        return state
    if text[state] != character:
        return _LOST
    return _SURE if state + 1 == len(text) else state + 1


def _failures(text: str) -> list[int]:
    """For each length of a beginning, the length of its longest proper beginning that is its end too."""
    table = [0] * (len(text) + 1)
    length = 0
    for index in range(1, len(text)):
        while length and text[index] != text[length]:
            length = table[length]
        length += text[index] == text[length]
        table[index + 1] = length
    return table


def _seen(state: Any, character: str, text: str, table: list[int], inside: bool) -> Any:
    if state is _SURE:
        return _SURE
    if state == len(text):
        state = table[state]
    while state and text[state] != character:
        state = table[state]
    state += text[state] == character
    return _SURE if inside and state == len(text) else state


# ---- letters


def _letters(atoms: list[TextAtom]) -> list[Letter]:
    """Letters that stand for all characters as far as these questions can tell them apart."""
    used = {character for atom in atoms for character in _characters(atom)} | {"@", " "}
    matchers = [matcher_of(str(atom.value)) for atom in atoms if atom.kind == "matches"]
    if not matchers:
        return [Letter(character, character) for character in sorted(used)] + [Letter(_free(used), _OTHER)]
    found: dict[tuple[Any, ...], Letter] = {}
    for letter in _all_letters(matchers, used):
        told = tuple(tuple(map(matcher.signature, letter.raw)) for matcher in matchers), letter.folded, letter.role
        found.setdefault(told, letter)
    return sorted(found.values())


def _characters(atom: TextAtom) -> Iterator[str]:
    if atom.kind != "matches":
        for text in (atom.value,) if isinstance(atom.value, str) else atom.value:
            yield from text


def _free(used: set[str]) -> str:
    return next(
        character
        for character in map(chr, (*range(0x78, 0x7B), *range(0x30, 0x3A), *range(0x4E00, 0x9FFF)))
        if character not in used
    )


def _all_letters(matchers: list[Matcher], used: set[str]) -> Iterator[Letter]:
    """Letters of every kind there is; most are alike for the questions asked."""

    def shown(folded: str) -> str:
        # A space stays one: at the beginning of a domain it is left out.
        return "".join(one if one in used or one.isspace() else _OTHER for one in folded)

    plain = [chr(point) for point in (*range(0x61, 0x7B), *range(0x30, 0x3A))]
    for character in (*sorted(used), *plain, *_representatives(matchers)):
        yield Letter(character, shown(fold_inside(character)))
    for capital in _capitals():
        yield Letter(capital, shown(fold_inside(capital)))
    if used != {"@", " "}:
        for first, second, composed in _merging_pairs():
            yield Letter(first + second, shown(composed))
            yield Letter(first, shown(composed), "opens")
            yield Letter(second, "", "closes")


def _representatives(matchers: list[Matcher]) -> Iterator[str]:
    """A character of every stretch in which the patterns tell no two apart; if there is one, one that stays as is."""
    cuts = sorted({0, 0x110000, *(cut for matcher in matchers for cut in matcher.boundaries)})
    for low, high in pairwise(cuts):
        yield next((chr(point) for point in range(low, min(high, low + 400)) if _is_plain(chr(point))), chr(low))


def _is_plain(character: str) -> bool:
    return (
        fold_inside(character) == character
        and unicodedata.category(character)[0] in "LNPS"
        and unicodedata.combining(character) == 0
    )


@lru_cache(maxsize=1)
def _capitals() -> tuple[str, ...]:
    """The characters of NFKC texts that folding changes."""
    points = (chr(point) for block in _CASED for point in block)
    return tuple(
        character
        for character in points
        if fold_inside(character) != character and unicodedata.normalize("NFKC", character) == character
    )


@lru_cache(maxsize=1)
def _merging_pairs() -> tuple[tuple[str, str, str], ...]:
    """Characters of NFKC texts that stay apart from a mark behind them until they are folded, and what then comes."""
    by_last: dict[str, list[str]] = {}
    for capital in _capitals():
        by_last.setdefault(unicodedata.normalize("NFKC", fold_inside(capital))[-1:], []).append(capital)
    return tuple(_pairs(by_last))


def _pairs(by_last: dict[str, list[str]]) -> Iterable[tuple[str, str, str]]:
    for block in _CASED:
        for composed in map(chr, block):
            parts = unicodedata.decomposition(composed).split()
            if len(parts) != 2 or not parts[0].isalnum():
                continue
            base, mark = (chr(int(part, 16)) for part in parts)
            for capital in by_last.get(base, ()):
                if unicodedata.normalize("NFKC", capital + mark) == capital + mark:
                    yield capital, mark, fold_inside(capital + mark)
