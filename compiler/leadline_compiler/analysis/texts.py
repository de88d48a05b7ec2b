"""What can be asked of one text, and whether a text exists that answers all questions as wanted.

Questions that compare with literals form a theory of pairs: if no wanted answer implies an unwanted one and no two
wanted ones exclude each other, then the text made of the longest beginning, the contained literals and the longest
end, with a character between them that no literal has, answers all of them as wanted. Patterns, and questions about
a text together with questions about its domain, go to the search over automata.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from enum import Enum
from functools import lru_cache
from typing import Final, Literal, NamedTuple, TypeAlias

from leadline_compiler.patterns import Matcher, PatternError, compile_pattern, parse_pattern
from leadline_compiler.texts import domain_of, fold, normalise_for_pattern


class TextAtom(NamedTuple):
    """A question about a text: `value` is the folded literal, the entries for `is`, the pattern for `matches`.

    `of_domain`: it is asked of what follows the last @.
    """

    kind: Literal["known", "is", "contains", "starts", "ends", "matches"]
    value: str | frozenset[str] = ""
    of_domain: bool = False


class Unknown(Enum):
    """The type of UNKNOWN, for annotations."""

    UNKNOWN = "unknown"


UNKNOWN: Final = Unknown.UNKNOWN
"""Neither an example nor a proof that there is none."""

Found: TypeAlias = str | Unknown | None
"""An example, None where there is provably none, UNKNOWN where that could not be told."""

Atoms: TypeAlias = frozenset[TextAtom]

_SPARE = "x0-z~7qj"
_SPARE_OF_LAST_RESORT = range(0x4E00, 0x4F00)


def is_true(atom: TextAtom, text: str) -> bool:
    """The answer to a question for a text as it is written."""
    if atom.kind == "matches":
        assert isinstance(atom.value, str)
        return matcher_of(atom.value).found_in(normalise_for_pattern(text))
    folded: str | None = fold(text)
    if atom.of_domain:
        folded = domain_of(folded or "")
    if not folded:
        return False
    match atom.kind:
        case "known":
            return True
        case "is":
            return folded in atom.value
        case "contains":
            return str(atom.value) in folded
        case "starts":
            return folded.startswith(str(atom.value))
        case _:
            return folded.endswith(str(atom.value))


@lru_cache(maxsize=1024)
def matcher_of(pattern: str) -> Matcher:
    """The matcher of a pattern that the resolver has read already."""
    parsed = parse_pattern(pattern)
    assert not isinstance(parsed, PatternError)
    return compile_pattern(parsed)


def answers(text: str, yes: Iterable[TextAtom], no: Iterable[TextAtom]) -> bool:
    """Whether a text answers all questions as wanted."""
    return all(is_true(atom, text) for atom in yes) and not any(is_true(atom, text) for atom in no)


@lru_cache(maxsize=262_144)
def has_no_text(yes: Atoms, no: Atoms) -> bool:
    """Whether provably no text answers as wanted; `yes` is not empty."""
    return _literals_clash(yes, no) or (_needs_search(yes, no) and find_text(yes, no) is None)


def _literals_clash(yes: Atoms, no: Atoms) -> bool:
    """Whether the answers about literals exclude each other, those about the domain for themselves."""
    for half in (False, True):
        mine = [atom for atom in yes if atom.of_domain is half and atom.kind != "matches"]
        if mine and _clash(mine, [atom for atom in no if atom.of_domain is half and atom.kind != "matches"], half):
            return True
    return False


@lru_cache(maxsize=65_536)
def find_text(yes: Atoms, no: Atoms) -> Found:
    """A text, as it may be written in the data, for which `yes` are true and `no` are false."""
    if _literals_clash(yes, no):
        return None
    for text in _candidates(yes, no):
        if answers(text, yes, no):
            return text
    if not _needs_search(yes, no):
        return UNKNOWN  # only for characters that do not stay as they are beside others
    from leadline_compiler.analysis.text_search import search

    return search(yes, no)


def _needs_search(yes: Atoms, no: Atoms) -> bool:
    """Whether the theory of pairs does not settle the question."""
    halves = {atom.of_domain or (atom.kind == "matches" and UNKNOWN) for atom in (*yes, *no)}
    return len(halves) > 1 or UNKNOWN in halves


def _values(atom: TextAtom) -> tuple[str, ...]:
    return (atom.value,) if isinstance(atom.value, str) else tuple(sorted(atom.value))


def _clash(yes: list[TextAtom], no: list[TextAtom], of_domain: bool) -> bool:
    """Whether a pair of literal answers excludes each other; `yes` is not empty, so that the text is known."""
    if any(atom.kind == "known" for atom in no):
        return True
    listed = [atom.value for atom in yes if atom.kind == "is"]
    if listed:
        if len(yes) == len(no) == 1 and no[0].kind == "is":
            return frozenset(listed[0]) <= frozenset(no[0].value)
        return not any(fold(value) != value or _fits(value, yes, no, of_domain) for value in _entries(listed))
    starts = [str(atom.value) for atom in yes if atom.kind == "starts"]
    ends = [str(atom.value) for atom in yes if atom.kind == "ends"]
    first, last = max(starts, key=len, default=""), max(ends, key=len, default="")
    if first[:1].isspace() or last[-1:].isspace() or (of_domain and any("@" in text for text in _literals(yes))):
        return True
    if not all(map(first.startswith, starts)) or not all(map(last.endswith, ends)):
        return True
    return any(_implied(atom, yes) for atom in no)


def _entries(listed: list[str | frozenset[str]]) -> list[str]:
    sets = [frozenset(value) for value in listed]
    return sorted(frozenset.intersection(*sets))


def _literals(atoms: Iterable[TextAtom]) -> Iterator[str]:
    return (str(atom.value) for atom in atoms if atom.kind in ("contains", "starts", "ends"))


def _fits(value: str, yes: list[TextAtom], no: list[TextAtom], of_domain: bool) -> bool:
    if not value or (of_domain and "@" in value):
        return False
    plain = [atom._replace(of_domain=False) for atom in yes], [atom._replace(of_domain=False) for atom in no]
    return answers(value, *plain)


def entails(one: TextAtom, other: TextAtom) -> bool | None:
    """Whether a yes to one question of literals is a yes to the other; None where that takes more than a look."""
    if one.of_domain is not other.of_domain or "matches" in (one.kind, other.kind):
        return None
    if other.kind == "known":
        return True
    if one.kind == "is":
        values = frozenset(one.value)
        if other.kind == "is":
            return values <= frozenset(other.value)
        return None
    return _implied(other, [one])


def _implied(atom: TextAtom, yes: list[TextAtom]) -> bool:
    """Whether one of the true answers makes this one true."""
    wanted = str(atom.value)
    match atom.kind:
        case "contains":
            return any(wanted in text for text in _literals(yes))
        case "starts":
            return any(other.kind == "starts" and str(other.value).startswith(wanted) for other in yes)
        case "ends":
            return any(other.kind == "ends" and str(other.value).endswith(wanted) for other in yes)
        case _:
            return False


def _candidates(yes: Atoms, no: Atoms) -> Iterator[str]:
    """Texts that are likely to do, the plain ones first; the last is sure to for literals of one half."""
    whole = [atom for atom in yes if not atom.of_domain]
    domain = [atom for atom in yes if atom.of_domain]
    spare = _spare_characters(yes | no)
    if domain:
        for host in _texts_for(domain, spare):
            yield f"{spare[0]}@{host}"
            for text in _texts_for(whole, spare):
                yield f"{text}@{host}"
                yield f"{text}{spare[0]}@{host}"
    else:
        yield from _texts_for(whole, spare)


def _texts_for(yes: list[TextAtom], spare: str) -> Iterator[str]:
    listed = [atom.value for atom in yes if atom.kind == "is"]
    if listed:
        yield from _entries(listed)
        return
    first = max((str(atom.value) for atom in yes if atom.kind == "starts"), key=len, default="")
    last = max((str(atom.value) for atom in yes if atom.kind == "ends"), key=len, default="")
    inside = sorted({str(atom.value) for atom in yes if atom.kind == "contains"})
    needed = [text for text in inside if text not in first and text not in last]
    plain = "".join(dict.fromkeys(part for part in (first, *needed, last) if part))
    yield plain or spare[0]
    yield " ".join(part for part in (first, *needed, last) if part)
    for character in spare:
        yield character.join((first, *inside, last)) if first or last or inside else character
        yield f"{character}{character.join((first, *inside, last))}{character}"


def _spare_characters(atoms: Iterable[TextAtom]) -> str:
    """Characters that occur in no literal, the readable ones first."""
    used = {character for atom in atoms for text in _values(atom) for character in text}
    free = [character for character in _SPARE if character not in used]
    return "".join(free[:2]) or next(chr(point) for point in _SPARE_OF_LAST_RESORT if chr(point) not in used)
