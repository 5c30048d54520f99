"""What people enter: the fields of the shapes, records of documents, changes and drafts."""
