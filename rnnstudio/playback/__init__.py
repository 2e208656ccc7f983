"""Where we are in time."""
