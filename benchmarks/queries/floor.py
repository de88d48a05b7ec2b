"""DuckDB reads all columns that the rules may look at, and brings the events together by contact."""

from __future__ import annotations

import sys
from pathlib import Path

import duckdb


def main() -> None:
    folder = Path(sys.argv[1])
    connection = duckdb.connect()
    connection.execute("set threads = 2")
    for name, grouped in (("contacts", False), ("events", True)):
        table = f"read_parquet('{folder / name}.parquet')"
        described = [row[:2] for row in connection.execute(f"describe select * from {table}").fetchall()]
        columns = [column for column, _ in described]
        texts = {column for column, kind in described if kind == "VARCHAR"}
        wanted = ", ".join(
            f'{"count" if column in texts else "max"}("{column}")' for column in columns if column != "contact"
        )
        query = f"select {'contact, ' if grouped else ''}{wanted} from {table}{' group by contact' if grouped else ''}"
        connection.execute(f"create temp table found_{name} as {query}")


if __name__ == "__main__":
    main()
