"""The engine by itself, in a process that may fetch: what it does with a text that was let through.

Texts come in as lines of JSON; a line goes out for each, when the engine is done with it.
"""

import json
import sys

import pyoxigraph as ox


def main() -> None:
    """Answer until there is no more to read."""
    store = ox.Store()
    for number in range(3):
        thing = ox.NamedNode(f"urn:{number}")
        store.add(ox.Quad(thing, thing, ox.Literal(str(number)), thing))
    for line in sys.stdin:
        try:
            found = store.query(json.loads(line), use_default_graph_as_union=True)
            said = "yes" if isinstance(found, ox.QueryBoolean) else str(sum(1 for _ in found))
        except (SyntaxError, ValueError, RuntimeError, OSError) as error:
            said = type(error).__name__
        print(said, flush=True)


if __name__ == "__main__":
    main()
