"""MariaDB: a server of the tests' own, in a temporary folder, reached by a socket alone."""

from __future__ import annotations

import atexit
import importlib.util
import os
import shutil
import subprocess
import tempfile
import time
from datetime import datetime, timedelta
from decimal import Decimal
from functools import lru_cache
from pathlib import Path
from typing import Any

from leadline_compiler.schema import Kind

from .tables import Column, Table, Tables

_TYPES = {Kind.NUMBER: "DECIMAL(38, 6)", Kind.YES_NO: "BOOLEAN", Kind.DATE: "DATETIME(6)"}
_EPOCH = datetime(1970, 1, 1)
_SECONDS = 60


def is_here() -> bool:
    return _program("mariadbd") is not None and importlib.util.find_spec("pymysql") is not None


def _program(name: str) -> str | None:
    return shutil.which(name) or shutil.which(name, path="/usr/sbin:/usr/local/sbin")


@lru_cache(maxsize=1)
def start_server() -> str:
    """The socket of a server that lives as long as the tests do."""
    server, install = _program("mariadbd"), _program("mariadb-install-db")
    assert server is not None, "look with is_here first"
    assert install is not None, "look with is_here first"
    home = tempfile.mkdtemp(prefix="leadline-mariadb-")
    user = ["--user=mysql"] if os.geteuid() == 0 else []
    if user:
        shutil.chown(home, "mysql", "mysql")
    own = ["--no-defaults", f"--datadir={home}/data", *user]
    init = [install, *own, "--auth-root-authentication-method=normal", "--skip-test-db"]
    subprocess.run(init, check=True, capture_output=True)
    socket = f"{home}/socket"
    options = [
        "--skip-networking",
        f"--socket={socket}",
        f"--pid-file={home}/pid",
        # A server that starts removes what it takes for remains of its own from the folder of temporary files.
        f"--tmpdir={home}",
        "--innodb-flush-log-at-trx-commit=0",
    ]
    running = subprocess.Popen([server, *own, *options], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    atexit.register(_stop, running, home)
    last = time.monotonic() + _SECONDS
    while not Path(socket).exists():
        assert running.poll() is None, "the server did not start"
        assert time.monotonic() < last, "the server did not start in time"
        time.sleep(0.1)
    return socket


def _stop(running: subprocess.Popen[bytes], home: str) -> None:
    running.kill()
    running.wait()
    shutil.rmtree(home, ignore_errors=True)


def run(sql: str, tables: Tables) -> list[dict[str, Any]]:
    """The rows of the result; the tables are temporary."""
    import pymysql

    connection = pymysql.connect(unix_socket=start_server(), user="root", charset="utf8mb4", autocommit=True)
    try:
        with connection.cursor() as cursor:
            cursor.execute("CREATE DATABASE IF NOT EXISTS leadline CHARACTER SET utf8mb4")
            cursor.execute("USE leadline")
            for table in (tables.contacts, tables.events):
                _load(cursor, table)
            cursor.execute(sql)
            names = [item[0] for item in cursor.description or ()]
            return [dict(zip(names, row, strict=True)) for row in cursor.fetchall()]
    finally:
        connection.close()


def _load(cursor: Any, table: Table) -> None:
    columns = ", ".join(f"{_quoted(column.name)} {_type(column)}" for column in table.columns)
    cursor.execute(f"DROP TABLE IF EXISTS {table.name}")
    cursor.execute(f"CREATE TABLE {table.name} ({columns})")
    marks = ", ".join("%s" for _ in table.columns)
    rows = [
        [_value(value, column.kind) for value, column in zip(row, table.columns, strict=True)] for row in table.rows
    ]
    if rows:
        cursor.executemany(f"INSERT INTO {table.name} VALUES ({marks})", rows)


def _type(column: Column) -> str:
    return "DATE" if column.is_day else _TYPES.get(column.kind, "TEXT")


def _quoted(name: str) -> str:
    return "`" + name.replace("`", "``").replace("%", "%%") + "`"


def _value(value: Any, kind: Kind) -> Any:
    if value is None:
        return None
    if kind is Kind.NUMBER:
        return Decimal(value).scaleb(-6)
    return _EPOCH + timedelta(microseconds=value) if kind is Kind.DATE else value
