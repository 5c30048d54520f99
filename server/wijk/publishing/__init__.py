"""The acts that make edits official: publish and withdraw."""
