"""What is made for a while is gone afterwards, however that came about."""

from __future__ import annotations

import gc
import os
import stat
import tempfile
from pathlib import Path
from typing import Any

import pytest

from leadline.temporary import TemporaryFolder, put_in_place


@pytest.fixture
def place(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    return tmp_path


def test_a_folder_is_its_owners_alone_and_gone_with_all_that_is_in_it(place: Path) -> None:
    with TemporaryFolder() as folder:
        (folder / "data").write_text("a")
        assert list(place.iterdir()) == [folder]
        assert stat.S_IMODE(folder.stat().st_mode) & 0o077 == 0 or os.name == "nt"
    assert list(place.iterdir()) == []


def test_a_folder_that_is_forgotten_is_gone(place: Path) -> None:
    folder = TemporaryFolder()
    assert list(place.iterdir()) == [folder.path]
    del folder
    gc.collect()
    assert list(place.iterdir()) == []


def test_an_interruption_right_after_a_folder_was_made_leaves_none(
    place: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    make = Path.mkdir

    def interrupted(path: Path, *args: Any, **options: Any) -> None:
        make(path, *args, **options)
        raise KeyboardInterrupt

    monkeypatch.setattr(Path, "mkdir", interrupted)
    with pytest.raises(KeyboardInterrupt):
        TemporaryFolder()
    gc.collect()
    assert list(place.iterdir()) == []


def test_an_interruption_right_after_a_file_was_made_leaves_none(place: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    target = place / "scores.csv"
    target.write_text("old")
    make = os.open

    def interrupted(path: Any, flags: int, mode: int = 0o777) -> int:
        os.close(make(path, flags, mode))
        raise KeyboardInterrupt

    monkeypatch.setattr("leadline.temporary.os.open", interrupted)
    with pytest.raises(KeyboardInterrupt), put_in_place(target):
        pass
    assert list(place.iterdir()) == [target]
    assert target.read_text() == "old"


def test_a_file_takes_its_place_with_the_mode_of_what_stood_there(place: Path) -> None:
    target = place / "scores.csv"
    target.write_text("old")
    target.chmod(0o640)
    with put_in_place(target) as (new, file):
        file.write(b"new")
        assert new.suffix == ".csv"
        assert target.read_text() == "old"
    assert target.read_text() == "new"
    assert stat.S_IMODE(target.stat().st_mode) == 0o640 or os.name == "nt"
    assert list(place.iterdir()) == [target]


@pytest.mark.parametrize("name", ["n" * 240 + ".csv", "x." + "l" * 200, "scores"])
def test_a_name_may_be_as_long_as_names_can_be(name: str, place: Path) -> None:
    with put_in_place(place / name) as (_, file):
        file.write(b"new")
    assert (place / name).read_text() == "new"


def test_what_is_no_file_is_an_error_of_the_system(place: Path) -> None:
    (place / "folder").mkdir()
    with pytest.raises(OSError, match="folder"), put_in_place(place / "folder"):
        pass
    assert [path.name for path in place.iterdir()] == ["folder"]
