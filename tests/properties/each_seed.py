"""What the tests of random models share: the numbers that models are drawn by."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from itertools import count

import pytest


def each_seed(numbers: Sequence[int]) -> Callable[[pytest.FixtureRequest], int]:
    """The fixture `seed` of a module: all its tests look at a model before the next is drawn."""

    def seed(request: pytest.FixtureRequest) -> int:
        number: int = request.param
        return number

    return pytest.fixture(scope="module", params=numbers, name="seed")(seed)


def ask_further(told: Mapping[int, object], least: int, ask: Callable[[int], object]) -> None:
    """Asks of seeds that nothing is told of, until this many are: what was told before is not asked again."""
    for number in count():
        if len(told) >= least:
            return
        if number not in told:
            ask(number)
