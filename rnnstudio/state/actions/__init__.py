"""Changes: each action turns a state into a new one."""
