"""Real engines on which emitted SQL is run: each loads contacts into typed tables and runs one query."""

from .tables import Tables, tables_of

__all__ = ["Tables", "tables_of"]
