"""The process that makes dumps: it takes an order from a folder, and puts the files beside it.

Writing all of a case base is work for the processor: in a process of its own it holds up nobody.
It ends with the server, which has the other end of its standard input.
"""

import os
import pickle
import sys
import threading
from pathlib import Path

from wijk.errors import WijkError
from wijk.harvesting.dumps.making import Order, made

ORDER = "order.pickle"
_NICENESS = 5


def main(folder: Path) -> int:
    """Make the dumps that are ordered; 1 when that is not possible, and why on standard error."""
    os.nice(_NICENESS)
    threading.Thread(target=_until_alone, daemon=True).start()
    place = folder / ORDER
    order: Order = pickle.loads(place.read_bytes())
    place.unlink()
    try:
        made(order, folder)
    except (WijkError, OSError) as error:
        print(f"wijk: the dumps cannot be made: {error}", file=sys.stderr)
        return 1
    return 0


def _until_alone() -> None:
    os.read(sys.stdin.fileno(), 1)  # nothing comes, until the server is gone
    os._exit(1)


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1])))
