"""The state of the editor: a text, what is known of it, and the contacts that it is tried on.

Results come late: each belongs to a version of the text, and those of an older version are dropped. While the text
has errors, the last scores that there were stay, and it is told that they are old.
"""

from __future__ import annotations

import os
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any, TypeAlias

from leadline_tui.session import files, recovery
from leadline_tui.session.cases import Cases, Supposed
from leadline_tui.session.contacts import Sources
from leadline_tui.session.effect import Effect
from leadline_tui.session.files import OnDisk
from leadline_tui.session.listing import NOBODY
from leadline_tui.session.outline import Part, outline
from leadline_tui.session.pipeline import (
    AllScores,
    Checked,
    Faults,
    FirstScores,
    News,
    NoContacts,
    Request,
)
from leadline_tui.session.scoring import Scored, Standing

if TYPE_CHECKING:
    from leadline.completion import Completion
    from leadline.reports import Explanation, Twig
    from leadline.reports.explanation import RuleLine
    from leadline.reports.standings import Spread
    from leadline.rules import Diagnostic, Report
    from leadline.scorer import Scorer

NEW_FILE = "rules.lead"
"""The name under which a text without a file is checked."""

ReasonsKey: TypeAlias = tuple["Scorer", int, tuple[str, ...]]
"""What scored a contact, the contact's place, and what is supposed of it."""


@dataclass(frozen=True, slots=True)
class Reasons:
    """Why a contact has its scores: as it is told, and as the lines of a tree."""

    explanation: Explanation
    twigs: tuple[Twig, ...]


@dataclass(frozen=True, slots=True)
class Opened:
    """How a session began: the file, what it held, and where contacts come from. `path` is empty without a file."""

    path: str
    disk: OnDisk
    sources: Sources
    is_example: bool = False


class Session:
    """What the screens show and change. It draws nothing and waits for nothing."""

    def __init__(self, opened: Opened) -> None:
        self.path = opened.path
        self.disk = opened.disk
        self.sources = opened.sources
        self.is_example = opened.is_example
        self.is_read_only = opened.disk.is_too_large
        self.text = opened.disk.text
        self.saved = opened.disk.text
        self.version = 0
        self.report: Report | None = None
        self.findings: tuple[Diagnostic, ...] = ()
        self.findings_version = -1
        self.scored: Scored | None = None
        self.scored_version = -1
        self.scored_at = 0.0
        self.before: Scored | None = None
        self.listing = NOBODY
        self.data_error = ""
        self.pinned: str | None = None
        self.is_kept = False
        self.cases = Cases()
        self.effect: Effect | None = None
        self.spread: Spread | None = None
        self._reasons: tuple[ReasonsKey, Reasons] | None = None
        self._found: tuple[Scored, str | None, int | None] | None = None
        self._outlined: tuple[Report, list[Part]] | None = None
        self._lines: tuple[str, list[str]] | None = None

    # ---- the text

    @property
    def name(self) -> str:
        """The file's name as findings have it."""
        return self.path or NEW_FILE

    @property
    def is_changed(self) -> bool:
        """Whether there is something to save."""
        return self.text != self.saved

    def change(self, text: str) -> None:
        """Takes a new text; whatever is known belongs to an older one from now on."""
        if text != self.text:
            self.text = text
            self.version += 1

    def request(self, first: Sequence[int] = ()) -> Request:
        """What is to be worked out for the text as it is now."""
        return Request(self.version, self.text, self.name, self.saved, self.sources, tuple(first))

    # ---- results

    def accept(self, news: News, at: float) -> bool:
        """Takes a result in, at a time in seconds since 1970; answers False for one that is too old to show."""
        if news.version != self.version:
            return False
        match news:
            case Faults():
                self._accept_faults(news)
            case Checked():
                self.report = news.report
                self.findings = news.report.diagnostics
                self.findings_version = news.version
            case FirstScores():
                return self._accept_first(news)
            case AllScores():
                self.scored, self.scored_version, self.scored_at = news.scored, news.version, at
                self.before, self.data_error = news.saved, ""
                self.listing, self.effect, self.spread = news.listing, news.effect, news.spread
            case NoContacts():
                self.data_error = news.message
        return True

    def _accept_faults(self, news: Faults) -> None:
        """Until all findings are known, those of other kinds stay as they were."""
        if self.findings_version < news.version and news.faults:
            others = (item for item in self.findings if item.name != "syntax" and item.file == self.name)
            self.findings = (*news.faults, *others) if self.report is not None else news.faults

    def _accept_first(self, news: FirstScores) -> bool:
        """Puts the first scores into the place of the older ones; the rest follow."""
        if self.scored is None or self.scored.contacts is not news.contacts:
            return False
        standings, rows = list(self.scored.standings), list(self.listing.rows)
        for index, standing in news.standings.items():
            standings[index], rows[index] = standing, rows[index]._replace(standing=standing)
        self.scored = replace(self.scored, standings=tuple(standings))
        self.listing = replace(self.listing, rows=rows)
        return True

    @property
    def own_findings(self) -> tuple[Diagnostic, ...]:
        """The findings in the text itself, those of included files aside."""
        return tuple(item for item in self.findings if item.file in ("", self.name))

    @property
    def errors(self) -> int:
        return sum(item.severity == "error" for item in self.findings)

    @property
    def warnings(self) -> int:
        return sum(item.severity == "warning" for item in self.findings)

    @property
    def has_old_scores(self) -> bool:
        """Whether the scores that are shown are those of an older text, since this one has errors."""
        is_checked = self.findings_version == self.version
        stopped = self.report is not None and self.report.model is None
        return self.scored is not None and self.scored_version != self.version and is_checked and stopped

    def complete(self, text: str, offset: int) -> Completion:
        """What may stand at an offset of a text."""
        from leadline.completion import complete

        seen = self.scored.contacts.seen if self.scored is not None else None
        return complete(text, offset, self.report, seen)

    def outline(self) -> list[Part]:
        """The parts of the text itself that one goes to."""
        return [part for part in self._parts() if part.file == self.name]

    def _parts(self) -> list[Part]:
        if self.report is None:
            return []
        if self._outlined is None or self._outlined[0] is not self.report:
            self._outlined = (self.report, outline(self.report))
        return self._outlined[1]

    def place_of_rule(self, rule: str) -> tuple[int, str] | None:
        """The line (from 1) and the file of a rule, by the last text that was looked at."""
        found = (part for part in self._parts() if part.kind == "rule" and part.name == rule)
        return next(((part.line, part.file) for part in found), None)

    # ---- contacts

    def place_of(self, contact: str | None) -> int | None:
        """The place of a contact among the contacts."""
        if self.scored is None or contact is None:
            return None
        # Asked with every move of the cursor.
        if self._found is None or self._found[0] is not self.scored or self._found[1] != contact:
            found = next((i for i, item in enumerate(self.scored.standings) if item.id == contact), None)
            self._found = (self.scored, contact, found)
        return self._found[2]

    @property
    def pinned_place(self) -> int | None:
        """The place of the pinned contact; the first one is pinned until another is."""
        if self.scored is None or not self.scored.standings:
            return None
        found = self.place_of(self.pinned)
        return 0 if found is None else found

    def standing_before(self, place: int) -> Standing | None:
        """How the contact at a place stood by the saved rules."""
        if self.before is None or self.scored is None or place >= len(self.before.standings):
            return None
        before = self.before.standings[place]
        return before if before.id == self.scored.standings[place].id else None

    def supposed(self, place: int) -> Supposed | None:
        """The contact at a place as it might be; None where nothing is supposed of it."""
        return None if self.scored is None else self.cases.supposed(self.scored, place)

    def reasons_key(self, place: int) -> ReasonsKey:
        """What the reasons of the contact at a place depend on."""
        assert self.scored is not None, "only scored contacts have places"
        return self.scored.scorer, place, self.cases.changes_of(self.scored.standings[place].id)

    def accept_reasons(self, key: ReasonsKey, reasons: Reasons) -> None:
        """Takes in why a contact has its scores."""
        self._reasons = (key, reasons)

    def reasons(self, place: int) -> Reasons | None:
        """Why the contact at a place has its scores, or would have them, by the rules that gave them; None where that
        has not been worked out yet."""
        if self._reasons is None or self.scored is None or self._reasons[0] != self.reasons_key(place):
            return None
        return self._reasons[1]

    def subject(self, place: int) -> tuple[Mapping[str, Any], int]:
        """The contact at a place, with what is supposed of it, as a scorer takes it; and the instant."""
        assert self.scored is not None, "only scored contacts have places"
        supposed = self.supposed(place)
        if supposed is not None:
            return supposed.raw, supposed.case.as_of
        return self.scored.contacts.raw[place], self.scored.contacts.as_of

    @property
    def pinned_id(self) -> str:
        """The id of the pinned contact; empty where there is none."""
        place = self.pinned_place
        return "" if place is None or self.scored is None else self.scored.standings[place].id

    def keep_case(self, path: str, now: int) -> str:
        """Keeps the pinned contact, with what is supposed of it and what it gets, as a case of a sample file; answers
        the id that it bears there. `now` is in microseconds. Raises leadline.kept_cases.KeepError."""
        from leadline.kept_cases import keep_case

        place = self.pinned_place
        assert self.scored is not None, "there is a pinned contact"
        assert place is not None, "there is a pinned contact"
        return keep_case(path, self.scored.scorer.explain(*self.subject(place)), now).id

    def propose_sample_file(self) -> str:
        """Where cases are kept, unless somebody says otherwise: the first sample file beside the rules."""
        from leadline.sample_runs import find_samples

        found = find_samples(self.name)
        return found[0] if found else os.path.join(os.path.dirname(self.path), "samples.yaml")

    def say_day(self, instant: int) -> str:
        """An instant in words, in the zone of the model."""
        from leadline.times import say_instant

        return "" if self.scored is None else say_instant(instant, self.scored.contacts.schema.zone)

    def propose_change(self, text: str) -> str | None:
        """How a change of the pinned contact that has been begun may go on."""
        if self.scored is None:
            return None
        from leadline.what_if import propose_change

        return propose_change(text, self.scored.contacts.schema, self.scored.contacts.seen)

    def example_changes(self) -> str:
        """What a change of the pinned contact may look like: one of its fields, one of its events."""
        if self.scored is None:
            return ""
        schema = self.scored.contacts.schema
        fields = [f"{item.name} = …" for item in schema.fields if item.name != schema.identifier]
        return "   ".join([*fields[:1], *(f"+{event.name} 2d" for event in schema.events[:1])])

    def reason_at(self, line: int) -> RuleLine | None:
        """What the rule that stands at a line (from 1) does for the pinned contact, if the scores are of this text."""
        place = self.pinned_place
        if place is None or self.scored_version != self.version or not self._says_something(line):
            return None
        parts = [part for part in self.outline() if part.line <= line]
        if not parts or parts[-1].kind != "rule":
            return None
        reasons = self.reasons(place)
        rules = reasons.explanation.rules if reasons is not None else ()
        return next((rule for rule in rules if rule.line == parts[-1].line and rule.rule == parts[-1].name), None)

    def _says_something(self, line: int) -> bool:
        """Whether a line (from 1) is neither empty nor all comment."""
        if self._lines is None or self._lines[0] is not self.text:
            self._lines = (self.text, self.text.split("\n"))
        lines = self._lines[1]
        said = lines[line - 1].strip() if line <= len(lines) else ""
        return bool(said) and not said.startswith("#")

    # ---- safety

    def save(self, path: str = "") -> None:
        """Writes the text to its file, or to another one from now on. Raises files.SaveError."""
        target = path or self.path
        self.disk = files.write_rules(target, self.text, self.disk)
        recovery.drop(self.path)
        self.path, self.saved, self.is_kept, self.is_example = target, self.text, False, False

    @property
    def is_changed_outside(self) -> bool:
        """Whether somebody else has written the file since it was read or saved."""
        return bool(self.path) and files.digest_on_disk(self.path) != self.disk.digest

    def reload(self) -> str:
        """The text as it is on disk now, which counts as saved from here on. Raises files.RulesError."""
        self.disk = files.read_rules(self.path)
        self.saved = self.disk.text
        return self.disk.text

    def keep(self, at: float) -> bool:
        """Keeps an unsaved text beside the file, at a time in seconds since 1970; answers whether it is safe."""
        if not self.is_changed:
            if self.is_kept:
                self.drop_kept()
            return True
        self.is_kept = recovery.keep(self.path, self.text, self.disk.digest, at)
        return self.is_kept

    def drop_kept(self) -> None:
        recovery.drop(self.path)
        self.is_kept = False
