"""Tables of others as they are written: records of text, rows of a workbook, and how large."""
