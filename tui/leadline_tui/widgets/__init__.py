"""The parts of the screen, each with the messages that it sends."""
