"""What a PDF says of itself: by poppler's `pdfinfo` where there is one, else by its own bytes."""

import re
import shutil
import subprocess
import zlib
from pathlib import Path


def is_tagged(path: Path) -> bool:
    """Whether a screen reader finds headings and lists in it ("Tagged: yes")."""
    if shutil.which("pdfinfo"):
        said = subprocess.run(["pdfinfo", path], check=True, capture_output=True).stdout.decode()
        return re.search(r"^Tagged:\s+yes$", said, re.MULTILINE) is not None
    whole = everything(path.read_bytes())
    marked = re.search(rb"/MarkInfo\s*<<[^>]*/Marked\s+true", whole)
    return marked is not None and b"/StructTreeRoot" in whole


def is_for_everybody(path: Path) -> bool:
    """Whether it says that it keeps to PDF/UA-1."""
    return re.search(rb"pdfuaid:part\W{1,4}1", everything(path.read_bytes())) is not None


def everything(content: bytes) -> bytes:
    """The file with each of its packed streams unpacked behind it."""
    unpacked = []
    for stream in re.findall(rb"stream\r?\n(.*?)\r?\nendstream", content, re.DOTALL):
        try:
            unpacked.append(zlib.decompress(stream))
        except zlib.error:  # a picture, or not packed
            continue
    return b"\n".join([content, *unpacked])
