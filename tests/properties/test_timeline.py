"""A timeline tells what scoring at each of its instants gives, and why it is not what it was."""

from __future__ import annotations

import os
from collections import Counter
from functools import lru_cache
from itertools import islice, pairwise
from random import Random

import leadline
from leadline.readers import convert_contact
from leadline.reports.causes_said import say_terms
from leadline.reports.timeline import Timeline, make_timeline
from leadline_compiler.contacts import Contact, Event
from leadline_compiler.due import HORIZON, Courses, build_changes
from leadline_compiler.interpreter import interpret
from leadline_compiler.model import Model
from leadline_compiler.outcome import Outcome
from leadline_compiler.passes import NODE_PASSES, compile_model
from leadline_compiler.zones import DAY, parse_as_of
from properties.each_seed import ask_further, each_seed
from random_models import draw_model

LEAST = 8
"""Models of which it is judged what kinds of causes there are."""
_SEEDS = range(int(os.environ.get("LEADLINE_MODELS", LEAST)))
seed = each_seed(_SEEDS)
KINDS: dict[int, Counter[str]] = {}
"""By seed, how many causes there are of each kind."""


def read_rules(text: str, at: str = "2026-11-21") -> tuple[Model, int]:
    """The model, and the instant at which it is looked at."""
    report = leadline.check(text)
    assert report.model is not None, report.diagnostics
    as_of = parse_as_of(at, report.model.zone)
    assert as_of is not None
    return report.model, as_of


@lru_cache(maxsize=1)
def drawn(seed: int) -> list[Timeline]:
    one = draw_model(Random(f"timeline {seed}"), contacts=2, size=6)
    model, as_of = read_rules(one.text, one.as_of)
    plan = compile_model(model, NODE_PASSES)
    contacts = [convert_contact(model.schema, contact, as_of=as_of)[0] for contact in one.contacts]
    return [make_timeline(model, plan, item, as_of, as_of - 40 * DAY, as_of + 40 * DAY) for item in contacts]


def told(outcome: Outcome) -> object:
    scores = tuple(score.points for score in outcome.scores)
    grades = tuple(letter for _, letter in outcome.grades)
    return outcome.total, scores, grades, outcome.stage, outcome.status, outcome.reasons


def test_every_change_is_what_scoring_gives_from_that_instant_on(seed: int) -> None:
    for timeline in drawn(seed):
        before: object = None
        for change in timeline.changes[:12]:
            now = (change.total, change.scores, change.grades, change.stage, change.status, change.reasons)
            assert told(interpret(timeline.model, timeline.contact, change.at)) == now
            if before is not None:
                assert told(interpret(timeline.model, timeline.contact, change.at - 1)) == before
            before = now


def draw_events(random: Random, as_of: int, number: int, ages: tuple[float, float]) -> tuple[Event, ...]:
    """Events of three kinds, so many days old; those of a negative age are still to come."""
    days = [random.uniform(*ages) for _ in range(number)]
    return tuple(Event(random.choice(("seen", "heard", "left")), as_of - int(day * DAY), {}) for day in days)


_FADING = """model "Fading"
contact identified by id
  id: text
events
  seen
  heard
  left
score warm
  +{0} "Seen" for each seen, at most 9 times, losing 0.2% of what is left every 1 hour
  +{1} "Heard" for each heard, losing 1% of the original every 10 minutes, up to 30 points
  -{2} "Left" for each left, halving every 3 days
score cold at most 40, losing 0.5% of what is left every 20 minutes without any event
  +{3} "Any" for each seen
stage "Low" when total >= {4}
stage "Middle" when warm between {4} and 12
stage "High" when total >= {5}
"""


def test_a_stage_is_left_at_the_first_change_that_has_another(seed: int) -> None:
    random = Random(f"fading {seed}")
    points = [random.randint(1, 12) for _ in range(4)]
    text = _FADING.format(*points, random.randint(1, 6), random.randint(10, 20))
    model, as_of = read_rules(text)
    events = draw_events(random, as_of, 6, (-2, 6))
    plan = compile_model(model, NODE_PASSES)
    timeline = make_timeline(model, plan, Contact("1", {}, events), as_of, as_of, as_of)
    changes = build_changes(Courses(plan))(timeline.contact, as_of, as_of + HORIZON)
    following = list(islice(changes, 3000))
    left = next((one for one in following if (one.status, one.stage) != ("scored", timeline.now.stage)), None)
    if left is not None:
        assert timeline.leaving is not None
        assert (timeline.leaving.at, timeline.leaving.stage) == (left.as_of, left.stage)
    else:
        assert timeline.leaving is None or timeline.leaving.at > following[-1].as_of


def test_every_change_has_a_cause(seed: int) -> None:
    kinds = KINDS[seed] = Counter()
    for timeline in drawn(seed):
        for change in timeline.changes[1:8]:
            causes = timeline.why(change)
            assert causes, (seed, change)
            kinds.update(cause.kind for cause in causes)


def test_nearly_every_cause_of_a_change_is_a_known_one() -> None:
    ask_further(KINDS, LEAST, test_every_change_has_a_cause)
    kinds = sum(KINDS.values(), Counter[str]())
    assert {"event", "window", "decay", "days"} <= set(kinds), kinds
    assert kinds["other"] < sum(kinds.values()) / 10, kinds


_CUT = """model "Cut"
contact identified by id
  id: text
events
  seen
  heard
  left
score warm between {low} and {high}, losing {percent}% of what is left every {days} days without heard
  group "Seen" at most {cap}
    +{a} "Seen" for each seen in the last {window} days
    +{b} "First" for each seen, up to 12 points
  group "Left" at least -{floor}
    -{c} "Left" for each left, halving every 3 days
  +{d} "Heard" for each heard in the last 9 days
score cold at most 30, losing 10% of the original every {over} days without any event
  +{b} "Any" for each seen
score aside
  +{a} "Aside" for each heard
total = {weight} * warm - 0.3 * cold between 0 and {most}
stage "High" when total >= 9
disqualify "Gone" when count of left in the last 5 days >= 2
"""


def cut_timeline(seed: int) -> Timeline:
    random = Random(f"cut {seed}")
    figures = {name: random.randint(1, 12) for name in ("a", "b", "c", "d", "days", "cap", "floor", "over", "window")}
    text = _CUT.format(
        **figures,
        low=random.randint(-9, 0),
        high=random.randint(8, 40),
        percent=random.choice((7, 33, 50, "12.5")),
        weight=random.choice(("0.35", "1.5", "1", "0.333")),
        most=random.randint(5, 30),
    )
    model, as_of = read_rules(text)
    events = draw_events(random, as_of, 9, (-20, 20))
    plan = compile_model(model, NODE_PASSES)
    return make_timeline(model, plan, Contact("1", {}, events), as_of, as_of - 25 * DAY, as_of + 40 * DAY)


def test_what_is_told_of_a_change_adds_up_to_the_change_of_the_total(seed: int) -> None:
    for timeline in [*drawn(seed), cut_timeline(seed)]:
        for before, after in list(pairwise(timeline.changes))[:25]:
            causes = timeline.why(after)
            assert sum(cause.points for cause in causes) == after.total - before.total, (after, causes)
            for most in range(1, 5):
                terms = say_terms(causes, most)
                assert len(terms) <= most
                assert sum(points for points, _ in terms) == after.total - before.total


def test_decay_caps_floors_and_weights_are_told_as_terms_of_their_own() -> None:
    kinds: Counter[str] = Counter()
    for seed in _SEEDS:
        timeline = cut_timeline(seed)
        kinds.update(cause.term for change in timeline.changes[1:40] for cause in timeline.why(change))
    told = {
        "decay of warm",
        "decay of cold",
        "cap of group Seen",
        "floor of group Left",
        "weight of warm",
        "cap of total",
    }
    assert told <= set(kinds), kinds
