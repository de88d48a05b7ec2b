"""A contact's way through time: at each instant, only what may have changed by then is judged anew."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from heapq import heapify, heappop, heappush

from leadline_compiler.contacts import Contact, Event
from leadline_compiler.due.instants import day_steps, next_loss, passings
from leadline_compiler.due.moving import DayCount, Parts, Window, kinds_of
from leadline_compiler.execute import Scored, add_up, finish, newest_declared, start_run, sum_groups
from leadline_compiler.execute.nodes import build_nodes
from leadline_compiler.execute.rules import build_decay, build_rule, read_decay
from leadline_compiler.execute.run import Run
from leadline_compiler.plan import plan as p


class Courses:
    """What a plan does to any contact in time. The last of the parts is what follows from all rules."""

    def __init__(self, plan: p.Plan) -> None:
        self.plan = plan
        self.nodes = build_nodes(plan)
        self.judges = [build_rule(rule, self.nodes) for rule in plan.rules]
        self.decays = [build_decay(score.decay) for score in plan.scores]
        self.losses = [
            (rule.body.occurrence, rule.points, read_decay(rule.body.decay), rule.body.decay.step)
            if isinstance(rule.body, p.EachBody) and rule.body.decay is not None
            else None
            for rule in plan.rules
        ]
        self.score_losses = [
            (index, score.without, read_decay(score.decay), score.decay.step)
            for index, score in enumerate(plan.scores)
            if score.decay is not None and score.without is not None
        ]
        self._parts = Parts(plan)
        conclusion = [item.condition for item in plan.exits] + [item.condition for item in plan.stages]
        conclusion += [score.without for score in plan.scores if score.without is not None]
        self.parts = [self._parts.of([_root(rule.body)]) for rule in plan.rules] + [self._parts.of(conclusion)]

    def moments(self, node: int, events: Sequence[Event]) -> tuple[int, ...]:
        """When those of a contact's events happened that a node may see at some time."""
        occurrence = self.plan.nodes[node]
        names, where = kinds_of(self.plan, occurrence), occurrence[2]
        seen = [event for event in events if event.type in names]
        if where is not None and self._parts.is_timeless(where):
            test, zone = self.nodes[where], self.plan.schema.zone
            seen = [event for event in seen if test(Run((), (), 0, zone, event=event.values))]
        return tuple(event.at for event in seen)


def _root(body: p.Body) -> int:
    if isinstance(body, p.WhenBody):
        return body.condition
    return body.occurrence if isinstance(body, p.EachBody) else body.amount


@dataclass(frozen=True, slots=True)
class Fading:
    """A contact at an instant, with what rules give that fade, by index."""

    run: Run
    points: Mapping[int, int]


class Course:
    """A contact from an instant on, to another one at most, both in microseconds."""

    def __init__(self, courses: Courses, contact: Contact, start: int, end: int) -> None:
        self._courses = courses
        self._id = contact.id
        self._end = end
        plan = courses.plan
        self._events = newest_declared(plan, contact)
        self._ages = [-event.at for event in self._events]
        self._fields = [contact.values.get(item.name) for item in plan.schema.fields]
        self._points = [0] * len(plan.rules)
        self._groups = [0] * len(plan.groups)
        self._due: dict[tuple[bool, int], int] = {}
        self._days = [[one for one in part.moving if isinstance(one, DayCount)] for part in courses.parts]
        self._agenda = [*self._foreseen(start)]
        self._losses: list[tuple[int, int]] = []
        heapify(self._agenda)
        run = self._run(start)
        for rule in range(len(plan.rules)):
            self._judge(rule, run)
        self.now = self._conclude(run)

    @property
    def next_instant(self) -> int | None:
        """The next instant at which the result may be another one; None where there is none."""
        return min((agenda[0][0] for agenda in (self._agenda, self._losses) if agenda), default=None)

    @property
    def fades_until(self) -> int | None:
        """Up to which instant nothing but decay happens; None where there is none before that."""
        until = self._agenda[0][0] if self._agenda else self._end + 1
        return until if self._losses and self._losses[0][0] < until else None

    def step(self) -> Scored:
        """Goes to the next instant; answers what the contact is worth then."""
        instant = self.next_instant
        assert instant is not None, "there is a next one"
        return self.go(instant)

    def go(self, until: int) -> Scored:
        """Goes to an instant before which nothing but decay happens; answers what the contact is worth then."""
        parts: set[int] = set()
        for agenda in (self._agenda, self._losses):
            while agenda and agenda[0][0] <= until:
                parts.add(heappop(agenda)[1])
        run = self._run(until)
        for rule in parts - {len(self._points)}:
            self._judge(rule, run)
        self.now = self._conclude(run)
        return self.now

    def fading(self, instant: int) -> Fading:
        """The contact at such an instant."""
        run = self._run(instant)
        judged = {rule: self._courses.judges[rule](run) for rule in self._fading_rules}
        return Fading(run, {rule: 0 if found is None else found[0] for rule, found in judged.items()})

    @property
    def settled(self) -> list[int]:
        """What each group of rules gives without the rules whose points fade."""
        groups = list(self._groups)
        for rule in self._fading_rules:
            groups[self._courses.plan.rules[rule].group] -= self._points[rule]
        return groups

    @property
    def _fading_rules(self) -> set[int]:
        return {part for _, part in self._losses} - {len(self._points)}

    def _foreseen(self, start: int) -> Iterator[tuple[int, int]]:
        """When events happen, and enter and leave windows, each with the parts that this is for."""
        moments: dict[int, tuple[int, ...]] = {}
        passed: dict[Window, list[int]] = {}
        zone = self._courses.plan.schema.zone
        for index, part in enumerate(self._courses.parts):
            found: set[int] = set()
            for node in part.events:
                if node not in moments:
                    moments[node] = self._courses.moments(node, self._events)
                found.update(moments[node])
            for window in part.moving:
                if isinstance(window, Window):
                    if window not in passed:
                        passed[window] = [*passings(window, moments[window.events], zone, start)]
                    found.update(passed[window])
            yield from ((instant, index) for instant in found if start < instant <= self._end)

    def _run(self, instant: int) -> Run:
        events = self._events[bisect_left(self._ages, -instant) :]
        return start_run(self._courses.plan, self._fields, events, instant, self._courses.nodes)

    def _judge(self, index: int, run: Run) -> None:
        judged = self._courses.judges[index](run)
        points = 0 if judged is None else judged[0]
        self._groups[self._courses.plan.rules[index].group] += points - self._points[index]
        self._points[index] = points
        self._come_back(index, self._day_steps(index, run), run.as_of, fades=False)
        loss = self._courses.losses[index]
        if loss is not None and judged is not None:
            occurrence, worth, decay, length = loss
            later = (
                next_loss(worth, decay, length, event.at, run.as_of) for event in self._courses.nodes[occurrence](run)
            )
            self._come_back(index, later, run.as_of, fades=True)

    def _conclude(self, run: Run) -> Scored:
        courses = self._courses
        scores = add_up(courses.plan, self._groups, courses.decays, run, courses.nodes)
        last = len(self._points)
        self._come_back(last, self._day_steps(last, run), run.as_of, fades=False)
        self._come_back(last, self._score_losses(run), run.as_of, fades=True)
        return finish(courses.plan, self._id, run, scores, (), courses.nodes)

    def _score_losses(self, run: Run) -> Iterator[int | None]:
        sums = sum_groups(self._courses.plan, self._groups)
        for index, without, decay, length in self._courses.score_losses:
            events: Sequence[Event] = self._courses.nodes[without](run)
            if events and sums[index]:
                yield next_loss(sums[index], decay, length, events[0].at, run.as_of)

    def _day_steps(self, part: int, run: Run) -> Iterator[int]:
        for item in self._days[part]:
            yield from day_steps(item, self._fields, self._events, run.as_of)

    def _come_back(self, part: int, instants: Iterable[int | None], now: int, *, fades: bool) -> None:
        """Puts the first of some instants on the agenda that is still to come, unless it is there."""
        found = min((instant for instant in instants if instant is not None and instant > now), default=None)
        if found is not None and found <= self._end and self._due.get((fades, part)) != found:
            self._due[fades, part] = found
            heappush(self._losses if fades else self._agenda, (found, part))
