"""rdflib-endpoint over rdflib's own store: `python rdflib_server.py PORT FILE`."""

import sys

import uvicorn
from rdflib import Dataset
from rdflib_endpoint import SparqlEndpoint


def main() -> None:
    """Load and serve."""
    graph = Dataset(default_union=True)
    graph.parse(sys.argv[2], format="nquads")
    uvicorn.run(SparqlEndpoint(graph=graph), port=int(sys.argv[1]), log_level="warning")


if __name__ == "__main__":
    main()
