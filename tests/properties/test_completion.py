"""Completion on random models: what stands in a valid file is always among what is proposed for its place."""

from __future__ import annotations

from random import Random

import pytest

import leadline
from leadline.completion import complete
from leadline_dsl.parser import parse
from leadline_dsl.source import Source
from leadline_dsl.tokens import Piece, name_value, scan
from random_models import draw_model

_NEW_NAMES = ("define_statement", "list_statement", "score_statement")
_DECLARING = ("field_statement", "event_statement", "contact_statement", "model_statement")


@pytest.mark.parametrize("seed", range(20))
def test_every_word_of_a_valid_statement_is_proposed_where_it_stands(seed: int) -> None:
    random = Random(f"completion {seed}")
    text = leadline.format_rules(draw_model(random, contacts=0, size=12).text).text
    report = leadline.check(text)
    assert report.model is not None
    places = []
    for item in parse(Source("a.lead", text)).statements:
        statement = item.statement
        if statement.kind in _DECLARING:
            continue
        tokens = scan(statement.text)
        for number, token in enumerate(tokens):
            is_new = number == 1 and statement.kind in _NEW_NAMES
            if number and not is_new and token.kind in (Piece.WORD, Piece.QUOTED_NAME):
                places.append((statement.start + token.start, token.text))
    for offset, word in random.sample(places, min(25, len(places))):
        proposed = {words[0] for item in complete(text[:offset], offset, report).items if (words := scan(item.text))}
        assert name_value(word) in {name_value(token.text) for token in proposed}, (text[offset - 60 : offset], word)
