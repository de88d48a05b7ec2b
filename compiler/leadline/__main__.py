"""The command `leadline`: as little as possible before the one command that is wanted."""

from __future__ import annotations

import gc
import sys


def main() -> None:
    """Runs the command line and leaves with its exit code."""
    if sys.argv[1:] == ["--version"] and _tells_version():
        return
    try:
        sys.exit(_run())
    except KeyboardInterrupt:
        # Interrupted while still loading: later the command itself takes care of it.
        sys.exit(130)


def _tells_version() -> bool:
    """Whether the version could be written; where it cannot, the command line takes over, which says so."""
    from leadline.version import __version__

    try:
        print(f"leadline {__version__}", flush=True)
    except OSError:
        return False
    return True


def _run() -> int:
    # A run makes many values that live to its end, and hardly a circle: looking for garbage often finds none.
    gc.set_threshold(200_000, 20, 50)
    from leadline.commands import run
    from leadline.ending import end_in_order

    end_in_order()
    return run(sys.argv[1:])


if __name__ == "__main__":
    main()
