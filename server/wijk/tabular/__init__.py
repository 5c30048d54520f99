"""The workbook of editors: made from the fields, and read back."""
