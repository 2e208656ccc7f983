"""Widgets and gestures."""
