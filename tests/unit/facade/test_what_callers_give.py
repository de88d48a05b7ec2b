"""The package, its scorer and a compiled module take the same instants and contacts, and refuse others alike."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta, timezone
from typing import Any

import pytest

import leadline
from leadline.scorer import Scorer
from leadline_compiler.emit.python import emit_python
from leadline_compiler.model import Model
from leadline_compiler.plan import lower

_RULES = 'model "M", time zone "Europe/Berlin"\ncontact\n  id: text\nscore s\n  +1 "Named" when id is known\n'
_CONTACT = {"id": "1", "events": []}
_Door = Callable[[Any, Any], str]


def _model() -> Model:
    model = leadline.check(_RULES).model
    assert model is not None
    return model


def _module() -> dict[str, Any]:
    names: dict[str, Any] = {}
    exec(emit_python(lower(_model())).files[0][1], names)
    return names


_DOORS: dict[str, _Door] = {
    "score": lambda contact, as_of: leadline.score(_model(), contact, as_of)["as_of"],
    "outcome": lambda contact, as_of: str(leadline.outcome(_model(), contact, as_of).as_of),
    "Scorer": lambda contact, as_of: Scorer(_model()).score(contact, as_of).to_dict()["as_of"],
    "score_many": lambda contact, as_of: next(Scorer(_model()).score_many([contact], as_of)).to_dict()["as_of"],
    "explain": lambda contact, as_of: str(Scorer(_model()).explain(contact, as_of).as_of),
    "next_change": lambda contact, as_of: str(Scorer(_model()).next_change(contact, as_of)),
    "timeline": lambda contact, as_of: str(Scorer(_model()).timeline(contact, as_of).as_of),
}


def _told(door: _Door, contact: Any, as_of: Any) -> str:
    try:
        return door(contact, as_of)
    except (TypeError, ValueError) as error:
        return f"{type(error).__name__}: {error}"


@pytest.mark.parametrize("door", _DOORS)
@pytest.mark.parametrize(
    ("contact", "as_of"),
    [
        (_CONTACT, None),
        (_CONTACT, 3.5),
        (_CONTACT, True),
        (_CONTACT, ["2026-11-21"]),
        (_CONTACT, "soon"),
        (_CONTACT, 10**30),
        (_CONTACT, 1795255200),
        (_CONTACT, 1795255200000),
        (_CONTACT, -1795255200000),
        (None, "2026-11-21"),
        ("1", "2026-11-21"),
        ([("id", "1")], "2026-11-21"),
    ],
)
def test_what_is_no_instant_or_no_contact_is_refused_in_the_words_of_a_compiled_module(
    door: str, contact: Any, as_of: Any
) -> None:
    with pytest.raises((TypeError, ValueError)) as raised:
        _module()["score"](contact, as_of)
    assert _told(_DOORS[door], contact, as_of) == f"{raised.type.__name__}: {raised.value}"


@pytest.mark.parametrize("door", ["score", "Scorer", "score_many"])
@pytest.mark.parametrize(
    "as_of",
    [
        "1969-05-01",
        " 2026-11-21 ",
        "2026-11-21T09:00",
        date(2026, 11, 21),
        datetime(1970, 1, 1, 12),
        datetime(2026, 11, 21, 9, tzinfo=UTC),
        datetime(2026, 11, 21, 9, tzinfo=timezone(timedelta(hours=5))),
        1795255200000000,
        -(10**15),
        0,
    ],
)
def test_days_times_datetimes_and_microseconds_are_the_same_instant_everywhere(door: str, as_of: Any) -> None:
    assert _DOORS[door](_CONTACT, as_of) == _module()["score"](_CONTACT, as_of)["as_of"]


def test_the_start_and_the_end_of_a_timeline_are_told_by_their_names() -> None:
    scorer = Scorer(_model())
    with pytest.raises(ValueError, match=r"^start is 1795255200, which looks like seconds"):
        scorer.timeline(_CONTACT, "2026-11-21", 1795255200)
    wrong: Any = 1.5
    with pytest.raises(TypeError, match=r"^end is of type float"):
        scorer.timeline(_CONTACT, "2026-11-21", None, wrong)
