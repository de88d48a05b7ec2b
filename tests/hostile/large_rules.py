"""Rules files of a given size, each of one shape that costs a careless program its time, its memory or its stack."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from itertools import count

HEAD = """model "M", time zone "Europe/Berlin"
contact
  n: number
  m: number
  t: text
  d: date
  y: yes/no
  z: yes/no
  l: list of text
  c: one of "a", "b"
events
  e with p: text, q: number, y: yes/no
  f with p: text
  g with at_: date
"""
_SCORE = "score s\n"
Shape = Callable[[int], str]


def _times(size: int, piece: str) -> int:
    return max(1, size // len(piece.encode()))


def _fill(size: int, lines: Iterator[str]) -> str:
    """So many of the lines as fit into the size."""
    taken, length = [], 0
    for line in lines:
        length += len(line.encode()) + 1
        if length > size:
            break
        taken.append(line)
    return "\n".join(taken) + "\n"


def _raw(piece: str) -> Shape:
    """Nothing but one piece, again and again."""
    return lambda size: piece * _times(size, piece)


def _rule(before: str, piece: str, after: str = "") -> Shape:
    """One rule with a piece repeated in its condition."""
    return lambda size: f'{HEAD}{_SCORE}+1 "r" when {before}{piece * _times(size, piece)}{after}\n'


def _each(piece: str) -> Shape:
    """One rule with a piece repeated among its limits."""
    return lambda size: f'{HEAD}{_SCORE}+1 "r" for each e{piece * _times(size, piece)}\n'


def _giant(before: str, piece: str, after: str, head: str = HEAD + _SCORE) -> Shape:
    """One statement with one literal as long as the size allows."""
    return lambda size: f"{head}{before}{piece * _times(size, piece)}{after}\n"


def _nested(opening: str, inside: str, closing: str) -> Shape:
    """One rule whose condition is nested as deeply as the size allows."""

    def shape(size: int) -> str:
        deep = _times(size, opening + closing)
        return f'{HEAD}{_SCORE}+1 "r" when {opening * deep}{inside}{closing * deep}\n'

    return shape


def _lines(head: str, line: Callable[[int], str], tail: str = "") -> Shape:
    """Many short lines; each is handed its number."""
    return lambda size: head + _fill(size - len(head) - len(tail), map(line, count(1))) + tail


def _listed(before: str, item: Callable[[int], str], after: str = "", head: str = HEAD) -> Shape:
    """One statement with many items between commas."""

    def shape(size: int) -> str:
        items = _fill(size - len(head) - len(before) - len(after), map(item, count(1))).split("\n")
        return f"{head}{before}{', '.join(items[:-1])}{after}\n"

    return shape


def _scored(line: Callable[[int], str]) -> Shape:
    return _lines(HEAD + _SCORE, line)


def _define_chain(expression: str, *, reverse: bool = False) -> Shape:
    """Defines of which each needs the one before; `A` in the expression is its name."""

    def shape(size: int) -> str:
        written = _fill(size - 200, (f"define a{i} = {expression.replace('A', f'a{i - 1}')}" for i in count(1)))
        chain = [line for line in written.split("\n") if line]
        first = "define a0 = " + ("n" if "+" in expression else "d" if "since" in expression else "y")
        use = f"a{len(chain)}"
        is_amount = "+" in expression or "since" in expression
        rule = f'+1 "r" when {use}{" is known" if is_amount else ""}\n'
        chain = [first, *chain]
        return HEAD + "\n".join(reversed(chain) if reverse else chain) + "\n" + _SCORE + rule

    return shape


def _doubling(expression: str, levels: int) -> Shape:
    """Few defines that would unfold to 2**levels pieces."""
    is_number = "+" in expression or "*" in expression

    def shape(size: int) -> str:
        chain = ["define a0 = " + ("n" if is_number else "y")]
        chain += [f"define a{i} = {expression.replace('A', f'a{i - 1}')}" for i in range(1, levels + 1)]
        use = f"a{levels} > 1" if is_number else f"a{levels}"
        rules = f'+1 "r" when {use}\n-1 "q" when not ({use})\nstage "S" when {use}\n'
        return HEAD + "\n".join(chain) + "\n" + _SCORE + rules

    return shape


def _pattern(before: str, piece: str, after: str = "") -> Shape:
    return lambda size: f'{HEAD}{_SCORE}+1 "r" when t matches "{before}{piece * _times(size, piece)}{after}"\n'


def _small(text: str) -> Shape:
    return lambda size: HEAD + _SCORE + text + "\n"


CHARACTERS: dict[str, Shape] = {
    name: _raw(piece)
    for name, piece in {
        "spaces": " ",
        "line ends": "\n",
        "carriage returns": "\r",
        "dos line ends": "\r\n",
        "nul": "\0",
        "quotes": '"',
        "quotes on lines": '"\n',
        "backquotes": "`",
        "opening": "(",
        "closing": ")",
        "commas": ",",
        "pluses": "+",
        "spaced pluses": "+ ",
        "minuses on lines": "-\n",
        "backslashes": "\\",
        "colons": ":",
        "names with colons": "a:\n",
        "hashes": "#",
        "comments": "#\n",
        "allows": "# allow unknown-name: x\n",
        "digits": "7",
        "points of numbers": "1.",
        "dates": "2026-02-30 ",
        "a word": "a",
        "words": "when ",
        "and and": "and ",
        "not": "not ",
        "statement words": "score ",
        "statement words on lines": "score\n",
        "models": 'model "M"\n',
        "stray": "$",
        "double signs": "== ",
        "combining marks": "a\u0301\u0323",
        "only marks": "\u0301",
        "emoji": "👩\u200d❤️\u200d👩",
        "right to left": "\u202eא",
        "zero width": "\u200b",
        "line separators": "\u2028\u2029\x85\x0b\x0c",
        "wide": "漢",
        "wide signs": "＋５　「あ」\n",
        "curly quotes": "+5 “a” when y\n",
        "byte order marks": "\ufeff",
        "private": "\U0010ffff\ue000",
        "folding": "ßﬃİ",
    }.items()
}

CHAINS: dict[str, Shape] = {
    "plus one": _rule("n", " + 1", " > 3"),
    "plus names": _rule("n", " + m", " > 3"),
    "minus": _rule("n", " - 1", " > 3"),
    "times": _rule("n", " * 3", " > 3"),
    "divided": _rule("n", " / 3", " > 3"),
    "sum of products": _rule("n", " + m * 2", " > 3"),
    "and": _rule("y", " and z"),
    "or": _rule("y", " or z"),
    "and or": _rule("y", " and z or y"),
    "comparisons": _rule("n > 1", " and m <= 2"),
    "unknown names": _rule("y", " and nosuch"),
    "wrong types": _rule("y", " and n contains 3"),
    "not": _rule("", "not ", "y"),
    "is chain": _rule("n", " is"),
    "counts": _rule("y", ' and count of e where p is "x" >= 2'),
    "has": _rule("y", ' or has e where (p is "x" and q > 1) in the last 3 days'),
    "windows": _rule("has e", " in the last 3 days"),
    "huge windows": _rule("has e", " more than 999999999999 years ago"),
    "limits": _each(", at most 3 times per p"),
    "day limits": _each(", at most 3 times per day"),
    "reasons": _each(', owner "x"'),
    "minus signs": _rule("n > ", "- ", "1"),
    "broken end": _rule("y", " and z", " and"),
    "broken middle": _rule("y", " and z == 1"),
    "missing comma": _rule('c is one of "a"', ' "b"'),
    "total": lambda size: f'{HEAD}{_SCORE}+1 "r" when y\ntotal = s' + " + s" * _times(size, " + s") + "\n",
}

NESTED: dict[str, Shape] = {
    "parentheses": _nested("(", "y", ")"),
    "amount parentheses": _nested("(", "n > 1", ")"),
    "sums": _nested("(1 + ", "n", ")"),
    "not": _nested("not (", "y", ")"),
    "and": _nested("(y and ", "z", ")"),
    "where": _nested("has e where (", "y", ")"),
    "count where": _nested("count of e where (", "y", ") > 1"),
    "only opened": _nested("(", "", ""),
    "only closed": _nested("", "y", ")"),
    "any of": _nested("any of (", "e", ")"),
    "ninety": lambda size: HEAD + _SCORE + _fill(size, (f'+1 "r{i}" when {"(" * 20}y{")" * 20}' for i in count(1))),
}

LISTS: dict[str, Shape] = {
    "list": _listed("list big = ", lambda i: f'"v{i}"', '\nscore s\n+1 "r" when t is in big'),
    "list of one": _listed("list big = ", lambda i: '"v"'),
    "choices": _listed(
        "contact\nk: one of ", lambda i: f'"v{i}"', '\nscore s\n+1 "r" when k is "v7"', head='model "M"\n'
    ),
    "choices wrong": _listed(
        "contact\nk: one of ", lambda i: f'"v{i}"', '\nscore s\n+1 "r" when k is "w"', head='model "M"\n'
    ),
    "one of": _listed('score s\n+1 "r" when t is one of ', lambda i: f'"v{i}"'),
    "one of numbers": _listed('score s\n+1 "r" when n is one of ', str),
    "one of dates": _listed('score s\n+1 "r" when d is one of ', lambda i: f"20{i % 90 + 10}-01-0{i % 9 + 1}"),
    "unlisted": _listed('score s\n+1 "r" when c is one of ', lambda i: f'"v{i}"'),
    "blank": _listed('score s\n+1 "r" when c is one of ', lambda i: '" "'),
    "contains": _listed('score s\n+1 "r" when t contains any of ', lambda i: f'"v{i}"'),
    "includes": _listed('score s\n+1 "r" when l includes all of ', lambda i: f'"v{i}"'),
    "any of events": _listed('score s\n+1 "r" when has any of (', lambda i: "e", ")"),
    "unknown events": _listed('score s\n+1 "r" when has any of (', lambda i: f"e{i}", ")"),
    "properties": _listed("g with ", lambda i: f"p{i}: text", '\nscore s\n+1 "r" when has g where p1 is "x"'),
    "same properties": _listed("g with ", lambda i: "p: text"),
    "points": _lines(HEAD + _SCORE + 'points "P" by n\n', lambda i: f"+{i % 9} for {i * 2} to {i * 2 + 1}"),
    "points with gaps": _lines(HEAD + _SCORE + 'points "P" by count of e\n', lambda i: f"+1 for {i * 3}"),
    "points overlapping": _lines(HEAD + _SCORE + 'points "P" by n\n', lambda i: f"+1 for {i} to {i + 9999}"),
    "points the same": _lines(HEAD + _SCORE + 'points "P" by n\n', lambda i: "+1 for 3"),
    "points descending": _lines(HEAD + _SCORE + 'points "P" by n\n', lambda i: f"+1 for {9000000 - i}"),
    "points of texts": _lines(HEAD + _SCORE + 'points "P" by t\n', lambda i: f'+1 for "v{i}"'),
    "points in one row": _listed('score s\npoints "P" by n\n+1 for ', str),
    "points missing": _lines(HEAD + _SCORE + 'points "P" by n\n', lambda i: "+1 for missing"),
    "points otherwise": _lines(HEAD + _SCORE + 'points "P" by n\n', lambda i: "+1 otherwise"),
    "grades": _lines(HEAD + _SCORE + "grade s\n", lambda i: f'"G{i}" from {i}'),
    "same grades": _lines(HEAD + _SCORE + "grade s\n", lambda i: '"G" from 1'),
}

MANY: dict[str, Shape] = {
    "rules": _scored(lambda i: f'+1 "r{i}" when y'),
    "same rules": _scored(lambda i: '+1 "r" when y'),
    "long rules": _scored(lambda i: f'+1 "r{i}" when n > {i} and has e where (p is "x{i}") in the last {i} days'),
    "each rules": _scored(
        lambda i: f'+{i} "r{i}" for each e in the last {i} days, up to {i} points, halving every {i} minutes'
    ),
    "decays": _scored(lambda i: f'+999999999 "r{i}" for each e, losing 0.{i:06} % of what is left every 1 minutes'),
    "every rules": _scored(lambda i: f'+0.001 "r{i}" for every 0.{i:06} of n'),
    "tiny": _lines("", lambda i: "+1"),
    "tiny words": _lines("", lambda i: "x"),
    "tiny texts": _lines("", lambda i: '"x"'),
    "tiny names": _lines("contact\n", lambda i: "x: y"),
    "fields": _lines("contact\n", lambda i: f"f{i}: text"),
    "same fields": _lines("contact\n", lambda i: "f: text"),
    "mistyped fields": _lines("contact\n", lambda i: f"f{i}: txet"),
    "events": _lines("events\n", lambda i: f"e{i} with p: text"),
    "same events": _lines("events\n", lambda i: "e"),
    "scores": _lines(HEAD, lambda i: f"score s{i}"),
    "same scores": _lines(HEAD, lambda i: "score s"),
    "groups": _scored(lambda i: f'group "g{i}" at most {i}'),
    "same groups": _scored(lambda i: 'group "g"'),
    "stages": _scored(lambda i: f'stage "s{i}" when total >= {i}'),
    "same stages": _scored(lambda i: 'stage "s" when y'),
    "exits": _scored(lambda i: f'exclude "s{i}" when n is {i}'),
    "lists": _lines(HEAD, lambda i: f'list l{i} = "a"'),
    "lists from": _lines(HEAD, lambda i: f'list l{i} from "nosuch{i}.txt"'),
    "includes": _lines(HEAD, lambda i: 'include "rules.lead"'),
    "missing includes": _lines(HEAD, lambda i: f'include "nosuch{i}.lead"'),
    "ignores": _lines(HEAD, lambda i: "ignore e where y"),
    "assumes": _lines(HEAD, lambda i: f"assume n < {i}"),
    "models": _lines("", lambda i: f'model "M{i}"'),
    "unused defines": _lines(HEAD, lambda i: f"define a{i} = n > {i}"),
    "same defines": _lines(HEAD, lambda i: "define a = n > 1"),
    "defines in a circle": _lines(
        HEAD + "define a0 = b\ndefine b = a1\n", lambda i: f"define a{i} = a{i - 1} and a{i + 1}"
    ),
    "unknown names": _scored(lambda i: f'+1 "r{i}" when emplyees{i} > 3'),
    "near names": _lines(
        HEAD + "".join(f"define employees_{i:04} = n\n" for i in range(3000)) + _SCORE,
        lambda i: f'+1 "r{i}" when employes_{i} > 3',
    ),
    "unknown events": _scored(lambda i: f'+1 "r{i}" when has pageview{i}'),
    "wrong types": _scored(lambda i: f'+1 "r{i}" when n contains "{i}"'),
    "mixed": _scored(lambda i: f'+1 "r{i}" when y or z and n > {i}'),
    "syntax errors": _scored(lambda i: f'+1 "r{i}" if n => {i}'),
    "other errors": _scored(lambda i: f'+{i} "r{i}" when n is not one of {i}'),
    "unclosed": _scored(lambda i: f'+1 "r{i} when y'),
    "misspelt": _scored(lambda i: f'stgae "r{i}" when y'),
    "reviews": _scored(lambda i: f'+1 "r{i}" when y review by 2020-01-01'),
    "total wins": _scored(lambda i: "total = s + s between 5 and 3"),
    "one line of rules": _giant("", '+1 "r" when y ', ""),
    "continued": _scored(lambda i: "and y" if i > 1 else '+1 "r" when y'),
    "comment each line": _scored(lambda i: f'+1 "r{i}" # c\nwhen # d\ny # e'),
}

GIANTS: dict[str, Shape] = {
    "text": _giant('+1 "r" when t is "', "x", '"'),
    "title": _giant('+1 "', "x", '" when y'),
    "spaced title": _giant('+1 "', "x ", '" when y'),
    "escapes": _giant('+1 "', "\\\\", '" when y'),
    "wrong escape": _giant('+1 "', "\\\\\\n", '\\q" when y'),
    "unicode escapes": _giant('+1 "', "\\u{1F600}", '" when y'),
    "model": _giant('model "', "x", '"', ""),
    "zone": _giant('model "M", time zone "', "x", '"', ""),
    "include": _giant('include "', "x", '"', ""),
    "include up": _giant('include "', "../", 'etc/nosuch"', ""),
    "list file": _giant('list a from "', "x/", '"', HEAD),
    "field": _giant("contact\n", "x", ": text", ""),
    "field used": lambda size: f'contact\n{"x" * (size // 2)}: number\nscore s\n+1 "r" when {"x" * (size // 2)} > 1\n',
    "name": _giant('+1 "r" when ', "x", ""),
    "backquoted": _giant('+1 "r" when `', "x", "`"),
    "points": _giant("+", "9", ' "r" when y'),
    "decimals": _giant("+0.", "9", ' "r" when y'),
    "zeros": _giant("+", "0", ' "r" when y'),
    "number": _giant('+1 "r" when n > ', "9", ""),
    "small number": _giant('+1 "r" when n > 0.', "0", "1"),
    "zero number": _giant('+1 "r" when n > ', "0", "1"),
    "duration": _giant('+1 "r" when has e in the last ', "9", " days"),
    "zero duration": _giant('+1 "r" when has e in the last ', "0", "3 days"),
    "limit": _giant('+1 "r" for each e, at most ', "0", "9 times"),
    "decay": _giant('+1 "r" for each e, halving every ', "0", "9 months"),
    "percent": _giant('+1 "r" for each e, losing 0.', "3", "% of what is left every 3 days"),
    "fading": _giant('+1 "r" for each e, fading to ', "0", " over 3 days"),
    "step": _giant('+1 "r" for every 0.', "0", "3 of n"),
    "bounds": lambda size: f"{HEAD}score s between {'0' * (size // 2)}1 and {'0' * (size // 2)}2\n",
    "weight": _giant("total = ", "0", "1 * s"),
    "range": lambda size: f'{HEAD}{_SCORE}points "P" by n\n+1 for {"0" * (size // 2)}2 to {"0" * (size // 2)}1\n',
    "grade": _giant('grade s\n"A" from ', "0", "2"),
    "because": _giant('+1 "r" when y because "', "x ", '"'),
    "comment": _giant("# ", "x ", ""),
    "comment behind": _giant('+1 "r" when y # ', "x ", ""),
    "allow": _giant("# allow ", "x", ": y\nscore t"),
    "unclosed": _giant('+1 "', "x", '\n+1 "b" when y'),
    "blank before": _giant("", " ", '+1 "r" when y', ""),
    "blank between": _giant("+1", " ", '"r" when y'),
    "lines between": _giant('+1 "r"', "\n", "when y"),
    "marks": _giant('+1 "r" when a', "\u0301\u0323", ""),
    "fold": _giant('+1 "r" when t is "', "\ufdfa", '"'),
    "sorted marks": _giant('+1 "r" when t is "a', "\u0301\u0323\u0345", '"'),
}

DEFINES: dict[str, Shape] = {
    "chain of sums": _define_chain("A + 1"),
    "chain of conditions": _define_chain("A and z"),
    "chain of nots": _define_chain("not A"),
    "chain of names": _define_chain("A"),
    "chain of windows": _define_chain("latest at_ of g since A"),
    "hub": _lines(
        HEAD
        + "define hub = n"
        + "".join(f" + k{i}" for i in range(15_000))
        + "\n"
        + "".join(f"define k{i} = m\n" for i in range(15_000)),
        lambda i: f"define b{i} = hub + 1",
    ),
    "chain backwards": _define_chain("A and z", reverse=True),
    "doubled sums": _doubling("A + A", 60),
    "doubled products": _doubling("A * A", 60),
    "doubled ands": _doubling("A and A", 60),
    "doubled mixed": _doubling("(A or not A) and z", 25),
    "doubled comparisons": _doubling("A and (A or z)", 30),
    "doubled counts": _doubling("A + count of e + A", 30),
    "doubled deep": _doubling("A + A", 70),
}

PATTERNS: dict[str, Shape] = {
    "letters": _pattern("", "a"),
    "alternatives": _pattern("a", "|b"),
    "long alternatives": _pattern("abc", "|abd[xyz]*"),
    "stars": _pattern("", "a*"),
    "question marks": _pattern("", "a?"),
    "groups": lambda size: _pattern("", "(", ")" * (size // 2))(size // 2),
    "open groups": _pattern("", "("),
    "noncapturing": _pattern("", "(?:a|b)"),
    "flags": _pattern("", "(?i)"),
    "class": _pattern("[", "a-z", "]"),
    "classes": _pattern("", "[a-z]"),
    "negated classes": _pattern("", "[^\\w\\s]"),
    "open class": _pattern("[", "["),
    "dots": _pattern("", "."),
    "properties": _pattern("", "\\pL"),
    "scripts": _pattern("", "\\p{Han}"),
    "negated scripts": _pattern("", "\\P{Greek}"),
    "repeats": _pattern("", "a{1000}"),
    "wide repeats": _pattern("", "\\pL{0,100}"),
    "plus plus": _pattern("a", "+"),
    "anchors": _pattern("", "^$"),
    "words": _pattern("", "\\b"),
    "escapes": _pattern("", "\\x{10FFFF}"),
    "folding": _pattern("", "ß"),
}

SMALL_PATTERNS: dict[str, Shape] = {
    pattern: _small(f'+1 "r" when t matches "{pattern}"\n+2 "q" when has e where p matches "{pattern}"')
    for pattern in (
        "(a+)+$",
        "(a*)*b",
        "(a|aa)+$",
        "(.*)(.*)(.*)(.*)(.*)(.*)(.*)(.*)x",
        "((((((a?){10}){10}){10}){10}){10}){10}",
        "a{1000}{1000}",
        "(a{1000}){1000}",
        "((a{0,100}){0,100}){0,100}",
        "(?:a?){1000}a{1000}",
        "[\\pL\\pN]{1,1000}[\\pL]{1,1000}x",
        "\\pL{1000}",
        "(?i)(?:ſ|K|ß){500}",
        "x{99999999999999999999}",
        "x{2,1}",
        "x{-1}",
        "(?P<n>a)(?P<n>b)",
        "(?=a)",
        "\\1",
        "[z-a]",
        "[[:alpha:]",
        "\\p{NoSuch}",
        "\\Qabc",
        "(?z)",
        "(?i",
        "*",
        "a**",
        "|",
        "()",
        "(|a)*",
        "(?:)*",
        "(?:(?:)*)*",
        "(a?)*?$",
        ".{0,1000}.{0,1000}",
        "\\x{110000}",
        "\\xZZ",
        "\\C",
        "[^\\x00-\\x{10FFFF}]",
        "$^",
        "(?m)^$",
        "(?s).*.*.*.*=.*",
    )
}

SHAPES: dict[str, Shape] = {
    f"{family}: {name}": shape
    for family, shapes in {
        "characters": CHARACTERS,
        "chain": CHAINS,
        "nested": NESTED,
        "list": LISTS,
        "many": MANY,
        "giant": GIANTS,
        "defines": DEFINES,
        "pattern": PATTERNS,
        "small pattern": SMALL_PATTERNS,
    }.items()
    for name, shape in shapes.items()
}
"""Every shape by its name."""
