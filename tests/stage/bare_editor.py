"""The editor alone, run as a program: `python bare_editor.py FILE` writes the text to the file when it is left."""

from __future__ import annotations

import sys
from pathlib import Path

from stage import EditorApp


def main() -> None:
    path = Path(sys.argv[1])
    app = EditorApp(path.read_text(encoding="utf-8"))
    app.run()
    path.write_text(app.editor.text, encoding="utf-8")


if __name__ == "__main__":
    main()
