"""The commands of the linking room, one file each."""
