"""Cases: files in a folder and a command that is run on them. A seed and a number make the same case again."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from random import Random

from random_models import draw_model

from . import data
from .damage import CHARACTERS, damaged, random_bytes
from .large_rules import HEAD, SHAPES

_EXAMPLES = Path(__file__).parents[2] / "examples"
LARGE_EVERY = 16
"""One case in so many is of up to a megabyte."""
_MEGABYTE = 1_000_000
_RULES, _CONTACTS = "rules.lead", "contacts.json"
_PLAIN = '[{"key":"a","n":3,"t":"x@a","events":[{"event":"e","at":"2026-11-01","p":"x","q":1}]},{"key":"b"}]'
_RICH = (
    '[{"id":"a","n":3,"m":-4,"t":"' + "a" * 40 + 'b","d":"2026-01-01","y":true,"z":false,"l":["v1"],"c":"a",'
    '"events":[{"event":"e","at":"2026-11-01","p":"x","q":1,"y":true},{"event":"f","at":"2026-11-20","p":"aab"}]}]'
)


@dataclass(frozen=True, slots=True)
class Case:
    """`files` by name; `words` of the command; `given` on standard input."""

    title: str
    files: dict[str, bytes]
    words: tuple[str, ...]
    given: bytes = b""


def make_case(seed: int, number: int) -> Case:
    """The case of a number: one in so many is large, and neighbours among the large ones have other shapes."""
    random = Random(f"{seed} {number}")
    if number % LARGE_EVERY == 0:
        shapes = _large_cases()
        order = Random(seed).sample(range(len(shapes)), len(shapes))
        return shapes[order[number // LARGE_EVERY % len(shapes)]](random)
    return random.choice(_SMALL)(random)


# ---- small


def _rules_command(random: Random) -> tuple[str, ...]:
    return random.choice(
        (
            ("check", _RULES),
            ("check", _RULES, "--format", "json"),
            ("check", _RULES, "--format", "sarif", "--strict"),
            ("check", _RULES, "--format", "github", "--only", "LL1,unknown-name"),
            ("check", _RULES, "--color", "always"),
            ("check", "-"),
            ("check", _RULES, "--contacts", _CONTACTS, "--format", "json"),
            ("fmt", _RULES),
            ("fmt", "--check", _RULES),
            ("fmt", "--diff", _RULES),
            ("fmt", "-"),
            ("score", _RULES, "--contacts", _CONTACTS, "--format", "jsonl"),
            ("explain", _RULES, "--contacts", _CONTACTS, "--id", "a"),
            ("compile", _RULES, "--to", random.choice(("json", "python", "javascript"))),
            ("compile", _RULES, "--to", "sql", "--dialect", random.choice(("duckdb", "sqlite", "postgres"))),
        )
    )


def _data_command(random: Random, contacts: str, events: str | None) -> tuple[str, ...]:
    words = random.choice(
        (
            ("score", _RULES, "--format", "table"),
            ("score", _RULES, "--format", "jsonl"),
            ("score", _RULES, "--format", "jsonl", "--explain"),
            ("score", _RULES, "--format", "csv", "--bad-rows", "bad.csv", "--strict"),
            ("score", _RULES, "--format", "jsonl", "--bad-rows", "bad.jsonl"),
            ("score", _RULES, "--format", "jsonl", "--output", "out.jsonl", "--engine", "python"),
            ("explain", _RULES, "--id", "a"),
            ("explain", _RULES, "--id", random.choice(("b", "", "\u202e", "1")), "--format", "json"),
            ("check", _RULES, "--format", "json"),
            ("check", _RULES),
        )
    )
    words = (*words, "--contacts", contacts, *(("--events", events) if events else ()))
    if words[0] != "check" or random.random() < 0.3:
        as_of = random.choice(data.AS_OF).encode("utf-8", "replace").decode()
        words = (*words, "--as-of", as_of) if random.random() < 0.7 else words
    return (*words, "--dates", "d=dmy") if random.random() < 0.1 else words


def _spoilt_rules(random: Random) -> Case:
    text = _valid_rules(random)
    raw = damaged(random, text) if random.random() < 0.85 else random_bytes(random, 4000)
    words = _rules_command(random)
    files = {_RULES: raw, _CONTACTS: random.choice((_PLAIN, _RICH)).encode()}
    return Case("spoilt rules", files, words, raw if "-" in words else b"")


def _valid_rules(random: Random) -> str:
    pick = random.random()
    if pick < 0.35:
        return random.choice(_example_files("*.lead"))
    if pick < 0.45:
        return data.RULES
    return draw_model(random, contacts=0, size=random.choice((2, 8, 12))).text


@cache
def _example_files(pattern: str) -> tuple[str, ...]:
    return tuple(path.read_text(encoding="utf-8") for path in sorted(_EXAMPLES.rglob(pattern)))


def _small_shape(random: Random) -> Case:
    name = random.choice(tuple(SHAPES))
    text = SHAPES[name](random.choice((20, 300, 3000, 12_000)))
    raw = text.encode("utf-8", "surrogatepass")
    words = _rules_command(random)
    return Case(f"rules, {name}", {_RULES: raw, _CONTACTS: _RICH.encode()}, words, raw if "-" in words else b"")


def _odd_data(random: Random) -> Case:
    makers: tuple[tuple[str, Callable[[Random], str]], ...] = (
        ("json", data.random_json),
        ("json", data.random_json),
        ("jsonl", data.random_json_lines),
        ("yaml", data.random_yaml),
        ("csv", data.random_csv),
    )
    suffix, make = random.choice(makers)
    raw = make(random).encode("utf-8", "surrogatepass")
    if random.random() < 0.25:
        raw = damaged(random, raw.decode("utf-8", "surrogatepass"))
    name = random.choice(
        (f"c.{suffix}", f"c.{suffix}", "c", "c.json", "c.csv", "c.yaml", "c.tsv", "c.xlsx", "c.parquet")
    )
    files = {_RULES: data.RULES.encode(), name: raw}
    events = None
    if random.random() < 0.3:
        events = random.choice(("ev.csv", "ev.json", "ev.jsonl", "ev.yaml"))
        maker = data.random_csv if events == "ev.csv" else data.random_json
        files[events] = maker(random).encode("utf-8", "surrogatepass")
    return Case("odd data", files, _data_command(random, name, events))


def _odd_bytes(random: Random) -> Case:
    name = random.choice(("c.csv", "c.json", "c.jsonl", "c.yaml", "c.parquet", "c.xlsx", "c.tsv", "c"))
    files = {_RULES: data.RULES.encode(), name: random_bytes(random, 3000)}
    return Case("random bytes as contacts", files, _data_command(random, name, None))


def _odd_samples(random: Random) -> Case:
    format_ = random.choice(("text", "json", "junit"))
    if random.random() < 0.5:
        raw = data.random_yaml(random).encode("utf-8", "surrogatepass")
        rules = data.RULES
    else:
        samples = random.choice(_example_files("*.yaml"))
        raw, rules = damaged(random, samples), random.choice(_example_files("*.lead"))
    return Case("odd samples", {_RULES: rules.encode(), "s.yaml": raw}, ("test", _RULES, "s.yaml", "--format", format_))


def _odd_beginning(random: Random) -> Case:
    suffix = random.choice(("json", "csv", "jsonl", "yaml"))
    make = {"csv": data.random_csv, "jsonl": data.random_json_lines, "yaml": data.random_yaml}.get(
        suffix, data.random_json
    )
    raw = make(random).encode("utf-8", "surrogatepass")
    files = {f"c.{suffix}": raw if random.random() < 0.8 else damaged(random, raw.decode("utf-8", "surrogatepass"))}
    words: tuple[str, ...] = ("init", "new", "--from", f"c.{suffix}")
    if random.random() < 0.3:
        files["e.csv"] = data.random_csv(random).encode("utf-8", "surrogatepass")
        words = (*words, "--events", "e.csv")
    return Case("a beginning from odd data", files, words)


def _odd_words(random: Random) -> Case:
    """Wrong arguments, files that are none, folders, what the system has."""
    paths = (
        "",
        ".",
        "nosuch",
        "folder",
        "/dev/null",
        "/dev/zero",
        "x" * 300,
        "a/" * 3000,
        "~",
        "-",
        "\u202e",
        "é",
        "--",
    )
    path = random.choice(paths)
    words = random.choice(
        (
            ("check", path),
            ("fmt", path),
            ("fmt", "--check", _RULES, path),
            ("score", path, "--contacts", _CONTACTS),
            ("score", _RULES, "--contacts", path, "--format", "jsonl"),
            ("score", _RULES, "--contacts", _CONTACTS, "--events", path),
            ("score", _RULES, "--contacts", _CONTACTS, "--output", path, "--format", random.choice(("csv", "parquet"))),
            ("score", _RULES, "--contacts", _CONTACTS, "--bad-rows", path),
            ("score", _RULES, "--contacts", _CONTACTS, "--dates", path),
            ("explain", _RULES, "--contacts", _CONTACTS, "--id", path),
            ("test", _RULES, path),
            ("test", path),
            ("init", path, "--from", _CONTACTS),
            ("init", "new", "--from", path),
            ("check", "--only", path, _RULES),
            ("check", "--explain", path),
            ("check", _RULES, "--as-of", path),
            ("compile", _RULES, "--to", path),
            ("compile", _RULES, "--to", "json", "--output", path),
            (path,),
            (path, path),
        )
    )
    files = {_RULES: data.RULES.encode(), _CONTACTS: _PLAIN.encode(), "folder/x.lead": b"", "é": b"+1"}
    return Case("odd words", files, words, random.choice((b"", b"[", data.RULES.encode())))


def _odd_includes(random: Random) -> Case:
    """Files that include themselves, one another, folders, devices, lists that are no texts."""
    names = ["rules.lead", "a.lead", "b.lead", "folder/c.lead", "list.txt"]
    targets = [
        *names,
        "../folder/c.lead",
        "./a.lead",
        "folder",
        ".",
        "/dev/zero",
        "/dev/null",
        "nosuch",
        "x" * 300,
        "a\\u{0}b",
    ]
    files: dict[str, bytes] = {"folder/x": b""}
    for name in names:
        lines = [f'include "{random.choice(targets)}"' for _ in range(random.randint(0, 4))]
        lines += [f'list l{random.randrange(9)} from "{random.choice(targets)}"' for _ in range(random.randint(0, 3))]
        lines += [*random.sample(HEAD.splitlines(), 5), f"score s{random.randrange(3)}", '+1 "r" when t is in l1']
        files[name] = damaged(random, "\n".join(lines)) if random.random() < 0.2 else "\n".join(lines).encode()
    files[_CONTACTS] = _PLAIN.encode()
    return Case("odd includes", files, _rules_command(random), files[_RULES])


def _include_chain(random: Random) -> Case:
    many = random.choice((3, 49, 50, 51, 400))
    files = {f"r{i}.lead": f'include "r{i + 1}.lead"\n'.encode() for i in range(many)}
    files[_RULES], files[f"r{many}.lead"] = b'include "r0.lead"\n' + data.RULES.encode(), b"events\nz\n"
    return Case(
        f"a chain of {many} includes", {**files, _CONTACTS: _PLAIN.encode()}, _rules_command(random), files[_RULES]
    )


def _odd_characters(random: Random) -> Case:
    """Every kind of character where a name, a text or a comment stands."""

    def some() -> str:
        return "".join(
            random.choice(CHARACTERS[:45])
            if random.random() < 0.4
            else chr(random.choice((random.randrange(0xD800), random.randrange(0xE000, 0x110000))))
            for _ in range(random.randint(1, 8))
        )

    text = (
        f'model "{some()}", time zone "{random.choice(("UTC", some()))}"\ncontact\n  `{some()}`: text from "{some()}"\n'
        f"  {some()}: number\n  t: text\nevents\n  `{some()}` with {some()}: text\n# {some()}\nscore `{some()}`\n"
        f'  +1 "{some()}" when t is "{some()}" because "{some()}"\n  +1 "b" when t matches "{some()}"\n{some()}\n'
    )
    raw = text.encode("utf-8", "surrogatepass")
    words = _rules_command(random)
    return Case("odd characters", {_RULES: raw, _CONTACTS: _PLAIN.encode()}, words, raw if "-" in words else b"")


_SMALL: tuple[Callable[[Random], Case], ...] = (
    *[_spoilt_rules] * 6,
    *[_small_shape] * 4,
    *[_odd_data] * 5,
    _odd_bytes,
    *[_odd_samples] * 2,
    _odd_beginning,
    *[_odd_words] * 2,
    _odd_includes,
    _include_chain,
    *[_odd_characters] * 2,
)


# ---- large


@cache
def _large_cases() -> tuple[Callable[[Random], Case], ...]:
    rules = tuple(_large_rules(name) for name in SHAPES if not name.startswith("small pattern"))
    contacts = tuple(_large_contacts(name) for name in data.LARGE)
    return (*rules, *contacts, *(_large_events(name) for name in data.LARGE_EVENTS))


def _large_rules(name: str) -> Callable[[Random], Case]:
    def make(random: Random) -> Case:
        raw = SHAPES[name](_MEGABYTE).encode("utf-8", "surrogatepass")[:_MEGABYTE]
        words = random.choice(
            (
                ("check", _RULES),
                ("check", _RULES, "--format", "json"),
                ("check", _RULES, "--format", random.choice(("sarif", "github"))),
                ("fmt", _RULES),
                ("fmt", "--diff", _RULES),
                ("score", _RULES, "--contacts", _CONTACTS, "--format", "jsonl", "--explain"),
                ("explain", _RULES, "--contacts", _CONTACTS, "--id", "a"),
            )
        )
        return Case(f"a megabyte of rules, {name}", {_RULES: raw, _CONTACTS: _RICH.encode()}, words)

    return make


def _large_contacts(name: str) -> Callable[[Random], Case]:
    suffix, shape = data.LARGE[name]

    def make(random: Random) -> Case:
        raw = shape(_MEGABYTE).encode("utf-8", "surrogatepass")[:_MEGABYTE]
        file = f"c.{suffix}"
        words = random.choice(
            (
                _data_command(random, file, None),
                ("test", _RULES, file, "--format", random.choice(("text", "json", "junit")))
                if suffix in ("yaml", "json")
                else ("score", _RULES, "--contacts", file),
                ("init", "new", "--from", file),
            )
        )
        return Case(f"a megabyte of contacts, {name}", {_RULES: data.RULES.encode(), file: raw}, words)

    return make


def _large_events(name: str) -> Callable[[Random], Case]:
    suffix, shape = data.LARGE_EVENTS[name]

    def make(random: Random) -> Case:
        raw = shape(_MEGABYTE).encode("utf-8")[:_MEGABYTE]
        files = {_RULES: data.RULES.encode(), _CONTACTS: _PLAIN.encode(), f"e.{suffix}": raw}
        return Case(f"a megabyte of events, {name}", files, _data_command(random, _CONTACTS, f"e.{suffix}"))

    return make
