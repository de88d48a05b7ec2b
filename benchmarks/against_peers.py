"""Scores one contact at a time by other engines, by hand-written Python and by Leadline, and prints how they compare.

    pip install -e . --group peers
    python benchmarks/against_peers.py

Every engine gets the same rules and contacts (see `workload`), as `json.loads` gives them. Those that cannot count or
date events are given both done by hand-written Python (`workload.facts`), which is part of their time, as are the
clamps, the grade and the stage. Before anything is timed, each must give what the hand-written rules give. Of Leadline
and of the hand-written rules there is a second line each, for which the rules that fired are listed, with their points
and how often they counted; such lines are compared with each other. No other engine tells them. Times are CPU seconds
of the process, the best of interleaved rounds, since whatever else a machine does can only add to them. A round takes
at least 20 ms, in which the fastest score all contacts several times. Before it is timed, these do the same once: the
slowest engine has had the processor's caches for seconds, and a service has no such neighbour. For the same reason
every table is made by a process of its own: in memory that thousands of expressions left in pieces, look-ups are slow.
"""

from __future__ import annotations

import argparse
import importlib
import os
import subprocess
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

_ROOT = Path(__file__).parents[1]
sys.path[:0] = [str(_ROOT / room) for room in ("grammars", "dsl", "compiler", "tui")]
sys.setrecursionlimit(20_000)

from workload.by_hand import build_by_hand  # noqa: E402
from workload.contacts import AS_OF, draw_contacts, with_parsed_times  # noqa: E402
from workload.facts import build_finish, write_lines  # noqa: E402
from workload.rules_text import write_rules  # noqa: E402
from workload.specs import Spec, draw_specs  # noqa: E402

Scoring = Callable[[dict[str, Any]], Any]

_PEERS = {
    "datalogic": "datalogic-py (JSONLogic, Rust)",
    "zen": "zen-engine (Rust)",
    "cel_rust": "common-expression-language (CEL, Rust)",
    "rule_engine": "rule-engine",
    "cel_python": "cel-python",
}
_MOST_SECONDS = 8.0
"""An engine that needs longer for a round scores fewer contacts of it."""
_LEAST_SECONDS = 0.02
"""A round takes at least so long. The fastest are through all contacts in a tenth of it, and a span as short as that
tells as much of what else the machine does."""
_SHORT = 0.002
"""Seconds a contact below which what was scored in between still shows in the caches."""


@dataclass
class Entrant:
    """Who scores: what it is called, and the CPU seconds a contact of each round."""

    name: str
    score: Scoring
    contacts: list[dict[str, Any]]
    lists_rules: bool = False
    seconds: list[float] = field(default_factory=list)

    @property
    def best(self) -> float:
        return min(self.seconds)


def main() -> None:
    """Prints a table for each number of rules."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--rules", type=int, nargs="+", default=[25, 250, 2_500])
    parser.add_argument("--contacts", type=int, default=100)
    parser.add_argument("--rounds", type=int, default=7)
    parser.add_argument("--times", nargs="+", choices=("text", "parsed"), default=["text", "parsed"])
    parser.add_argument("--peers", nargs="+", choices=_PEERS, default=list(_PEERS))
    options = parser.parse_args()
    tables = [(rules, times) for rules in options.rules for times in options.times]
    if len(tables) == 1:
        _compare(*tables[0], options)
        return
    print(f"load of the machine: {os.getloadavg()[0]:.1f}", flush=True)
    same = ["--contacts", str(options.contacts), "--rounds", str(options.rounds), "--peers", *options.peers]
    for rules, times in tables:
        words = [sys.executable, __file__, "--rules", str(rules), "--times", times, *same]
        subprocess.run(words, check=True)


def _compare(rules: int, times: str, options: argparse.Namespace) -> None:
    """Prints one table."""
    contacts = draw_contacts(options.contacts)
    if times == "parsed":
        contacts = [with_parsed_times(contact) for contact in contacts]
    entrants = _entrants(draw_specs(rules), times, contacts, options.peers)
    for _ in range(options.rounds):
        for entrant in entrants:
            entrant.seconds.append(_time(entrant))
    _print_table(f"{rules:,} rules, {times} times", entrants)


def _entrants(specs: list[Spec], times: str, contacts: list[dict[str, Any]], peers: list[str]) -> list[Entrant]:
    by_hand = build_by_hand(specs, collects=False, times=times)
    listing = build_by_hand(specs, collects=True, times=times)
    leadline = _leadline(specs)
    entrants = [
        Entrant("Leadline", leadline, contacts),
        Entrant("hand-written Python", lambda contact: by_hand(contact, AS_OF), contacts),
        Entrant("Leadline, rules that fired listed", lambda contact: leadline(contact).fired, contacts, True),
        Entrant("hand-written Python, the same", lambda contact: listing(contact, AS_OF), contacts, True),
    ]
    for contact in contacts:
        if _told(leadline(contact)) != _told_by_hand(listing(contact, AS_OF)):
            raise SystemExit(f"Leadline differs from the rules by hand at {contact['record_id']}")
    expected = [by_hand(contact, AS_OF) for contact in contacts]
    for peer in peers:
        run = _peer(peer, specs, times)
        if run is not None:
            entrants.append(_checked(_PEERS[peer], run, contacts, expected))
    return entrants


def _told(score: Any) -> tuple[Any, ...]:
    """What is compared of a score."""
    fired = sorted((rule["rule"], rule["points"], rule["times"]) for rule in score.rules)
    return score.status, score.total, score.stage, fired


def _told_by_hand(score: Any) -> tuple[Any, ...]:
    """The same of what the hand-written rules give."""
    fired = sorted((f"Rule {number}", points / 1000, times) for number, points, times in score[7])
    return score[0], score[2] / 1000, score[6], fired


def _leadline(specs: list[Spec]) -> Scoring:
    import leadline
    from leadline.scorer import Scorer

    model = leadline.check(write_rules(specs)).model
    assert model is not None, "the rules that are written here have no errors"
    scorer = Scorer(model)
    instant = int(AS_OF.timestamp()) * 1_000_000
    return lambda contact: scorer.score(contact, instant)


def _peer(peer: str, specs: list[Spec], times: str) -> Scoring | None:
    try:
        module = importlib.import_module(f"peers.{peer}")
    except ModuleNotFoundError as error:
        print(f"{_PEERS[peer]} is left out: {error}; install the dependency group `peers`")
        return None
    lines, facts = write_lines(specs, times)
    started = time.process_time()
    run = module.build(lines)
    print(f"{_PEERS[peer]}: {len(specs)} rules compiled in {time.process_time() - started:.3f} s")
    finish = build_finish(specs)

    def score(contact: dict[str, Any]) -> Any:
        known = facts(contact, AS_OF)
        return finish(known, run(known))

    return score


def _checked(name: str, score: Scoring, contacts: list[dict[str, Any]], expected: list[Any]) -> Entrant:
    """The entrant, with as many contacts as it can score in a round's time; each is compared first."""
    started, done = time.process_time(), 0
    while done < len(contacts) and time.process_time() - started < _MOST_SECONDS:
        if score(contacts[done]) != expected[done]:
            raise SystemExit(f"{name} differs from the rules by hand at {contacts[done]['record_id']}")
        done += 1
    return Entrant(name, score, contacts[:done])


def _time(entrant: Entrant) -> float:
    """CPU seconds a contact, with the contacts in the processor's caches: the fastest have scored them just before."""
    if entrant.seconds and entrant.seconds[-1] < _SHORT:
        _score_all(entrant)
    return _score_all(entrant)


def _score_all(entrant: Entrant) -> float:
    """CPU seconds a contact of a round."""
    score = entrant.score
    started, scored = time.process_time(), 0
    while True:
        for contact in entrant.contacts:
            score(contact)
        scored += len(entrant.contacts)
        taken = time.process_time() - started
        if taken >= _LEAST_SECONDS:
            return taken / scored


def _print_table(title: str, entrants: list[Entrant]) -> None:
    print(f"\n{title}\n{'':40} {'us a contact':>14} {'x by hand':>10} {'x Leadline':>10}")
    for entrant in entrants:
        ours, hand = entrants[2:4] if entrant.lists_rules else entrants[:2]
        ratios = f"{entrant.best / hand.best:>10.2f} {entrant.best / ours.best:>10.2f}"
        print(f"{entrant.name:40} {entrant.best * 1e6:>14,.1f} {ratios}")


if __name__ == "__main__":
    main()
