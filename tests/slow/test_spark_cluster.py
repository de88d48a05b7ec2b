"""The spark engine on a cluster: a standalone master with two workers, whose Python has NumPy and pyarrow only."""

from __future__ import annotations

import importlib.util
import os
import socket
import subprocess
import sys
import time
import venv
from collections.abc import Iterator
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path

import pytest

RULES = """model "M"

contact identified by id
  id: text
  size: number

events
  visit with path: text

score fit
  +1 "Big" when size > 3
  +2 "Visited" for each visit in the last 300 days
"""


@dataclass(frozen=True)
class Cluster:
    master: str
    python: Path
    folders: tuple[Path, ...]


@pytest.fixture(scope="module")
def cluster(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Cluster]:
    folder = tmp_path_factory.mktemp("cluster")
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    master = f"spark://127.0.0.1:{port}"
    folders = folder / "one", folder / "two"
    with ExitStack() as stack:
        start(stack, folder / "master.log", "master.Master", "--port", str(port))
        for own in folders:
            words = ("--cores", "1", "--memory", "1g", "--work-dir", str(own), master)
            start(stack, own.with_suffix(".log"), "worker.Worker", *words)
        wait_for(folder / "master.log", "Registering worker", 2)
        yield Cluster(master, bare_python(folder / "python"), folders)


def start(stack: ExitStack, log: Path, name: str, *words: str) -> None:
    """Starts a part of the cluster, until the stack is closed."""
    spec = importlib.util.find_spec("pyspark")
    assert spec is not None
    assert spec.origin is not None
    command = [str(Path(spec.origin).parent / "bin" / "spark-class"), f"org.apache.spark.deploy.{name}"]
    command += ["--host", "127.0.0.1", "--webui-port", "0", *words]
    file = stack.enter_context(log.open("wb"))
    process = subprocess.Popen(command, stdout=file, stderr=file, env={**os.environ, "SPARK_NO_DAEMONIZE": "1"})
    stack.callback(process.wait)
    stack.callback(process.terminate)


def wait_for(log: Path, text: str, times: int) -> None:
    end = time.monotonic() + 180
    while log.read_text(encoding="utf-8", errors="replace").count(text) < times:
        assert time.monotonic() < end, log.read_text(encoding="utf-8", errors="replace")
        time.sleep(0.2)


def bare_python(folder: Path) -> Path:
    """A Python that has NumPy and pyarrow, and nothing else."""
    venv.create(folder, with_pip=False, symlinks=True)
    version = f"python{sys.version_info.major}.{sys.version_info.minor}"
    packages = folder / "lib" / version / "site-packages"
    for name in ("numpy", "pyarrow"):
        spec = importlib.util.find_spec(name)
        assert spec is not None
        assert spec.origin is not None
        source = Path(spec.origin).parent
        (packages / name).symlink_to(source)
        libraries = source.with_name(f"{name}.libs")
        if libraries.is_dir():
            (packages / libraries.name).symlink_to(libraries)
    return folder / "bin" / "python"


def write_data(folder: Path) -> list[str]:
    (folder / "rules.lead").write_text(RULES, encoding="utf-8")
    contacts = "".join(f"{number},{number % 7}\n" for number in range(120_000))
    (folder / "contacts.csv").write_text(f"id,size\n{contacts}no,x\n", encoding="utf-8")
    events = "".join(f"{number % 1300},visit,2026-11-01\n" for number in range(3000))
    (folder / "events.csv").write_text(f"contact,event,at\n{events}nobody,visit,2026-11-01\n", encoding="utf-8")
    return ["score", "rules.lead", "--contacts", "contacts.csv", "--events", "events.csv", "--as-of", "2026-11-21"]


def leadline(words: list[str], folder: Path, **settings: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "leadline", *words]
    environment = {**os.environ, "SPARK_LOCAL_IP": "127.0.0.1", **settings}
    return subprocess.run(command, cwd=folder, env=environment, capture_output=True, text=True, check=False)


def test_a_cluster_scores_what_one_machine_scores(cluster: Cluster, tmp_path: Path) -> None:
    words = write_data(tmp_path)
    one = leadline([*words, "--output", "one.csv", "--bad-rows", "bad-one.csv"], tmp_path)
    assert one.returncode == 0, one.stderr
    words += ["--engine", "spark", "--spark-master", cluster.master, "--output", "many.csv"]
    many = leadline([*words, "--bad-rows", "bad-many.csv"], tmp_path, PYSPARK_PYTHON=str(cluster.python))
    assert many.returncode == 0, many.stderr
    expected, told = (sorted((tmp_path / name).read_text("utf-8").splitlines()) for name in ("one.csv", "many.csv"))
    assert told == expected
    assert (tmp_path / "bad-many.csv").read_text("utf-8") == (tmp_path / "bad-one.csv").read_text("utf-8")
    assert "warning: 1 bad value (counted as missing) and 1 bad row (left out)" in many.stderr
    assert all(list(folder.glob("app-*")) for folder in cluster.folders)


def test_a_python_without_pyarrow_is_named(cluster: Cluster, tmp_path: Path) -> None:
    bare = tmp_path / "bare"
    venv.create(bare, with_pip=False, symlinks=True)
    words = [*write_data(tmp_path), "--engine", "spark", "--spark-master", cluster.master, "--format", "csv"]
    ran = leadline(words, tmp_path, PYSPARK_PYTHON=str(bare / "bin" / "python"))
    assert ran.returncode == 2
    assert "the Python of Spark's workers has no" in ran.stderr


def test_a_master_that_does_not_answer_is_one_clear_line(tmp_path: Path) -> None:
    words = [*write_data(tmp_path), "--engine", "spark", "--spark-master", "spark://127.0.0.1:1", "--format", "csv"]
    ran = leadline(words, tmp_path)
    assert ran.returncode == 2
    assert "Traceback" not in ran.stderr
    assert ran.stdout == ""
