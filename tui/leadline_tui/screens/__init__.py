"""What fills the terminal: the main screen, and the questions that lie over it."""
