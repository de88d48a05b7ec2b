"""The editor's package; it asks the public package and nothing else."""
