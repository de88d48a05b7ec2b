"""Contacts in every shape in which tools hand them over: other keys, wrappers, short events, odd times, wrong types."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import timedelta
from random import Random
from typing import Any

from leadline_compiler.schema import Schema
from leadline_compiler.zones import LATEST, UTC_ZONE, parse_date

Raw = dict[str, Any]

WRONG: tuple[Any, ...] = ({}, {"a": 1}, [], [[]], [None], ["a", {}], True, False, 0, 1.5, 1e20, -0.0, "", " ", None)
WRONG_EVENTS: tuple[Any, ...] = (None, "", "x", 5, True, {}, [None, 5, "x", [], {}, {"event": 5}, {"at": 1}])
WRONG_TIMES: tuple[Any, ...] = (
    *("03/04/2026", "04/04/2026", "3.4.2026", "31/12/2026 11:59:59.9 pm", "12-31-2026, 9:05 AM", "2026/1/5 9:05 +0900"),
    *(
        "2026.01.05T23:59Z",
        "20260105",
        20260105,
        "20261399",
        "1/13/2026 13:00 pm",
        "31/02/2026",
        "13/13/2026",
        "１/１３/２０２６",
    ),
    *(1_790_000_000, 1_790_000_000_123, 1_790_000_000_123_456, 1_790_000_000.25, "1790000000", "1790000000123.5"),
    *("1790000000.1234567899", "1,790,000,000", 99_999_999, 100_000_000, -(10**8), "-1790000000", 4_100_000_000_000),
    *(4_100_000_000_000_000, 10**17, 10**18, 10**19, -(10**17), "9" * 18, 1e17, 1e-7, True, [], {}, "soon", ""),
)
EVENT_KEYS = ("event", "Event", "event_type", "eventName", "ｅｖｅｎｔ")
TIME_KEYS = ("at", "AT", "timestamp", "time", "date", "Occurred At", "eventTime", "at ")


@dataclass(frozen=True, slots=True)
class Shaper:
    """Gives contacts other shapes by chance. `is_tame`: only what a file of such contacts reads alike, where what
    a column holds decides how its dates are read."""

    random: Random
    schema: Schema
    is_tame: bool = False

    def contact(self, contact: Mapping[str, Any]) -> Raw:
        """The contact in another shape; what it is worth may change."""
        chance = self.random.random
        raw = {self.key(key) if key != "events" and chance() < 0.3 else key: value for key, value in contact.items()}
        for key in list(raw):
            if key != "events" and chance() < 0.05:
                raw[key] = self.random.choice(WRONG)
            if chance() < 0.02:
                raw[self.key(key)] = raw[key]
        if "events" in raw:
            raw["events"] = [self.event(event) for event in raw["events"]]
            if chance() < 0.05:
                raw["events"] = self.random.choice(WRONG_EVENTS)
            elif chance() < 0.1:
                raw["events"].insert(0, self.random.choice((None, 5, "page_view", [], {}, {"a": {}, "b": {}})))
        return self.wrapped(raw) if chance() < 0.3 else raw

    def event(self, event: Mapping[str, Any]) -> Raw:
        chance, pick = self.random.random, self.random.choice
        raw = {key: value for key, value in event.items() if key not in ("event", "at", "id")}
        rest: Raw = {key: event[key] for key in ("id",) if key in event}
        for key in list(raw):
            if chance() < 0.1:
                raw[self.key(key)] = raw.pop(key)
            elif chance() < 0.05:
                raw[key] = pick(WRONG)
        rest |= self.time(event.get("at"))
        form = chance()
        if form < 0.45:
            name = pick((event["event"], event["event"], f" {event['event']} "))
            empty: tuple[Any, ...] = (None, "", {})
            return {name: raw or pick(empty), **rest} if chance() < 0.5 else {**rest, name: raw}
        if form < 0.6:
            return {"event": event["event"], pick(("properties", "traits")): raw, **rest}
        if form < 0.65:
            return {event["event"]: None, **raw, **rest}
        return {pick(EVENT_KEYS) if chance() < 0.3 else "event": event["event"], **raw, **rest}

    def time(self, at: Any) -> Raw:
        chance, pick = self.random.random, self.random.choice
        if chance() < 0.1:
            days: tuple[Any, ...] = (0, 1, 30, 2.5, "7", " 1e1 ", -1, "x", True, "", None, [], "１")
            ago = pick(days)
            return {pick(("days ago", "days_ago", "daysAgo")): ago, **({"at": at} if chance() < 0.1 else {})}
        if not self.is_tame and chance() < 0.1:
            at = pick(WRONG_TIMES)
        elif chance() < 0.3 and isinstance(at, str):
            at = self.other_time(at)
        return {pick(TIME_KEYS) if chance() < 0.2 else "at": at}

    def other_time(self, at: str) -> Any:
        """About the same moment in another form."""
        moment = parse_date(at.strip(), self.schema.zone)
        if moment is None or not 10**15 < moment < LATEST // 4:
            return at
        wall = UTC_ZONE.wall(moment)
        if self.is_tame and wall.day <= 12:
            wall += timedelta(days=12)
        forms: list[Callable[[], Any]] = [
            lambda: moment // 1000,
            lambda: str(moment // 1000),
            lambda: moment / 1000,
            lambda: f"{wall:%d/%m/%Y}",
            lambda: f"{wall:%d.%m.%Y %I:%M:%S %p}",
            lambda: f"{wall:%Y/%m/%d %H:%M}Z",
            lambda: f"{wall:%Y%m%d}",
        ]
        if not self.is_tame:
            forms += [lambda: moment, lambda: moment // 10**6, lambda: f"{wall:%m/%d/%Y, %I:%M %p}"]
        return self.random.choice(forms)()

    def key(self, key: str) -> str:
        """Another way to write a key."""
        words = key.replace("_", " ").split()
        forms = (
            key.upper(),
            f"  {key}\t",
            "_".join(words),
            "".join(word[:1].upper() + word[1:] for word in words),
            f"property_{key}",
            f"Properties.{key}",
            f"\ufeff{key.title()}",
            "-".join(words),
            "".join(chr(ord(char) + 0xFEE0) if "!" <= char <= "~" else char for char in key),
            f"{key}?",
        )
        return self.random.choice(forms)

    def wrapped(self, raw: Raw) -> Raw:
        """Some of the values in one of the wrappers, or in both."""
        for wrapper in self.random.sample(("properties", "traits"), self.random.choice((1, 1, 2))):
            inner = [
                key for key in raw if self.random.random() < 0.7 and (key != "events" or self.random.random() < 0.2)
            ]
            raw = {key: value for key, value in raw.items() if key not in inner} | {
                wrapper: {key: raw[key] for key in inner}
            }
        return raw
