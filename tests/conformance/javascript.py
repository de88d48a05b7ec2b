"""Runs emitted ES modules: one process of Node for many models."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any

import pytest

_DRIVER = """
import { readFileSync, writeFileSync } from "node:fs";
const cases = JSON.parse(readFileSync(process.argv[2], "utf8"));
const results = [];
for (const { module, contacts, asOf } of cases) {
  const { score } = await import(module);
  results.push(contacts.map((contact) => score(contact, asOf)));
}
writeFileSync(process.argv[3], JSON.stringify(results));
"""
_FOR_LITTLE = ("--no-opt", "--single-threaded")
"""A module that scores a few contacts is done before Node has optimised it."""


def node() -> str:
    """The path of Node. Without it the test is skipped, but fails where CI promises that it is there."""
    path = shutil.which("node")
    if path is None and os.environ.get("CI"):
        pytest.fail("node is not installed, and this test needs it")
    if path is None:
        pytest.skip("node is not installed: the ES module was not run")
    return path


def run_script(script: str, folder: Path, *arguments: str, options: Sequence[str] = ()) -> str:
    """What a script prints; `options` are those of Node."""
    path = folder / "script.mjs"
    path.write_text(script, encoding="utf-8")
    done = subprocess.run([node(), *options, str(path), *arguments], capture_output=True, text=True, encoding="utf-8")
    assert done.returncode == 0, done.stderr
    return done.stdout


def score_all(cases: Iterable[tuple[str, Iterable[Any], str]], folder: Path) -> list[list[dict[str, Any]]]:
    """The results of contacts by emitted modules; a case is the text of a module, contacts and an as-of."""
    written = []
    for number, (module, contacts, as_of) in enumerate(cases):
        path = folder / f"model{number}.mjs"
        path.write_text(module, encoding="utf-8")
        written.append({"module": path.as_uri(), "contacts": list(contacts), "asOf": as_of})
    (folder / "cases.json").write_text(json.dumps(written), encoding="utf-8")
    run_script(_DRIVER, folder, str(folder / "cases.json"), str(folder / "results.json"), options=_FOR_LITTLE)
    found: list[list[dict[str, Any]]] = json.loads((folder / "results.json").read_text(encoding="utf-8"))
    return found
