"""What is told of cells in English: a sentence for each code, with what the finding says.

`{value}` is what stands there and `{field}` the heading of the column, as the workbook has it.
"""

from wijk.editing import sentences
from wijk.tabular.layout import OF_FIELD, OF_KIND, OF_THING, OF_VALUE
from wijk.tabular.problems import Problem, several

_SHOWN = 80
_AGAIN = "Open it in Excel or LibreOffice and save it as .xlsx again."
SENTENCES = {
    **{code: said["en"] for code, said in sentences.MISREAD.items()},
    "aanhalingsteken": "A quotation mark is opened here and never closed. Close it.",
    "al-bekend": "There is one of this number or name already; this row changes what stands there. "
    "Is it another? Give it a number that is free, or a name of its own in “naam in het adres”.",
    "beschadigd": f"This file or sheet is damaged. {_AGAIN}",
    "blad-dubbel": "This sheet stands there twice. Put all rows on one sheet.",
    "blad-onbekend": "“{value}” is no sheet of the workbook, and was not read.",
    "boven-de-koppen": "There is text above the headings. It was not read.",
    "bron-blijft": "“{field}” was changed. The source of the old value stays with it. Is that not "
    "right? Then fill in the source of this row.",
    "bron-geldt": "“{field}” was changed. The source of all of this field stays with it. Is that "
    "not right? Then change it on the sheet Onderbouwing.",
    "bron-ontbreekt": "Where does what is new in this row come from? Fill in “{field}” and, beside "
    "it, “grondslag van deze rij”.",
    "bron-niet-gebruikt": "What is new in this row, or more of this sheet, needs no source or has "
    "one. The source of the row was not used there.",
    "codering": "This file is not in UTF-8. Its letters were read as Windows-1252: see whether "
    "that is right, for example at “{value}”. If not, save it as .xlsx or as CSV in UTF-8.",
    "een-regel": "“{field}” is one line. The lines in this cell now stand behind each other.",
    "formule": "Here stands a formula. Its outcome “{value}” was used.",
    "formule-leeg": "Here stands a formula without its outcome. Save the file in Excel or "
    "LibreOffice, or type the value.",
    "formule-mislukt": "Here stands “{value}”: a formula that failed. Type the value.",
    "geen-blad": "There is no sheet here that we know. Of a table in text, say which sheet it is.",
    "geen-koppen": "This sheet has no headings that we know. Put them in the first row.",
    "geen-tabel": "This is no workbook and no table. Send the workbook itself, as .xlsx.",
    "kolom-onbekend": "The column “{value}” is not known. What stands in it was not read.",
    "kolom-ontbreekt": "A column is missing. Is it now called “{value}”? Put its heading back.",
    "kop-dubbel": "The heading “{value}” stands on this sheet twice. Leave one column.",
    "leeg": "This is empty. Fill it in, or see whether it is the right file.",
    "macro": "This workbook has macros. They are not run. Save it as .xlsx.",
    "naam-in-adres": "“{value}” cannot stand in an address. Use small letters, digits and hyphens, "
    "or leave the cell empty.",
    "naam-ontbreekt": "This row has no “{field}”. Fill it in.",
    "onbekend": "“{value}” is not known here. Is it new? Then leave this cell empty.",
    "oud-of-gesloten": "This is a workbook from before 2007 (.xls), or it has a password. Save it "
    "as .xlsx, without a password.",
    "rij-dubbel": "This stands in another row too. Put all of it in one row.",
    "samengevoegd": "These cells are merged: only the first has a value. Split them.",
    "sjabloon": "This workbook was made from an older template. Rather fetch a new one.",
    "te-breed": "This row has too many cells. Take away what is not of the table.",
    "te-groot": "This file is too large. Divide it over more files.",
    "te-lang": "This sheet has too many rows. Divide it over more files.",
    "teken": "In “{value}” is a letter that cannot be read. Type it again, and save the file as "
    "UTF-8 or as .xlsx.",
    "verborgen": "There are hidden rows. They were read; see whether that is right.",
    "verborgen-blad": "This sheet is hidden. It was read.",
    "verouderd": "This was changed after the workbook was made. Fetch a new workbook, and make "
    "your change in that.",
    "voorbeeld": "This row is marked as an example (voorbeeld) and was not read. Is it a real row? "
    "Take that word away.",
    "webadres": "The web address of a source does not change. Is it another? Make a new row.",
    "webadres-leeg": "This was emptied; a source keeps its web address. Put it back.",
    "weghalen": "Here stands “{value}”. Choose ja (yes), or leave this cell empty.",
    "zonder-kop": "There is no heading above this cell, so it was not read.",
    OF_KIND: "“{field}” does not say what this row is about. Choose from its list.",
    OF_THING: "Fill in at “{field}” what this row is about.",
    OF_FIELD: "“{value}” is no field that this row can be about. Choose one of its sheet.",
    OF_VALUE: "The value at “{field}” is not in the cell that it is about. Write it as there.",
}


def told(problem: Problem) -> str:
    """What is wrong with a cell, in English, with what may be meant and where else it is so."""
    flat = " ".join(problem.value.split())
    value = flat if len(flat) <= _SHOWN else f"{flat[:_SHOWN]}…"
    said = SENTENCES[problem.code].replace("{field}", problem.field).replace("{value}", value)
    meant = f" Did you mean “{problem.nearest}”?" if problem.nearest else ""
    if not problem.also:
        return f"{said}{meant}"
    rows = several(problem.also).replace(" en nog ", " and more: ").replace(" en ", " and ")
    return f"{said}{meant} The same in row {rows}."
