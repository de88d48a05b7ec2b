"""A scorer for many contacts: shared by threads, and with a memory that does not grow without end."""

from __future__ import annotations

import gc
import importlib
import pkgutil
import sys
from collections.abc import Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from random import Random
from types import FunctionType, ModuleType
from typing import Any

import pytest

import leadline
import leadline_compiler.scorer
from leadline.scorer import Scorer

AS_OF = "2026-06-15T12:00:00Z"
RULES = """
model "Many", time zone "Europe/Berlin"

contact
  title: text
  employees: number
  joined: date
  is_customer: yes/no
  tags: list of text

events
  visit with path: text, seconds: number
  order with amount: number
  note

score fit between 0 and 400
  +5 "Chief" when title contains "chief"
  +3 "Big" when employees > 500 and has visit in the last 30 days
  +2 "Tagged" when tags includes "hot"
  -9 "Customer" when is_customer
  +1 "Recent" when days since joined < 40

score interest
  group "Visits" at most 60
    +4 "Paths" for each visit in the last 60 days, at most 1 times per path
    +2 "Days" for each visit where seconds >= 20 in the last 60 days, at most 2 times per day
    +6 "Orders" for each order, up to 30 points, halving every 14 days
    +1 "Many" when count of visit where path starts with "/p" in the last 90 days >= 3
    +7 "Large" when sum of amount of order in the last 90 days > 900
    +1 "Noted" when has note in the last 30 days
    -3 "Quiet" when no any of (visit, order) in the last 14 days

stage "MQL" when total >= 20
"""


def contact(number: int) -> dict[str, Any]:
    """The contact with a number: hardly a value in it that others have, too, and some in unusual places."""
    draw = Random(number)
    events = [event(draw) for _ in range(draw.choice((0, 1, 3, 8, 20)))]
    found = {
        "id": f"c{number}",
        "title": f"{draw.choice(('Chief', 'Head'))} {draw.random()}",
        "employees": draw.choice((draw.randrange(10**6), draw.random(), str(number), None)),
        "joined": moment(draw)[:10],
        "is_customer": draw.choice((True, False, None, 1, "yes")),
        "tags": draw.sample(("hot", "cold", f"tag {number}"), draw.randrange(3)),
        "events": events,
    }
    if draw.random() < 0.3:
        found[f"key {number}"] = number
    return found


def event(draw: Random) -> dict[str, Any]:
    kind = draw.choice(("visit", "order", "note"))
    found: dict[str, Any] = {"event": kind, "at": moment(draw)}
    if kind == "visit":
        found |= {"path": f"/p{draw.randrange(10**6)}", "seconds": draw.choice((draw.randrange(10**4), draw.random()))}
    elif kind == "order":
        found |= {"amount": draw.randrange(10**5) / 100}
    if draw.random() < 0.2:
        found[f"extra {draw.randrange(10**6)}"] = None
    return found


def moment(draw: Random) -> str:
    day = f"2026-{draw.randrange(1, 7):02}-{draw.randrange(1, 29):02}"
    time = f"{draw.randrange(24):02}:{draw.randrange(60):02}:{draw.randrange(60):02}"
    return f"{day}T{time}{draw.choice(('Z', '', '+05:30'))}"


@pytest.fixture
def scorer() -> Scorer:
    model = leadline.check(RULES).model
    assert model is not None
    return Scorer(model)


@pytest.fixture
def short_memory(monkeypatch: pytest.MonkeyPatch) -> int:
    """Lets every memory of a scorer forget after so many things."""
    for module in modules():
        for name in vars(module).keys() & {"_MOST_REMEMBERED", "_MOST_SHAPES", "_MOST_TAILS"}:
            monkeypatch.setattr(module, name, 40)
    return 40


def modules() -> Iterator[ModuleType]:
    package = leadline_compiler.scorer
    for found in pkgutil.iter_modules(package.__path__, package.__name__ + "."):
        yield importlib.import_module(found.name)


def results(scorer: Scorer, contacts: Sequence[Mapping[str, Any]]) -> list[dict[str, Any]]:
    return [score.to_dict() for score in scorer.score_many(contacts, AS_OF)]


def by_interpreter(contacts: Sequence[Mapping[str, Any]]) -> list[dict[str, Any]]:
    model = leadline.check(RULES).model
    assert model is not None
    return [leadline.score(model, contact, AS_OF) for contact in contacts]


def test_many_contacts_score_as_one_by_one(scorer: Scorer) -> None:
    contacts = [contact(number) for number in range(300)]
    assert results(scorer, contacts) == by_interpreter(contacts)


def test_a_scorer_that_keeps_forgetting_scores_the_same(short_memory: int, scorer: Scorer) -> None:
    contacts = [contact(number) for number in range(300)]
    assert results(scorer, contacts) == by_interpreter(contacts)


def test_threads_share_a_scorer(short_memory: int, scorer: Scorer) -> None:
    contacts = [contact(number) for number in range(60)]
    expected = by_interpreter(contacts)
    orders = [Random(seed).sample(range(60), 60) for seed in range(6)]
    before = sys.getswitchinterval()
    sys.setswitchinterval(1e-5)
    try:
        with ThreadPoolExecutor(6) as pool:
            found = list(pool.map(lambda order: results(scorer, [contacts[n] for n in order]), orders))
    finally:
        sys.setswitchinterval(before)
    assert found == [[expected[n] for n in order] for order in orders]


def test_a_scorer_remembers_only_so_much_of_the_contacts_it_sees(short_memory: int, scorer: Scorer) -> None:
    """After as many contacts again it holds about as much as before."""
    sizes = []
    for start in (0, 500, 1000):
        for number in range(start, start + 500):
            scorer.score(contact(number), AS_OF)
        sizes.append(entries(scorer))
    assert max(sizes[1:]) < sizes[0] * 1.3


def entries(root: object) -> int:
    """How many things stand in all that can be reached from an object, apart from code."""
    waiting, seen, count = [root], {id(root)}, 0
    while waiting:
        found = waiting.pop()
        count += len(found) if isinstance(found, dict | list | set) else 0
        for other in gc.get_referents(found):
            if id(other) not in seen and not isinstance(other, type | ModuleType | FunctionType):
                seen.add(id(other))
                waiting.append(other)
    return count
