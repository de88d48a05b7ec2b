"""What the tests of random models share: the numbers that models are drawn by."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import pytest


def each_seed(numbers: Sequence[int]) -> Callable[[pytest.FixtureRequest], int]:
    """The fixture `seed` of a module: all its tests look at a model before the next is drawn."""

    def seed(request: pytest.FixtureRequest) -> int:
        number: int = request.param
        return number

    return pytest.fixture(scope="module", params=numbers, name="seed")(seed)
