"""Writes the published cases of `conformance/` anew: draws the random ones, and asks the interpreter for the results.

In `tests/`, with Leadline installed:

python -m conformance.write_corpus                writes plans, results, random cases, the index, the coverage
python -m conformance.write_corpus --choose 36    prints seeds whose models use every construct, for SEEDS below

The cases of `conformance/hard/` are written by hand: case.json, rules.lead, contacts.jsonl. There `expect` is what a
person worked out; nothing is written where the interpreter says something else.
"""

from __future__ import annotations

import argparse
import json
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from random import Random
from typing import Any

import leadline
from conformance.shapes import Shaper
from conformance.written_cases import raw_contact
from leadline.json_text import write_json
from leadline.readers import convert_contact
from leadline_compiler.model import Model
from leadline_compiler.passes import compile_model
from leadline_compiler.plan.json_form import write_plan
from leadline_compiler.zones import parse_as_of
from random_models import draw_model
from random_models.constructs import (
    AMOUNTS,
    CONDITIONS,
    CONSTRUCTS,
    DECLARATIONS,
    LAYOUT,
    LITERALS,
    OCCURRENCES,
    RESULTS,
    RULES,
)
from random_models.model import DrawnModel

FOLDER = Path(__file__).parents[2] / "conformance"
SCORING, READING = "scoring", "reading"
SEEDS = (
    *(7014, 7018, 7023, 7046, 7051, 7064, 7082, 7099, 7105, 7123, 7137, 7141, 7143, 7161, 7171, 7179, 7190, 7201),
    *(7225, 7243, 7256, 7262, 7267, 7290, 7303, 7325, 7339, 7347, 7355, 7378, 7435, 7437, 7489, 7492, 7503, 7550),
)
READING_SEEDS = range(9000, 9008)
CONTACTS, RULES_OF_A_MODEL = 5, 14
LEAST = 3
"""In how many of the random models a construct stands at least."""
_AREAS = {
    "Lines and names": LAYOUT,
    "Literals": LITERALS,
    "Declarations": DECLARATIONS,
    "Occurrences": OCCURRENCES,
    "Conditions": CONDITIONS,
    "Amounts": AMOUNTS,
    "Rules": RULES,
    "Scores, totals, grades, exits, stages": RESULTS,
}
_MARKS = "<!-- written by write_corpus.py -->\n", "<!-- until here -->"


@dataclass(frozen=True, slots=True)
class Sources:
    """What a case is made of; all else is worked out. `drawn` is None where a person wrote it."""

    name: str
    about: str
    level: str
    as_of: str
    model: Model
    contacts: tuple[Mapping[str, Any], ...]
    drawn: DrawnModel | None = None


def build_corpus() -> dict[str, str]:
    """Every file by its path in the folder, save those that are written by hand."""
    sources = [*hard_cases(), *random_cases()]
    files: dict[str, str] = {}
    for case in sources:
        results = [leadline.score(case.model, contact, case.as_of) for contact in case.contacts]
        for contact, result in zip(case.contacts, results, strict=True):
            check_expectation(case.name, contact, result)
        files[f"{case.name}/plan.json"] = write_plan(compile_model(case.model))
        files[f"{case.name}/expected.jsonl"] = _lines(results)
        if case.drawn is not None:
            files[f"{case.name}/rules.lead"] = case.drawn.text
            files[f"{case.name}/contacts.jsonl"] = _lines(case.contacts)
    files["cases.json"] = _index(sources)
    files["README.md"] = _with_coverage((FOLDER / "README.md").read_text(encoding="utf-8"), sources)
    return files


def hard_cases() -> Iterator[Sources]:
    """The cases that are written by hand."""
    for folder in sorted((FOLDER / "hard").iterdir()):
        told = json.loads((folder / "case.json").read_text(encoding="utf-8"))
        lines = (folder / "contacts.jsonl").read_text(encoding="utf-8").split("\n")
        model = leadline.read_rules(str(folder / "rules.lead"), as_of=0).model
        assert model is not None, folder
        contacts = tuple(json.loads(line) for line in lines if line)
        yield Sources(f"hard/{folder.name}", told["about"], told["level"], told["as_of"], model, contacts)


def random_cases() -> Iterator[Sources]:
    """Random models: most with contacts as plain as can be, some with contacts as tools hand them over."""
    for number, seed in enumerate((*SEEDS, *READING_SEEDS), 1):
        level = SCORING if seed in SEEDS else READING
        drawn = draw(seed)
        model = leadline.check(drawn.text).model
        assert model is not None, seed
        shaper = Shaper(Random(seed), model.schema)
        contacts = [shaper.contact(contact) for contact in drawn.contacts]
        if level == SCORING:
            contacts = [plain_contact(contact, model, drawn.as_of) for contact in drawn.contacts]
        about = f"a random model of {len(model.rules)} rules, seed {seed}"
        yield Sources(f"random/{number:02}", about, level, drawn.as_of, model, tuple(contacts), drawn)


def draw(seed: int) -> DrawnModel:
    return draw_model(Random(seed), contacts=CONTACTS, size=RULES_OF_A_MODEL)


def plain_contact(contact: Mapping[str, Any], model: Model, as_of: str) -> dict[str, Any]:
    """The contact with what was read of it: values of their types, moments in UTC, nothing that is missing."""
    converted, _ = convert_contact(model.schema, contact, as_of=parse_as_of(as_of, model.zone))
    return raw_contact(converted, model)


def check_expectation(case: str, contact: Mapping[str, Any], result: Mapping[str, Any]) -> None:
    """Raises ValueError where a result is not what the contact's `expect` says."""
    for key, expected in contact.get("expect", {}).items():
        found = result[key]
        if isinstance(expected, dict):
            found = {name: found.get(name) for name in expected}
        if json.loads(json.dumps(found, default=float)) != expected:
            raise ValueError(f"{case}, contact {result['id']!r}: {key} is {found}, not {expected}: {result['rules']}")


def count_constructs(cases: list[Sources]) -> Counter[str]:
    """In how many of the random models each construct of the language stands."""
    return Counter(construct for case in cases if case.drawn is not None for construct in case.drawn.constructs)


def choose_seeds(pool: range, many: int) -> list[int]:
    """Seeds whose models, taken together, use every construct as evenly as can be had."""
    waiting = {seed: draw(seed).constructs for seed in pool}
    counts: Counter[str] = Counter()
    chosen: list[int] = []
    while len(chosen) < many:
        best = max(waiting, key=lambda seed: sum(1 / 8 ** counts[construct] for construct in waiting[seed]))
        counts.update(waiting.pop(best))
        chosen.append(best)
    print("in fewer models than is promised:", {name: counts[name] for name in CONSTRUCTS if counts[name] < LEAST})
    return sorted(chosen)


def _lines(values: Any) -> str:
    return "".join(f"{write_json(value)}\n" for value in values)


def _index(cases: list[Sources]) -> str:
    told = [{"case": one.name, "level": one.level, "as_of": one.as_of, "about": one.about} for one in cases]
    return "[\n" + ",\n".join(map(write_json, told)) + "\n]\n"


def _with_coverage(page: str, cases: list[Sources]) -> str:
    first, last = _MARKS
    before, after = page.partition(first)[0], page.partition(last)[2]
    return f"{before}{first}\n{_coverage(cases)}\n{last}{after}"


def _coverage(cases: list[Sources]) -> str:
    by_hand = [case for case in cases if case.drawn is None]
    many = Counter(case.level for case in cases)
    contacts = sum(len(case.contacts) for case in cases)
    counts = count_constructs(cases)
    lines = [
        f"{len(cases)} cases, {many[SCORING]} of them of level `{SCORING}` and {many[READING]} of level `{READING}`, "
        f"with {contacts} contacts.",
        "",
        "| written by hand | level | contacts | shows |",
        "| --- | --- | --- | --- |",
        *(f"| `{case.name}` | {case.level} | {len(case.contacts)} | {case.about} |" for case in by_hand),
        "",
        f"In how many of the {len(cases) - len(by_hand)} random models each construct of the language stands:",
        "",
        "| area | constructs |",
        "| --- | --- |",
    ]
    for area, names in _AREAS.items():
        told = " · ".join(f"{name} {counts[name]}" for name in names)
        lines.append(f"| {area} | {told} |")
    return "\n".join(lines) + "\n"


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--choose", type=int, metavar="N", help="print N seeds and write nothing")
    options = parser.parse_args()
    if options.choose:
        print(choose_seeds(range(7000, 7600), options.choose))
        return
    for path in FOLDER.glob("random/*/*"):
        path.unlink()
    for name, text in build_corpus().items():
        (FOLDER / name).parent.mkdir(parents=True, exist_ok=True)
        (FOLDER / name).write_text(text, encoding="utf-8", newline="\n")


if __name__ == "__main__":
    main()
