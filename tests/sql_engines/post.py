"""PostgreSQL: a cluster of the tests' own, in a temporary folder, reached by a socket alone."""

from __future__ import annotations

import atexit
import os
import shutil
import subprocess
import tempfile
from datetime import datetime, timedelta
from decimal import Decimal
from functools import lru_cache
from pathlib import Path
from typing import Any

from leadline_compiler.schema import Kind

from .tables import Column, Table, Tables

_TYPES = {Kind.NUMBER: "DECIMAL(38, 6)", Kind.YES_NO: "BOOLEAN", Kind.DATE: "TIMESTAMP"}
_EPOCH = datetime(1970, 1, 1)
_USER = "postgres"


def find_programs() -> Path | None:
    """The folder of `initdb` and `pg_ctl`, the newest where there are several; None where there is none."""
    found = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"), key=lambda path: int(path.parts[-3]))
    if found:
        return found[-1].parent
    known = shutil.which("initdb")
    return None if known is None else Path(known).parent


@lru_cache(maxsize=1)
def start_server() -> str:
    """The folder of the socket of a server that lives as long as the tests do."""
    programs = find_programs()
    assert programs is not None, "look with find_programs first"
    home = tempfile.mkdtemp(prefix="leadline-postgres-")
    # A server never runs as root; whoever is not root runs it as themselves.
    user: dict[str, Any] = {"user": _USER, "group": _USER, "extra_groups": []} if os.geteuid() == 0 else {}
    if user:
        shutil.chown(home, _USER, _USER)
    data = f"{home}/data"
    init = [str(programs / "initdb"), "-D", data, "-U", _USER, "-E", "UTF8", "--locale=C", "-A", "trust", "--no-sync"]
    subprocess.run(init, check=True, capture_output=True, cwd=home, **user)
    options = f"-c listen_addresses='' -c unix_socket_directories={home} -c fsync=off -c jit=off"
    control = [str(programs / "pg_ctl"), "-D", data, "-w", "-o", options, "-l", f"{home}/log"]
    subprocess.run([*control, "start"], check=True, stdout=subprocess.DEVNULL, cwd=home, **user)
    atexit.register(_stop, [*control, "-m", "immediate", "stop"], home, user)
    return home


def _stop(command: list[str], home: str, user: dict[str, Any]) -> None:
    subprocess.run(command, check=False, stdout=subprocess.DEVNULL, cwd=home, **user)
    shutil.rmtree(home, ignore_errors=True)


@lru_cache(maxsize=1)
def _connection() -> Any:
    import psycopg

    return psycopg.connect(host=start_server(), user=_USER, dbname=_USER, prepare_threshold=None)


def run(sql: str, tables: Tables) -> list[dict[str, Any]]:
    """The rows of the result. Everything is rolled back."""
    connection = _connection()
    try:
        for table in (tables.contacts, tables.events):
            _load(connection, table)
        found = connection.execute(sql.encode())
        names = [item.name for item in found.description or ()]
        return [dict(zip(names, row, strict=True)) for row in found.fetchall()]
    finally:
        connection.rollback()


def _load(connection: Any, table: Table) -> None:
    columns = ", ".join(f"{_quoted(column.name)} {_type(column)}" for column in table.columns)
    connection.execute(f"CREATE TEMPORARY TABLE {table.name} ({columns})")
    with connection.cursor().copy(f"COPY {table.name} FROM STDIN") as copy:
        for row in table.rows:
            copy.write_row([_value(value, one.kind) for value, one in zip(row, table.columns, strict=True)])


def _type(column: Column) -> str:
    return "DATE" if column.is_day else _TYPES.get(column.kind, "TEXT")


def _quoted(name: str) -> str:
    return '"' + name.replace('"', '""') + '"'


def _value(value: Any, kind: Kind) -> Any:
    if value is None:
        return None
    if kind is Kind.NUMBER:
        return Decimal(value).scaleb(-6)
    return _EPOCH + timedelta(microseconds=value) if kind is Kind.DATE else value
