"""A pip for a `.venv` on a system that came without one.

Debian leaves `ensurepip` out of its Python. pip's wheel can install itself, so the wheel is all
that is needed; it comes from the package index pip itself is configured for, and its hash, not
the connection, stands for its origin. Standard library only.
"""

import base64
import hashlib
import os
import re
import ssl
import subprocess
import urllib.error
import urllib.parse
import urllib.request
from configparser import RawConfigParser
from pathlib import Path

from server.tools.system import say

WHEEL = "pip-26.3-py3-none-any.whl"
SHA256 = "f3b60b20ffaadd4415ed7957212a38ac63fa4c5fa375bd0f4a797777940fad13"

PUBLIC_INDEX = "https://pypi.org/simple"


def install(venv: Path) -> bool:
    """Put pip into `venv`; False when the index has no such wheel for us."""
    page = (setting("index-url") or PUBLIC_INDEX).rstrip("/") + "/pip/"
    try:
        link = re.search(rf'href="([^"#]*{re.escape(WHEEL)})', fetch(page).decode())
        content = fetch(urllib.parse.urljoin(page, link[1])) if link else b""
    except OSError as error:
        # urllib's own errors are OSErrors; the reason names no more than the host did.
        say(f"The package index did not answer: {getattr(error, 'reason', error)}.")
        return False
    if hashlib.sha256(content).hexdigest() != SHA256:
        say(f"The package index has no {WHEEL} with the hash we know.")
        return False
    wheel = venv / WHEEL
    wheel.write_bytes(content)
    python = str(venv / "bin" / "python")
    line = [python, f"{wheel}/pip", "install", "-q", "--no-index", str(wheel)]
    installed = subprocess.call(line) == 0
    wheel.unlink()
    return installed


def setting(name: str) -> str | None:
    """One of pip's own settings: from the environment, else from its configuration files."""
    home = Path.home()
    files = RawConfigParser(strict=False)
    # Later files win, as with pip: the machine's, the user's, then a named one.
    files.read(
        [
            "/etc/xdg/pip/pip.conf",
            "/etc/pip.conf",
            home / ".pip" / "pip.conf",
            Path(os.environ.get("XDG_CONFIG_HOME") or home / ".config") / "pip" / "pip.conf",
            os.environ.get("PIP_CONFIG_FILE", ""),
        ]
    )
    in_files = next(
        (files[part][name] for part in ("install", "global") if files.has_option(part, name)), None
    )
    return os.environ.get(f"PIP_{name.upper().replace('-', '_')}") or in_files


def fetch(url: str) -> bytes:
    """The bytes at `url`; an index whose address carries a name and password is signed in to."""
    parts = urllib.parse.urlsplit(url)
    if parts.scheme not in ("http", "https"):
        raise urllib.error.URLError(f"a {parts.scheme or 'local'} index cannot be read here")
    login, _, host = parts.netloc.rpartition("@")
    request = urllib.request.Request(parts._replace(netloc=host).geturl())
    if login:
        word = base64.b64encode(urllib.parse.unquote(login).encode()).decode()
        request.add_unredirected_header("Authorization", f"Basic {word}")
    trust = ssl.create_default_context(cafile=setting("cert"))
    with urllib.request.urlopen(request, context=trust, timeout=60) as answer:
        content: bytes = answer.read()
    return content
