"""What the text means: names and types, the model, checks, interpreter."""
