"""The form of a draft: made of the fields of the shapes, and read back, without a script."""
