"""The commands that only compute: each reads files, runs the engine, and writes files; none needs Qt."""
