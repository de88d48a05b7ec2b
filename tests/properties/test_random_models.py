"""The generator of random models keeps its promises: it draws the whole language, again and again the same."""

import json
import unicodedata
from collections import Counter
from random import Random

import pytest

from random_models import CONSTRUCTS, draw_model
from random_models.literals import respell_with_edges
from random_models.words import ADDRESSES, CHOICES, DOMAINS, WORDS


def test_every_construct_is_drawn_within_300_models() -> None:
    random = Random(2026)
    drawn = Counter(construct for _ in range(300) for construct in draw_model(random, contacts=0).constructs)
    assert [construct for construct in CONSTRUCTS if drawn[construct] == 0] == []


def test_every_construct_has_one_name() -> None:
    assert [name for name, times in Counter(CONSTRUCTS).items() if times > 1] == []


def test_the_same_state_of_chance_draws_the_same_model() -> None:
    first, second = (draw_model(Random(7), contacts=3, size=20) for _ in range(2))
    assert first == second
    assert first != draw_model(Random(8), contacts=3, size=20)


@pytest.mark.parametrize("contacts", [0, 1, 9])
def test_as_many_contacts_are_drawn_as_asked_for(contacts: int) -> None:
    drawn = draw_model(Random(1), contacts=contacts).contacts
    assert len(drawn) == contacts
    assert json.loads(json.dumps(drawn, allow_nan=False)) == list(drawn)


def test_copies_of_an_event_are_alike_so_that_order_has_no_meaning() -> None:
    random = Random(5)
    copies = 0
    for _ in range(40):
        for contact in draw_model(random, contacts=5).contacts:
            first: dict[str, object] = {}
            events: list[dict[str, object]] = contact.get("events", [])
            for event in events:
                known = str(event.get("id") or "").strip()
                content = {**event, "id": known}
                assert first.setdefault(known or str(len(first)), content) == content
                copies += bool(known)
    assert copies > 20


def test_another_spelling_of_a_text_folds_to_the_same_text() -> None:
    random = Random(3)
    for text in (*WORDS, *ADDRESSES, *DOMAINS, *CHOICES):
        spellings = {respell_with_edges(random, text) for _ in range(60)}
        assert len(spellings) > 1
        assert {fold(spelling) for spelling in spellings} == {fold(text)}


def test_plain_models_hold_no_letter_that_some_database_folds_otherwise() -> None:
    random = Random(4)
    for _ in range(30):
        for contact in draw_model(random, is_plain=True).contacts:
            assert [value for value in contact.values() if isinstance(value, str) and not value.isascii()] == []


def fold(text: str) -> str:
    """The text as the language compares it."""
    return unicodedata.normalize("NFKC", unicodedata.normalize("NFKC", text).casefold()).strip()
