"""Style, script, type and pictures, read once at start and served under their own digest.

The address changes with the content, so a browser may keep a file for ever. Stylesheets go out
as one file, in the order of css/bundle.txt (the call's own in
css/call_bundle.txt); scripts stay files of their own, since modules find
each other by relative paths under the same digest, and lose only their comments.
"""

import gzip
import hashlib
import mimetypes
import re
from dataclasses import dataclass
from pathlib import Path

from aiohttp import web

ROOT = Path(__file__).parents[2] / "web" / "static"
FOREVER = "public, max-age=31536000, immutable"
PACKED = frozenset({".css", ".js", ".svg", ".txt"})
TYPES = {".js": "text/javascript", ".woff2": "font/woff2", ".svg": "image/svg+xml"}
STYLES = "css/all.css"
CALL_STYLES = "css/call.css"  # what only the call's page needs


@dataclass(frozen=True, slots=True)
class File:
    body: bytes
    packed: bytes | None
    kind: str


class Files:
    """All static files in memory under one digest of them all."""

    def __init__(self, root: Path = ROOT) -> None:
        bodies = {
            path.relative_to(root).as_posix(): path.read_bytes()
            for path in sorted(root.rglob("*"))
            if path.is_file()
        }
        bodies[STYLES] = _styles(root / "css", "bundle.txt")
        bodies[CALL_STYLES] = _styles(root / "css", "call_bundle.txt")
        for name in [name for name in bodies if name.endswith(".js")]:
            bodies[name] = script(bodies[name])
        digest = hashlib.sha256()
        for name, body in sorted(bodies.items()):
            digest.update(name.encode() + b"\0" + body)
        self.digest = digest.hexdigest()[:12]
        self.files = {name: _file(name, body) for name, body in bodies.items()}

    def url(self, name: str) -> str:
        if name not in self.files:
            raise LookupError(f"there is no static file {name}")
        return f"/static/{self.digest}/{name}"

    async def serve(self, request: web.Request) -> web.Response:
        file = self.files.get(request.match_info["name"])
        if file is None or request.match_info["digest"] != self.digest:
            raise web.HTTPNotFound
        headers = {"Cache-Control": FOREVER, "Content-Type": file.kind, "Vary": "Accept-Encoding"}
        if file.packed is not None and "gzip" in request.headers.get("Accept-Encoding", ""):
            return web.Response(body=file.packed, headers=headers | {"Content-Encoding": "gzip"})
        return web.Response(body=file.body, headers=headers)


def _styles(folder: Path, listed: str) -> bytes:
    order = (folder / listed).read_text().split()
    joined = b"\n".join((folder / name).read_bytes() for name in order)
    # Comments, indents and the space after a sign are for us: a fourth of what a phone would have
    # to fetch. Space before a sign stays: in a selector it means something.
    spoken = re.sub(rb"/\*.*?\*/|^\s+", b"", joined, flags=re.DOTALL | re.MULTILINE)
    return re.sub(rb"([{};:,])\s+", rb"\1", re.sub(rb"\s+\{", b"{", spoken))


def script(body: bytes) -> bytes:
    """Leave out the comments that begin a line: they are for us, and a third of what a phone
    would have to fetch. Nothing else is touched, so what runs is what stands in the tree."""
    without = re.sub(rb"^[ \t]*/\*.*?\*/[ \t]*\n?", b"", body, flags=re.DOTALL | re.MULTILINE)
    return re.sub(rb"^[ \t]*//.*\n|^\s*\n", b"", without, flags=re.MULTILINE)


def _file(name: str, body: bytes) -> File:
    suffix = Path(name).suffix
    kind = TYPES.get(suffix) or mimetypes.guess_type(name)[0] or "application/octet-stream"
    if kind.startswith("text/") or suffix == ".svg":
        kind += "; charset=utf-8"
    packed = gzip.compress(body, 9, mtime=0) if suffix in PACKED else None
    return File(body, packed, kind)
