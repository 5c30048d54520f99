"""The site: thin, over an immutable snapshot and an engine."""
