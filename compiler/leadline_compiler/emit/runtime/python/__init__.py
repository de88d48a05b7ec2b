"""The Python runtime. Its files import the standard library and each other, nothing else."""
