"""The lists: cases with their filters, views and files; places, actors and themes; side by side."""
