"""The acts that make edits official (publish, withdraw, restore) or forgotten (redact)."""
