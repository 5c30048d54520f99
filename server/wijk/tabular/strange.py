"""What stands in a file that is no sheet of ours, and sheets that are missing: told, never read."""

from collections.abc import Iterator, Sequence

from rapidfuzz import fuzz, process

from wijk.tabular.explaining import VERSION
from wijk.tabular.grid import Book, Sheet
from wijk.tabular.layout import Table, version
from wijk.tabular.problems import FOUT, LET_OP, Problem, Spot, letters, several

_ALIKE = 75


def versions(sheet: Sheet, tables: Sequence[Table]) -> Iterator[Problem]:
    """Tells when the workbook was made from another template."""
    now = version(tables)
    for number, cells in sheet.rows.items():
        if len(cells) > 1 and cells[0] == VERSION and cells[1] != now:
            said = (
                f"Dit werkboek is gemaakt met een ouder sjabloon (“{cells[1]}”; nu “{now}”). "
                "Kolommen kunnen veranderd zijn. Haal liever een nieuw werkboek op."
            )
            yield Problem("sjabloon", LET_OP, said, Spot(sheet.name, number, 2), value=cells[1])


def unknown(sheet: Sheet, tables: Sequence[Table]) -> Problem:
    """A sheet that is not of the workbook."""
    near = process.extractOne(
        sheet.name, [table.name for table in tables], scorer=fuzz.WRatio, score_cutoff=_ALIKE
    )
    filled = sum(map(bool, (said for cells in sheet.rows.values() for said in cells)))
    cells = "1 cel" if filled == 1 else f"{filled} cellen"
    said = f"Het blad “{sheet.name}” hoort niet bij het werkboek en is niet gelezen ({cells})."
    if near:
        said += f" Bedoel je “{near[0]}”? Geef het blad dan die naam."
    level = FOUT if near else LET_OP
    return Problem(
        "blad-onbekend", level, said, Spot(sheet.name), "", sheet.name, near[0] if near else ""
    )


def twice(sheet: Sheet, first: str) -> Problem:
    """A sheet that stands there a second time."""
    said = f"Dit blad is hetzelfde als “{first}”. Zet alle rijen op één blad."
    return Problem("blad-dubbel", FOUT, said, Spot(sheet.name))


def no_such_sheet(wanted: str, tables: Sequence[Table]) -> Problem:
    """A name that is of no sheet."""
    names = ", ".join(table.name for table in tables)
    said = f"“{wanted}” is geen blad van het werkboek. Kies uit: {names}."
    return Problem("blad-onbekend", FOUT, said, value=wanted)


def nothing(book: Book, tables: Sequence[Table]) -> Problem:
    """A file without any sheet of ours."""
    names = ", ".join(table.name for table in tables)
    if book.kind == "text":
        said = (
            "Aan de koppen is niet te zien welk blad dit is. Zeg het erbij met --sheet, "
            f"bijvoorbeeld --sheet Casussen. Je kunt kiezen uit: {names}."
        )
    else:
        said = f"In dit werkboek staat geen blad dat wij kennen. Het kan zijn: {names}."
    return Problem("geen-blad", FOUT, said)


def no_headings(sheet: Sheet, table: Table) -> Problem:
    """A sheet of ours without any heading of ours."""
    names = ", ".join(f"“{column.title}”" for column in table.columns[:4])
    said = (
        f"Op dit blad staan geen koppen die wij kennen. Zet in de eerste rij de koppen, zoals "
        f"{names}. Of begin met een nieuw werkboek."
    )
    return Problem("geen-koppen", FOUT, said, Spot(sheet.name, 1))


def column(spot: Spot, said: str, rows: Sequence[int], names: Sequence[str]) -> Problem:
    """A column whose heading is not ours; `names` are those that are ours and not there."""
    near = process.extractOne(said, names, scorer=fuzz.WRatio, score_cutoff=_ALIKE)
    if not rows:
        told = f"De kolom “{said}” kennen wij niet. Er staat niets in."
        return Problem("kolom-onbekend", LET_OP, told, spot, value=said)
    told = (
        f"De kolom “{said}” kennen wij niet. Wat erin staat is niet gelezen: "
        f"kolom {letters(spot.column)}, rij {several(rows)}."
    )
    if near is None:
        return Problem("kolom-onbekend", LET_OP, told, spot, value=said)
    told += f" Bedoel je “{near[0]}”? Geef de kolom dan die naam."
    return Problem("kolom-onbekend", FOUT, told, spot, "", said, near[0])
