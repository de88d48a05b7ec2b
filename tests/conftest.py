"""What every test may ask for."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path

import hypothesis
import pytest

from leadline_compiler.analysis.solve import building
from leadline_compiler.analysis.solve.building import NoSolverError

# Nothing fails because a machine is busy. A build must not fail by chance either: there the same cases are drawn each
# time, elsewhere new ones.
_patient = hypothesis.settings(deadline=None, suppress_health_check=[hypothesis.HealthCheck.too_slow])
hypothesis.settings.register_profile("patient", _patient)
hypothesis.settings.register_profile("build", _patient, derandomize=True)
hypothesis.settings.load_profile("build" if os.environ.get("CI") else "patient")

_GOLDEN = Path(__file__).parent / "golden"


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--update-golden", action="store_true", help="rewrite the golden files with what came out")


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """Prints the share of random models that each dialect of SQL refused."""
    shares: dict[str, list[int]] = {}
    for report in terminalreporter.getreports("passed"):
        for name, told in report.user_properties:
            if name == "refused" and report.when == "call":
                dialect, refused, asked = told
                share = shares.setdefault(dialect, [0, 0])
                share[0], share[1] = share[0] + refused, share[1] + asked
    for dialect, (refused, asked) in sorted(shares.items()):
        terminalreporter.write_line(f"{dialect}: {refused} of {asked} random models refused")


@pytest.fixture
def golden(request: pytest.FixtureRequest) -> Callable[[str, str], None]:
    """`golden("render/tabs.txt", text)`: the text is what tests/golden/render/tabs.txt holds."""
    update = bool(request.config.getoption("--update-golden"))

    def compare(name: str, text: str) -> None:
        path = _GOLDEN / name
        if update:
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text, encoding="utf-8", newline="\n")
        assert path.is_file(), f"tests/golden/{name} is missing: run pytest with --update-golden and read it"
        assert text == path.read_text(encoding="utf-8"), f"tests/golden/{name} differs; --update-golden rewrites it"

    return compare


@pytest.fixture
def no_solver(monkeypatch: pytest.MonkeyPatch) -> None:
    """Makes the proofs run as they do where the solver is not installed."""

    def refuse() -> None:
        raise NoSolverError

    monkeypatch.setattr(building, "load_solver", refuse)
