"""Opens a file that an editor hands in, whatever it is written in."""

import io
import zipfile

from wijk.tables import sheets
from wijk.tabular import ods, plain, xlsx
from wijk.tabular.grid import Book, Unreadable

LARGEST = 32 * 1024**2
"""Bytes that a file may be."""
UNPACKED = 256 * 1024**2
"""Bytes that its parts may be together, once unpacked."""
_OLD = b"\xd0\xcf\x11\xe0"
_ODS = b"application/vnd.oasis.opendocument.spreadsheet"
_AGAIN = "Open het in Excel of LibreOffice en bewaar het opnieuw als .xlsx."


def opened(content: bytes, unpacked: int = UNPACKED) -> Book:
    """What a file holds: .xlsx, .ods, .csv or .tsv, told from what is in it.

    A workbook may be `unpacked` bytes once it is unpacked.

    Raises:
        Unreadable: nothing of it can be read, and why.
    """
    if not content.strip():
        raise Unreadable("leeg", "Dit bestand is leeg. Kijk of het het goede bestand is.")
    if len(content) > LARGEST:
        raise Unreadable(
            "te-groot",
            f"Dit bestand is groter dan {LARGEST // 1024**2} MB. Verdeel het over meer bestanden.",
        )
    if content.startswith(_OLD):
        raise Unreadable(
            "oud-of-gesloten",
            "Dit is een werkboek van vóór 2007 (.xls), of er zit een wachtwoord op. Bewaar het "
            "als .xlsx, zonder wachtwoord.",
        )
    if content.startswith(b"%PDF"):
        raise Unreadable("geen-tabel", "Dit is een pdf. Stuur het werkboek zelf in, als .xlsx.")
    stream = io.BytesIO(content)
    if not content.startswith(sheets.BEGIN):
        return plain.read(stream)
    kind = _packed(content, unpacked)
    return ods.read(stream) if kind == "ods" else xlsx.read(stream)


def _packed(content: bytes, most: int) -> str:
    """What kind of workbook a zip file is: `xlsx` or `ods`."""
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            parts = archive.infolist()
            if sheets.too_much(parts, most):
                raise Unreadable(
                    "te-groot",
                    "Uitgepakt is dit werkboek veel te groot. Bewaar alleen de bladen die je "
                    "hebt ingevuld, in een nieuw bestand.",
                )
            names = {part.filename for part in parts}
            if "mimetype" in names and archive.read("mimetype").startswith(_ODS):
                return "ods"
    except sheets.UNREADABLE as error:
        raise Unreadable("beschadigd", f"Dit bestand is beschadigd. {_AGAIN}") from error
    if "[Content_Types].xml" not in names:
        raise Unreadable("geen-tabel", f"Dit is een zip-bestand, geen werkboek. {_AGAIN}")
    return "xlsx"
