"""Where things are, and what they show."""
