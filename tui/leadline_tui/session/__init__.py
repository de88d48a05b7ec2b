"""What the editor knows and does, without a screen: nothing here imports the toolkit that draws it."""
