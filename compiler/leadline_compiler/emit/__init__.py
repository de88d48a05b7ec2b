"""Emitters: a plan written out in other languages, one file a target. None is loaded before it is asked for."""
