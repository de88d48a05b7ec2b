"""What every emitted module carries along, as real source: its definitions are pasted, those that are used."""
