"""What was written: text, statements, syntax tree, diagnostics and layout. It knows text, not meaning."""
