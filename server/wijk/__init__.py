"""A case base published as linked data, from a folder of Turtle files."""

__version__ = "0.1.0"
