"""The arithmetic: cells as equations, runs, traces. Python and NumPy only."""
