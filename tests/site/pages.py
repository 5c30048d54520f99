"""The pages that are looked at: one address at least for each template and each of its states.

Who makes a page adds a line here; `README.md` tells how to look at it alone. Imports none of the
tests' own modules: `pictures.py` uses it too.
"""

from collections.abc import Mapping
from pathlib import Path
from urllib.parse import quote

ON_THE_MAP = (Path(__file__).parents[2] / "queries/steps/stap-4-op-de-kaart.rq").read_text("utf-8")
"""A query whose answer is a table, a map and a chart."""

PAGES: Mapping[str, str] = {
    "start": "/",
    # documents
    "casus": "/doc/case/boefjes-en-baristas",
    "casus-online": "/doc/case/holybe",
    "casus-plaatsen": "/doc/case/buurtpreventieteams-cranendonck",
    "casus-naamloos": "/doc/case/initiatief-in-oss",
    "casus-betwist": "/doc/case/de-oude-bieb",
    "casus-gemeente-weg": "/doc/case/initiatief-in-flatwijk-uden",
    "initiatief": "/doc/initiative/de-oude-bieb",
    "plaats": "/doc/place/de-muntel",
    "gebied": "/doc/area/gm0796",
    "gebied-weg": "/doc/area/gm0856",
    "gebied-zonder-cijfer": "/doc/area/2022-wk036213",
    "les-bundel": "/doc/lesson/kneuterigheid-verdient-een-standbeeld",
    "bron": "/doc/source/cbs-kerncijfers-wijken-en-buurten-2022",
    "les": "/doc/lesson/blijven-investeren",
    "thema": "/doc/theme/groen",
    "bundel": "/doc/bundle/wij-in-de-wijk-1",
    "gebeurtenis": "/doc/event/maashorst-2022",
    "uiting": "/doc/media/podcastserie",
    "project": "/doc/project/wij-in-de-wijk",
    "cijfers": "/doc/figure/2022-gm0014",
    "kenmerk": "/doc/measure/about",
    # data
    "controle": "/controle",
    "controle-punten": "/controle/onbekend",
    "controle-aandacht": "/controle/aandacht",
    "wijzigingen": "/wijzigingen",
    "wijzigingen-dag": "/wijzigingen/2026-11-23",
    "casussen": "/casussen",
    "catalogus": "/catalog",
    "dataset": "/dataset/cases",
    "bestanden": "/dump/",
    "gegevens": "/gegevens",  # after those: it does not wait until the files are made
    "feeds": "/feeds/",
    "voor-portalen": "/voor-portalen",
    "ontologie": "/def",
    "shapes": "/shape",
    "sparql": "/sparql",
    "sparql-antwoord": f"/sparql?format=html&query={quote(ON_THE_MAP)}#antwoord",
    # lists, search, questions
    "lessen": "/lessen",
    "lessen-voor": "/lessen?voor=bewoner",
    "plaatsen": "/plaatsen",
    "betrokkenen": "/betrokkenen",
    "themas": "/themas",
    "bronnen": "/bronnen",
    "bundels": "/bundels",
    "reeksen": "/cijfers",
    "casussen-kaart": "/casussen?weergave=kaart",
    "casussen-tabel": "/casussen?weergave=tabel",
    "casussen-niets": "/casussen?q=zzzkoffie",
    "vergelijk": "/vergelijk?casus=choku-gym&casus=de-oude-bieb",
    "mijn-wijk": "/mijn-wijk",
    "zoeken": "/zoeken?q=koffie",
    "zoeken-niets": "/zoeken?q=qqqqqq",
    "vragen": "/vragen",
    "vraag": "/vragen/lessons-for-an-audience",
    "wijzigingen-casus": "/wijzigingen/case/choku-gym",
    "betrokkene": "/doc/actor/accolade",
    "begrippenlijst": "/doc/scheme/theme",
    # about the site
    "over": "/over",
    "over-hoe": "/over/hoe",
    "licentie": "/licentie",
    "toegankelijkheid": "/toegankelijkheid",
    "privacy": "/privacy",
    "fout-melden": "/fout-melden",
    "api": "/api",
    "en": "/en",
    "en-sparql": "/en/sparql",
    "en-def": "/en/def",
    "en-api": "/en/api",
    # in a frame of somebody else
    "kader-casus": "/embed/case/boefjes-en-baristas",
    "kader-lijst": "/embed/list?thema=samenleven",
    "kader-kaart": "/embed/map",
}
"""By name, an address of the graph as shipped that answers with a page."""

NOT_THERE: Mapping[str, str] = {
    "niet-gevonden": "/doc/case/boefjes",
    "kader-niet-gevonden": "/embed/case/niets",
}
"""Pages that say that nothing is there: their status is 404."""
