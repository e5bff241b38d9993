"""A caseworker's photograph, kept without anything that says where or when it was taken (P6).

A photo from a phone tells its place in its metadata. Nothing is decoded here: the file is taken
apart by its own framing, and only the parts that make the picture are put together again.
"""

import struct

from server.domain.errors import Invalid

LARGEST = 300 * 1024
MOST_PIXELS = 24_000_000  # a small file can unfold to gigabytes on the phone that shows it
JPEG, PNG = "image/jpeg", "image/png"
JPEG_START, PNG_START = b"\xff\xd8\xff", b"\x89PNG\r\n\x1a\n"
PNG_KEPT = frozenset({b"IHDR", b"PLTE", b"tRNS", b"gAMA", b"sRGB", b"IDAT", b"IEND"})
SOF = frozenset({0xC0, 0xC1, 0xC2})  # baseline, extended, progressive
TABLES = frozenset({0xDB, 0xC4, 0xDD})  # quantization, Huffman, restart interval
ADOBE = 0xEE  # how the colours are meant; everything else an application wrote goes
START_OF_SCAN, END = 0xDA, 0xD9
ORIENTATION = 0x0112


def tidy(photo: bytes) -> bytes:
    """Give the picture alone, or raise `Invalid` for what is not plainly a JPEG or a PNG."""
    if len(photo) > LARGEST:
        raise Invalid(photo="photo-large")
    try:
        if photo.startswith(JPEG_START):
            return _jpeg(photo)
        if photo.startswith(PNG_START):
            return _png(photo)
    except (IndexError, struct.error):
        pass
    raise Invalid(photo="photo-form")


def kind(photo: bytes) -> str:
    return JPEG if photo.startswith(JPEG_START) else PNG


def _jpeg(photo: bytes) -> bytes:
    """Keep the segments a decoder needs; of the metadata only which way is up."""
    kept = [photo[:2]]
    at, turned, framed = 2, 1, False
    while True:
        if photo[at] != 0xFF:
            raise Invalid(photo="photo-form")
        marker = photo[at + 1]
        if marker == 0xFF:  # fill
            at += 1
            continue
        if marker == END:
            kept.append(photo[at : at + 2])
            break
        (size,) = struct.unpack_from(">H", photo, at + 2)
        body = photo[at : at + 2 + size]
        if size < 2 or len(body) != 2 + size:
            raise Invalid(photo="photo-form")
        at += 2 + size
        if marker in SOF:
            _bearable(*struct.unpack_from(">HH", body, 5))
            framed = True
        if marker == 0xE1 and body[4:10] == b"Exif\0\0":
            turned = _orientation(body[10:])
        elif marker in TABLES or marker in SOF or (marker == ADOBE and body[4:9] == b"Adobe"):
            kept.append(body)
        elif marker == START_OF_SCAN:
            end = _scan_end(photo, at)
            kept.append(body + photo[at:end])
            at = end
        elif not (0xE0 <= marker <= 0xEF or marker == 0xFE):
            raise Invalid(photo="photo-form")
    if not framed:
        raise Invalid(photo="photo-form")
    if turned in range(2, 9):
        kept.insert(1, _exif(turned))
    return b"".join(kept)


def _bearable(height: int, width: int) -> None:
    """Refuse a picture that is a bomb to whoever opens it."""
    if height * width > MOST_PIXELS:
        raise Invalid(photo="photo-large")


def _scan_end(photo: bytes, at: int) -> int:
    """Find the marker after the coded picture; stuffed bytes and restarts belong to it."""
    while True:
        at = photo.find(b"\xff", at)
        if at < 0:
            raise Invalid(photo="photo-form")
        if photo[at + 1] != 0 and not 0xD0 <= photo[at + 1] <= 0xD7:
            return at
        at += 2


def _orientation(tiff: bytes) -> int:
    """Read which way is up (1 to 8) from the first directory; 1 where it does not say."""
    order = {b"II": "<", b"MM": ">"}.get(tiff[:2])
    if order is None:
        return 1
    try:
        (first,) = struct.unpack_from(order + "I", tiff, 4)
        (count,) = struct.unpack_from(order + "H", tiff, first)
        for row in range(count):
            tag, form, _, value = struct.unpack_from(order + "HHIH", tiff, first + 2 + 12 * row)
            if tag == ORIENTATION and form == 3:
                return value if isinstance(value, int) else 1
    except struct.error:
        return 1
    return 1


def _exif(turned: int) -> bytes:
    """The smallest metadata that says which way is up, and nothing else."""
    entry = struct.pack(">HHIHH", ORIENTATION, 3, 1, turned, 0)
    tiff = b"MM\0*" + struct.pack(">IH", 8, 1) + entry + struct.pack(">I", 0)
    body = b"Exif\0\0" + tiff
    return b"\xff\xe1" + struct.pack(">H", len(body) + 2) + body


def _png(photo: bytes) -> bytes:
    """Keep the chunks that make the picture; text, time and everything private goes."""
    kept, at, seen = [PNG_START], len(PNG_START), set()
    while b"IEND" not in seen:
        (size,) = struct.unpack_from(">I", photo, at)
        name, chunk = photo[at + 4 : at + 8], photo[at : at + 12 + size]
        if len(chunk) != 12 + size:
            raise Invalid(photo="photo-form")
        if name == b"IHDR":
            _bearable(*struct.unpack_from(">II", chunk, 8))
        if name in PNG_KEPT:
            kept.append(chunk)
        elif name[:1].isupper():  # critical, and unknown to us
            raise Invalid(photo="photo-form")
        seen.add(name)
        at += 12 + size
    if not {b"IHDR", b"IDAT"} <= seen:
        raise Invalid(photo="photo-form")
    return b"".join(kept)
