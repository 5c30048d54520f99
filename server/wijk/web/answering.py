"""What only a server answers, for who builds the site as files: questions, search, choices."""

LEFT_OUT = (
    "/sparql",
    "/en/sparql",
    "/casussen.",
    "/vergelijk",
    "/zoeken",
    "/vragen",
    "/oai",
    "/api/",
    "/reconcile",
    "/health/",
    "/metrics",
    "/openapi.json",
)
"""How the paths begin that are no files: their answers depend on more than the address."""
OPERATING = ("/health/", "/metrics")
"""Those of them that are for who runs the server."""
CHOSEN = (
    *("/embed/list", "/embed/map", "/casussen", "/plaatsen", "/betrokkenen", "/lessen"),
    "/bronnen",
)
"""Pages that are files as long as nothing of them is chosen: what comes after a question mark."""
POINTLESS = ("/api", "/en/api", "/mijn-wijk")
"""Pages about what a server answers, or that do nothing but ask it."""


def by_a_server(path: str) -> bool:
    """Whether a path, with what comes after its question mark, is nothing for a file."""
    page, _, query = path.partition("?")
    return page.startswith(LEFT_OUT) or (page in CHOSEN and bool(query))
