"""Web servers from packages of the system, with a built folder and its rules alone."""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from .conftest import MAIN, running, wait_for

NGINX = """types {{ }}
server {{
    listen 127.0.0.1:{port};
    root {out};
    include {out}/rules/nginx.conf;
    {more}
}}
"""
APACHE = """ServerRoot {folder}
ServerName localhost
Listen 127.0.0.1:{port}
PidFile {folder}/apache.pid
ErrorLog {folder}/error.log
{user}
LoadModule mpm_event_module {modules}/mod_mpm_event.so
LoadModule authz_core_module {modules}/mod_authz_core.so
LoadModule negotiation_module {modules}/mod_negotiation.so
LoadModule rewrite_module {modules}/mod_rewrite.so
{more}
DocumentRoot {root}
<Directory {root}>
    AllowOverride All
    Options +FollowSymLinks {options}
</Directory>
"""
_MODULES = Path("/usr/lib/apache2/modules")
_FILES = f"""LoadModule dir_module {_MODULES}/mod_dir.so
LoadModule headers_module {_MODULES}/mod_headers.so
LoadModule mime_module {_MODULES}/mod_mime.so
LoadModule proxy_module {_MODULES}/mod_proxy.so
LoadModule proxy_http_module {_MODULES}/mod_proxy_http.so
TypesConfig /dev/null"""


@contextmanager
def hosted(kind: str, out: Path, folder: Path, port: int, more: str = "") -> Iterator[None]:
    """nginx or Apache on that port with the site in `out`; what it writes itself is in `folder`.

    `more` stands among what is set for the whole server too.
    """
    if kind == "apache":
        with apache(out, folder, port, more=f"{_FILES}\n{more}"):
            yield
        return
    user = "user root;\n" if os.geteuid() == 0 else ""
    (folder / "main.conf").write_text(user + MAIN.format(folder=folder))
    (folder / "site.conf").write_text(NGINX.format(port=port, out=out, more=more))
    command = ["nginx", "-p", str(folder), "-c", str(folder / "main.conf")]
    with running(command) as process:
        wait_for(port, process, folder / "error.log")
        yield


@contextmanager
def apache(
    root: Path, folder: Path, port: int, options: str = "", more: str = ""
) -> Iterator[None]:
    """Apache on that port with the files and the rules below `root`."""
    user = "User www-data\nGroup www-data" if os.geteuid() == 0 else ""
    given = {"folder": folder, "port": port, "modules": _MODULES, "root": root, "user": user}
    text = APACHE.format(**given, options=options, more=more)
    (folder / "apache.conf").write_text(text, encoding="utf-8")
    with running(["apache2", "-X", "-f", str(folder / "apache.conf")]) as process:
        wait_for(port, process, folder / "error.log")
        yield
