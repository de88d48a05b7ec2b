"""Emitters: a plan written out in other languages, one file a target."""

from leadline_compiler.emit.emitted import Emitted
from leadline_compiler.emit.javascript import emit_javascript
from leadline_compiler.emit.python import emit_python

__all__ = ["Emitted", "emit_javascript", "emit_python"]
