"""From a text to findings and scores, in the order in which they are wanted: what cannot be read, then all findings,
then the contacts that are on the screen, then all of them. It runs beside the screen and tells what it finds.
"""

from __future__ import annotations

import threading
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, TypeAlias

import leadline
from leadline_tui.session.contacts import Contacts, Sources, load_contacts
from leadline_tui.session.effect import Effect, work_out_effect, work_out_spread
from leadline_tui.session.listing import Listing, list_contacts
from leadline_tui.session.scoring import Scored, Standing, score_all, score_some

if TYPE_CHECKING:
    from leadline.reports.standings import Spread
    from leadline.rules import Diagnostic, Model, Report

_FEW = 300
"""So few contacts are scored at once."""
_SOON = 0.15
"""Seconds: where all contacts took no longer the last time, it is not worth the while to show some of them first."""


@dataclass(frozen=True, slots=True)
class Request:
    """A text to look at. `saved` is the text that changes are told from; `first` are the places of the contacts that
    are wanted first; `name` is the file that includes are looked for beside."""

    version: int
    text: str
    name: str
    saved: str
    sources: Sources
    first: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class Faults:
    """What cannot be read."""

    version: int
    faults: tuple[Diagnostic, ...]


@dataclass(frozen=True, slots=True)
class Checked:
    """All findings."""

    version: int
    report: Report = field(repr=False)


@dataclass(frozen=True, slots=True)
class FirstScores:
    """The standings of the contacts that were wanted first, by place."""

    version: int
    contacts: Contacts = field(repr=False)
    standings: dict[int, Standing]


@dataclass(frozen=True, slots=True)
class AllScores:
    """The standings of all contacts by the text, and by the saved text (None where that cannot be scored); their list,
    and what the difference is."""

    version: int
    scored: Scored = field(repr=False)
    saved: Scored | None = field(repr=False)
    listing: Listing = field(repr=False)
    effect: Effect
    spread: Spread | None


@dataclass(frozen=True, slots=True)
class NoContacts:
    """Contacts that cannot be read; `message` says why."""

    version: int
    message: str


News: TypeAlias = Faults | Checked | FirstScores | AllScores | NoContacts


class Pipeline:
    """Answers requests. It remembers contacts and scores that were worked out before; one request runs at a time."""

    def __init__(self, soon: float = _SOON) -> None:
        """`soon`: where all contacts took no more seconds the last time, none are told first."""
        self._turn = threading.Lock()
        self._contacts: Contacts | None = None
        self._sources: Sources | None = None
        self._saved: tuple[str, Sources, Scored | None] | None = None
        self._took = 0.0
        self._soon = soon

    def run(self, request: Request, tell: Callable[[News], None], is_wanted: Callable[[], bool]) -> None:
        """Tells what is found, until it is not wanted any more. Nothing in a text or in data makes it raise."""
        with self._turn:
            if not is_wanted():
                return
            # Reading the language takes a while to load, and is not wanted before the first text is on the screen.
            from leadline.rules import find_faults

            tell(Faults(request.version, find_faults(request.text, request.name)))
            report = leadline.check(request.text, request.name)
            tell(Checked(request.version, report))
            if report.model is not None and not request.sources.is_empty and is_wanted():
                self._score(request, report.model, tell, is_wanted)

    def _score(
        self, request: Request, model: Model, tell: Callable[[News], None], is_wanted: Callable[[], bool]
    ) -> None:
        from leadline.readers import DataError

        try:
            contacts = self._read(model, request.sources)
        except DataError as error:
            tell(NoContacts(request.version, str(error)))
            return
        scored = self._score_all(request, model, contacts, tell, is_wanted)
        if scored is None:
            return
        if request.text == request.saved:
            self._saved = (request.saved, request.sources, scored)
        elif self._saved is None or self._saved[:2] != (request.saved, request.sources):
            found = self._score_saved(request, is_wanted)
            if not is_wanted():
                return
            self._saved = (request.saved, request.sources, found)
        saved = self._saved[2]
        if is_wanted():
            effect, spread = work_out_effect(scored, saved), work_out_spread(scored, saved)
            listing = list_contacts(scored.standings, saved.standings if saved is not None else (), scored.stages)
            tell(AllScores(request.version, scored, saved, listing, effect, spread))

    def _score_all(
        self,
        request: Request,
        model: Model,
        contacts: Contacts,
        tell: Callable[[News], None],
        is_wanted: Callable[[], bool],
    ) -> Scored | None:
        """All contacts by a model; None where that is not wanted any more before it is done."""
        from leadline.scorer import Scorer

        scorer = Scorer(model)
        known: dict[int, Standing] = {}
        begun = time.monotonic()
        if len(contacts.raw) > _FEW and self._took > self._soon:
            known = score_some(scorer, contacts, request.first)
            tell(FirstScores(request.version, contacts, known))
        standings = score_all(scorer, contacts, known, is_wanted)
        if standings is not None:
            self._took = time.monotonic() - begun
        return None if standings is None else Scored(contacts, standings, model, scorer)

    def _score_saved(self, request: Request, is_wanted: Callable[[], bool]) -> Scored | None:
        """All contacts by the saved text; None where it cannot be scored, or that is not wanted any more."""
        model = leadline.check(request.saved, request.name).model
        if model is None:
            return None
        from leadline.readers import DataError
        from leadline.scorer import Scorer

        try:
            contacts = self._contacts
            if contacts is None or contacts.schema != model.schema:
                contacts = load_contacts(model.schema, request.sources)
        except DataError:
            return None
        scorer = Scorer(model)
        standings = score_all(scorer, contacts, {}, is_wanted)
        return None if standings is None else Scored(contacts, standings, model, scorer)

    def _read(self, model: Model, sources: Sources) -> Contacts:
        """The contacts, read anew where the model reads them otherwise."""
        if self._contacts is None or self._contacts.schema != model.schema or self._sources != sources:
            self._contacts, self._sources = load_contacts(model.schema, sources), sources
        return self._contacts
