"""What is asked, and what the answer is made of."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal, NamedTuple, TypeAlias

from leadline_compiler.contacts import Contact, Event, Value
from leadline_compiler.outcome import Outcome
from leadline_compiler.zones import EARLIEST
from leadline_dsl.diagnostics import Diagnostic


class Cost(NamedTuple):
    """New events first, then fields that are filled in or changed: the order in which costs are compared."""

    events: int
    facts: int


@dataclass(frozen=True, slots=True)
class Start:
    """Where ways begin: a contact, what of it stays as it is, and from when on new events may be.

    Known fields stay, but for those in `change`; missing ones may be filled in, but for those in `held`.
    """

    contact: Contact
    held: frozenset[str] = frozenset()
    change: frozenset[str] = frozenset()
    since: int = EARLIEST

    def may_change(self, name: str) -> bool:
        if name in self.change:
            return True
        return name not in self.held and self.contact.values.get(name) is None

    def with_more(self, values: Mapping[str, Value], events: tuple[Event, ...]) -> Contact:
        """The contact with events that are new, and with values where they may change."""
        allowed = {name: value for name, value in values.items() if value is not None and self.may_change(name)}
        return Contact(self.contact.id, {**self.contact.values, **allowed}, (*self.contact.events, *events))


@dataclass(frozen=True, slots=True)
class Way:
    """A way that the interpreter confirms.

    `outcome` is that of the contact with the `events` and `values` that are new. `is_cheapest`: it is proved that no
    way costs less; of every further way, that none does which leaves out a rule that earns in each way before it.
    """

    outcome: Outcome
    events: tuple[Event, ...]
    values: Mapping[str, Value]
    is_cheapest: bool

    @property
    def cost(self) -> Cost:
        return Cost(len(self.events), len(self.values))


Verdict: TypeAlias = Literal["there", "beyond", "ways", "none", "undecided"]
NOTHING = Cost(0, 0)


@dataclass(frozen=True, slots=True)
class Ways:
    """The answer. `before` is what the start comes to.

    `there`: it has the stage already; `beyond`: a later one. `none`: it is proved that there is no way. `undecided`:
    no way was found, and no proof that there is none. `why` says what was in the way of a proof. `least` is what no
    way costs less than, as far as it is proved. `blocked` tells of a stage that nobody can be given what keeps them
    out; `freed` is the cheapest way where every field may change, if only that lets one in. `breaks` are assumptions
    that the start itself does not keep, so that the proofs did without them all. `is_all`: it is proved that there is
    no further way, one that leaves out a rule that earns in each of these. `or_later`: a later stage does too.
    """

    stage: str
    start: Start
    before: Outcome
    verdict: Verdict
    ways: tuple[Way, ...] = ()
    least: Cost = NOTHING
    why: str = ""
    blocked: Diagnostic | None = None
    freed: Way | None = None
    breaks: tuple[str, ...] = ()
    is_all: bool = False
    or_later: bool = False

    @property
    def stages(self) -> tuple[str, ...]:
        """The stages that ways may lead into."""
        names = [stage.name for stage in self.before.model.stages]
        return tuple(names[names.index(self.stage) :]) if self.or_later else (self.stage,)
