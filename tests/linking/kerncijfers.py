"""The same made-up figures as each service and download gives them, in the documented shapes."""

import re

# Two municipalities that are real, with figures and wijken that are not.
FIGURES = {
    "NL00": ("Nederland", 17590672, 8045580, 317, None),
    "GM0285": ("Voorst", 25009, 10863, 360, 67),
    "WK028501": ("Wijk 01 Twello-Nijbroek", 16765, 7205, 352, 64),
    "WK028502": ("Wijk 02 Het water", 5, 0, None, None),
    "GM0363": ("Amsterdam", 882635, 465985, 518, 30),
    "WK0363TA": ("Bijlmer-Centrum", 27705, 14350, 271, 21),
}
TABLE = "85318NED"
NAMES = ("AantalInwoners", "Woningvoorraad", "GemiddeldeWOZWaardeVanWoningen", "Koopwoningen")
TITLES = ("Aantal inwoners", "Woningvoorraad", "Gemiddelde WOZ-waarde van woningen", "Koopwoningen")
V3 = f"/ODataApi/odata/{TABLE}"
FEED = f"/ODataFeed/odata/{TABLE}"
V4 = f"/odata/v1/CBS/{TABLE}"
PDOK = "/cbs/wijken-en-buurten-2022/ogc/v1/collections"


def wanted(request):
    """The codes that a filter asks for."""
    starts = tuple(re.findall(r"startswith\(\w+,'(\w+)'\)", request.query.get("$filter", "")))
    return [code for code in FIGURES if code.startswith(starts)]


def json_only(reply, make):
    """OData 3 answers in XML to who does not ask for JSON."""

    def answer(request):
        if request.query.get("$format") != "json":
            return reply('<?xml version="1.0"?><feed/>')
        made = make(request)
        return made if isinstance(made, reply) else reply({"odata.metadata": V3, **made})

    return answer


def columns_of(request, keys):
    """The rows of OData 3 that are asked for, their codes padded."""
    return [
        {"WijkenEnBuurten": code.ljust(10), **dict(zip(keys, FIGURES[code][1:], strict=True))}
        for code in wanted(request)
    ]


def page_of(request, rows, most):
    """One page of the feed, with a link at the host of CBS to the next."""
    at = int(request.query.get("$skip", 0))
    if at + most >= len(rows):
        return {"value": rows[at:]}
    asked = "&".join(f"{key}={value}" for key, value in request.query.items() if key != "$skip")
    link = f"https://opendata.cbs.nl{FEED}/TypedDataSet?{asked}&$skip={at + most}"
    return {"value": rows[at : at + most], "odata.nextLink": link.replace(" ", "%20")}


def named(request):
    """The names of the areas that are asked for, in OData 3."""
    rows = [{"Key": it.ljust(10), "Title": f"{FIGURES[it][0]}  "} for it in wanted(request)]
    return {"value": rows}


def v3(service, reply, numbers=(5, 35, 39, 47), most=10_000):
    """OData 3: padded codes, numbered columns, XML without $format, and a limit of rows."""
    keys = [f"{name}_{number}" for name, number in zip(NAMES, numbers, strict=True)]
    geo = {"Type": "GeoDimension", "Key": "WijkenEnBuurten"}
    told = {"value": [geo, *({"Type": "Topic", "Key": key, "Unit": ""} for key in keys)]}
    refusal = reply("The query returns more than 10000 records.", 500)

    def typed(request):
        rows = columns_of(request, keys)
        return refusal if len(rows) > most else {"value": rows}

    for path, make in {
        f"{V3}/TableInfos": lambda request: {"value": [{"Period": "2022"}]},
        f"{V3}/DataProperties": lambda request: told,
        f"{V3}/WijkenEnBuurten": named,
        f"{V3}/TypedDataSet": typed,
        f"{FEED}/TypedDataSet": lambda request: page_of(request, columns_of(request, keys), most),
    }.items():
        service.makes(path, json_only(reply, make))


MEASURES = ("T001036", "D000025", "M001642", "M001609")


def observed(request):
    """The rows of OData 4 that are asked for."""
    return [
        {
            "Measure": measure,
            "ValueAttribute": "." if value is None else "None",
            "Value": None if value is None else float(value),
            "StringValue": None,
            "WijkenEnBuurten": code,
        }
        for code in wanted(request)
        for measure, value in zip(MEASURES, FIGURES[code][1:], strict=True)
    ]


def v4(service, reply, page=3):
    """OData 4: a number a row, codes for measures, null with an attribute for what is missing."""

    def observations(request):
        at, found = int(request.query.get("$skiptoken", 0)), observed(request)
        asked = request.query["$filter"].replace(" ", "%20")
        link = f"{service.url}{V4}/Observations?$filter={asked}&$skiptoken={at + page}"
        more = {"@odata.nextLink": link} if at + page < len(found) else {}
        return reply({"@odata.context": "x", "value": found[at : at + page], **more})

    def areas(request):
        rows = [{"Identifier": it, "Title": FIGURES[it][0]} for it in wanted(request)]
        return reply({"value": rows})

    told = zip(MEASURES, TITLES, strict=True)
    codes = [{"Identifier": code, "Title": title} for code, title in told]
    service.answers(f"{V4}/Properties", {"Title": "Kerncijfers wijken en buurten 2022"})
    service.answers(f"{V4}/MeasureCodes", {"value": codes})
    service.makes(f"{V4}/WijkenEnBuurtenCodes", areas)
    service.makes(f"{V4}/Observations", observations)


COLUMNS = (
    "aantal_inwoners",
    "woningvoorraad",
    "gemiddelde_woningwaarde",
    "percentage_koopwoningen",
)


def feature(code, single):
    """One area of PDOK, with sentinels."""
    values = [-99997 if it is None else it for it in FIGURES[code][1:]]
    told = {f"{single}code": code, f"{single}naam": FIGURES[code][0], "water": "NEE"}
    told |= dict(zip(COLUMNS, values, strict=True))
    return {"type": "Feature", "geometry": None, "properties": told}


def pdok(service, reply, page=1):
    """PDOK: features with links, sentinels for what is missing, and water as a row of its own."""

    def collection(level, single, start):
        def answer(request):
            number, at = request.query["gemeentecode"][2:], int(request.query.get("cursor", 0))
            found = [it for it in FIGURES if it.startswith(start + number)]
            links = [{"rel": "self", "href": service.url}]
            if at + page < len(found):
                where = f"{PDOK}/{level}/items?f=json&gemeentecode=GM{number}"
                links.append({"rel": "next", "href": f"{where}&cursor={at + page}"})
            sea = {"properties": {"water": "JA", f"{single}code": f"{start}{number}99"}}
            features = [feature(it, single) for it in found[at : at + page]]
            whole = {"type": "FeatureCollection", "links": links, "features": [*features, sea]}
            return reply(whole)

        service.makes(f"{PDOK}/{level}/items", answer)

    collection("gemeenten", "gemeente", "GM")
    collection("wijken", "wijk", "WK")


def statline(path):
    """A download of StatLine."""
    units = ("aantal", "aantal", "x 1 000 euro", "%")
    topics = [f"Onderwerp/{title} ({unit})" for title, unit in zip(TITLES, units, strict=True)]
    head = ["Perioden", "Wijken en buurten", "Regioaanduiding/Codering (code)", *topics]
    body = [
        [
            "2022",
            f"{name}  ",
            code.ljust(10),
            *("       ." if it is None else f"{it:8}" for it in own),
        ]
        for code, (name, *own) in FIGURES.items()
    ]
    older = ["2021", "Voorst", "GM0285    ", *["      1"] * 4]
    lines = [";".join(f'"{cell}"' for cell in row) for row in (head, older, *body)]
    path.write_text("\n".join(lines) + "\n", encoding="utf-8-sig")
    return path
