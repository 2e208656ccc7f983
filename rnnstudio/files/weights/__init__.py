"""Weights in foreign formats."""
