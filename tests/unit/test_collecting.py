"""Checking rules leaves Python's search for garbage as it was."""

from __future__ import annotations

import gc
from collections.abc import Iterator

import pytest

import leadline
from leadline.collecting import without_collecting

RULES = 'model "M"\ncontact\n  id: text\n  n: number\nscore s\n  +1 "A" when n > 1\n'


@pytest.fixture(autouse=True)
def collecting() -> Iterator[None]:
    was_on = gc.isenabled()
    yield
    (gc.enable if was_on else gc.disable)()


def test_garbage_is_looked_for_again_after_rules_were_checked() -> None:
    gc.enable()
    assert leadline.check(RULES).model is not None
    assert gc.isenabled()


def test_garbage_is_not_looked_for_where_somebody_has_switched_that_off() -> None:
    gc.disable()
    leadline.check(RULES)
    assert not gc.isenabled()


def test_garbage_is_looked_for_again_after_an_error() -> None:
    def fail() -> None:
        with without_collecting():
            int("no number")

    gc.enable()
    with pytest.raises(ValueError, match="no number"):
        fail()
    assert gc.isenabled()


def test_what_was_made_meanwhile_is_not_searched_right_after() -> None:
    searches: list[str] = []

    def note(phase: str, _: dict[str, int]) -> None:
        searches.append(phase)

    gc.enable()
    gc.callbacks.append(note)
    try:
        with without_collecting():
            kept = [[number] for number in range(100_000)]
        kept += [[number] for number in range(10)]
    finally:
        gc.callbacks.remove(note)
    assert searches == []


def test_what_a_program_froze_stays_frozen() -> None:
    gc.enable()
    kept = ["frozen"]
    gc.freeze()
    try:
        leadline.check(RULES)
        # The search goes only through what is listed here.
        assert all(found is not kept for found in gc.get_objects())
    finally:
        gc.unfreeze()
    assert any(found is kept for found in gc.get_objects())
