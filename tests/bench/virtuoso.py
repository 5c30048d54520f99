"""Debian's Virtuoso 7 with a database of its own, in a folder that goes away."""

import shutil
import subprocess
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import servers
from servers import NotThere, Running

_SETTINGS = """
[Database]
DatabaseFile = virtuoso.db
ErrorLogFile = virtuoso.log
LockFile = virtuoso.lck
TransactionFile = virtuoso.trx
xa_persistent_file = virtuoso.pxa
[TempDatabase]
DatabaseFile = virtuoso-temp.db
TransactionFile = virtuoso-temp.trx
[Parameters]
ServerPort = 127.0.0.1:{sql}
ServerThreads = 40
DirsAllowed = {data}
NumberOfBuffers = 170000
MaxDirtyBuffers = 130000
CheckpointInterval = 0
SchedulerInterval = 10
[HTTPServer]
ServerPort = 127.0.0.1:{http}
ServerThreads = 40
MaxKeepAlives = 40
KeepAliveTimeout = 60
[SPARQL]
ResultSetMaxRows = 10000000
"""
_LOAD = "ld_dir('{folder}', '{name}', 'urn:bench:none');\nrdf_loader_run();\ncheckpoint;\n"


@contextmanager
def running(source: Path) -> Iterator[Running]:
    """Virtuoso with these data, as its bulk loader puts them in."""
    program, client = shutil.which("virtuoso-t"), shutil.which("isql-vt") or shutil.which("isql")
    if program is None or client is None:
        raise NotThere("virtuoso-opensource-7 is not installed")
    sql, http = servers.free_port(), servers.free_port()
    with tempfile.TemporaryDirectory(prefix="wijk-virtuoso-") as folder:
        settings = Path(folder) / "virtuoso.ini"
        settings.write_text(_SETTINGS.format(sql=sql, http=http, data=source.parent))
        began = time.perf_counter()
        command = [program, "+foreground", "+configfile", str(settings)]
        with servers.started(command, cwd=Path(folder)) as process:
            there = Running("virtuoso", "127.0.0.1", http, "/sparql", process, 0.0)
            there.started = servers.answering(there, began)
            began = time.perf_counter()
            script = _LOAD.format(folder=source.parent, name=source.name)
            told = subprocess.run(
                [client, f"127.0.0.1:{sql}", "dba", "dba"],
                input=script,
                capture_output=True,
                text=True,
            )
            if "Error" in told.stdout + told.stderr:
                raise NotThere(f"virtuoso does not take the data: {told.stderr.strip()}")
            there.loaded = time.perf_counter() - began
            yield there
