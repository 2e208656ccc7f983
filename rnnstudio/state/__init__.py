"""What is, and what may change."""
