"""The first sheet of the workbook: what to do, in words that everyone knows."""

from collections.abc import Callable, Iterable
from typing import Any

from wijk.editing.kinds import EVIDENCE, PARTICIPATION
from wijk.tabular import styles
from wijk.tabular.layout import CHOICES, EXAMPLE, NAMES, Table, version

VERSION = "versie van dit werkboek"
_TITLE = "Casussen invullen"
_WIDTHS = (30, 100)
_STEPS = (
    "Begin op het blad Casussen. Elke rij is één casus. De grijze rij is een voorbeeld: die wordt "
    "niet gelezen. Typ jouw rijen daaronder.",
    "Een kop met een sterretje (*) is verplicht. Ga op een cel staan, dan lees je wat je invult. "
    "Weet je iets niet, laat de cel dan leeg.",
    "Staat er een pijltje naast de cel, kies dan uit de lijst. Mogen er meer waarden in, zet elke "
    "waarde dan op een nieuwe regel in dezelfde cel (Alt+Enter).",
    "Noem je een plek, betrokkene, initiatief of bron die er nog niet is? Vul die dan ook in op "
    "zijn eigen blad. Geef hem overal dezelfde naam.",
    "Zeg bij elke rij waar het vandaan komt: vul de kolommen “bron van deze rij” en “grondslag "
    "van deze rij” in. Komt één cel uit een andere bron, zet dat dan op het blad Onderbouwing.",
    "Wie er meedeed en met welke rol, zet je op het blad Deelnames.",
    "Een datum schrijf je als 3 februari 2021, als 2021-02-03 of alleen het jaar: 2021.",
    "Bewaar het werkboek en stuur het in. Klopt er iets niet, dan krijg je te zien in welke cel, "
    "en wat er wel kan staan. Er verandert pas iets als alles klopt.",
)
_CHANGING = (
    "Staat een casus al in het werkboek, verander dan alleen de cellen die anders moeten. Een cel "
    "leegmaken haalt de waarde weg. Een hele rij wissen verandert niets.",
    "Verander nooit de kolom “naam in het adres”. Aan die naam herkennen wij de rij. De titel mag "
    "je wel veranderen.",
    "Een deelname of onderbouwing haal je weg met ja in de kolom “weghalen”. Een casus intrekken "
    "kan niet met dit werkboek: vraag het de beheerder.",
    "Schrijf geen namen van personen die daar niet zelf mee in de openbaarheid zijn.",
)
_WHAT = {
    "case": "de casussen: één rij voor elke casus",
    "initiative": "wat mensen doen, onder zijn eigen naam",
    "lesson": "wat je van een casus of bundel kunt leren",
    "actor": "organisaties en groepen die meedoen",
    PARTICIPATION: "wie bij welke casus meedeed, en met welke rol",
    "place": "wijken, dorpen en steden",
    "media": "artikelen, films en podcasts over een casus",
    "source": "de pagina’s en documenten waar het vandaan komt",
    EVIDENCE: "de bron van één cel, als die anders is dan die van de rij",
}


class _Page:
    """The sheet as it grows: each row as high as what it says."""

    def __init__(self, sheet: Any) -> None:
        self.sheet, self._row = sheet, 0
        sheet.column_dimensions["A"].width, sheet.column_dimensions["B"].width = _WIDTHS

    def add(self, *cells: str, style: Callable[[Any, str], Any] = styles.plain) -> None:
        """A row; the style is of its first cell."""
        self._row += 1
        if len(cells) > 1:
            styles.high(self.sheet, self._row, cells, _WIDTHS)
        made = [style(self.sheet, said) for said in cells[:1]]
        self.sheet.append([*made, *(styles.plain(self.sheet, said) for said in cells[1:])])


def explain(sheet: Any, tables: Iterable[Table]) -> None:
    """Write the sheet."""
    made = tuple(tables)
    page = _Page(sheet)
    sheet.sheet_view.showGridLines = False
    styles.printed(sheet)
    page.add(_TITLE, style=styles.title)
    page.add()
    _numbered(page, "Zo vul je het in", _STEPS)
    _numbered(page, "Zo verander je wat er al is", _CHANGING)
    page.add("De bladen", style=styles.bold)
    for table in made:
        page.add(table.name, _WHAT[table.kind])
    page.add(CHOICES, "de lijsten, met uitleg")
    page.add()
    for table in made:
        _columns(page, table)
    page.add(VERSION, version(made), style=styles.bold)


def _numbered(page: _Page, heading: str, steps: Iterable[str]) -> None:
    page.add(heading, style=styles.bold)
    for number, step in enumerate(steps, 1):
        page.add(f"stap {number}", step)
    page.add()


def _columns(page: _Page, table: Table) -> None:
    page.add(f"Kolommen van {NAMES[table.kind]}", style=styles.bold)
    for column in table.columns:
        if column.hidden:
            continue
        name = f"{column.title} *" if column.required else column.title
        shown = f" Bijvoorbeeld: {column.example}" if column.example else ""
        page.add(name, column.help + shown)
    page.add()


def examples(table: Table) -> list[str]:
    """The example row of a sheet: its first cell says that it is one."""
    cells = ["" if column.hidden else column.example for column in table.columns]
    return [EXAMPLE, *cells[1:]]
