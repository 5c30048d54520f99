"""Records: what a document says with the fields of its kind; read from it and written back."""

from wijk.editing.reading import read
from wijk.editing.statements import Evidence, Part, Record, Statement
from wijk.editing.writing import blank, path_of, written

__all__ = ("Evidence", "Part", "Record", "Statement", "blank", "path_of", "read", "written")
