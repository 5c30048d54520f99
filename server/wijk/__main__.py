"""`python -m wijk` is the command `wijk`."""

from wijk.cli import main

main()
