"""Feeds of the published cases: Atom, RSS 2.0 and JSON Feed, and what was withdrawn as CSV."""
