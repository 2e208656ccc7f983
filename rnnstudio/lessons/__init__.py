"""Guided lessons: read from their files, gone through stop by stop."""
