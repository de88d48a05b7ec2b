"""Markdown whose examples are run: pages of the documentation and literate cases of the corpus."""
