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
LoadModule dir_module {modules}/mod_dir.so
LoadModule headers_module {modules}/mod_headers.so
LoadModule mime_module {modules}/mod_mime.so
LoadModule negotiation_module {modules}/mod_negotiation.so
LoadModule rewrite_module {modules}/mod_rewrite.so
TypesConfig /dev/null
DocumentRoot {out}
<Directory {out}>
    AllowOverride All
    Options +FollowSymLinks
</Directory>
"""


@contextmanager
def hosted(kind: str, out: Path, folder: Path, port: int) -> Iterator[None]:
    """nginx or Apache on that port with the site in `out`; what it writes itself is in `folder`."""
    if kind == "nginx":
        user = "user root;\n" if os.geteuid() == 0 else ""
        (folder / "main.conf").write_text(user + MAIN.format(folder=folder))
        (folder / "site.conf").write_text(NGINX.format(port=port, out=out))
        command = ["nginx", "-p", str(folder), "-c", str(folder / "main.conf")]
    else:
        user = "User www-data\nGroup www-data" if os.geteuid() == 0 else ""
        modules = "/usr/lib/apache2/modules"
        text = APACHE.format(folder=folder, port=port, modules=modules, out=out, user=user)
        (folder / "apache.conf").write_text(text)
        command = ["apache2", "-X", "-f", str(folder / "apache.conf")]
    with running(command) as process:
        wait_for(port, process, folder / "error.log")
        yield
