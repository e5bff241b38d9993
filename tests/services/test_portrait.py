"""A photograph is kept without anything that says where or when it was taken (P6)."""

import struct
import zlib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from server.domain.errors import Invalid
from server.services import portrait

PLACE = b"GPSLatitude 55 40 34"


def segment(marker: int, body: bytes) -> bytes:
    return bytes([0xFF, marker]) + struct.pack(">H", len(body) + 2) + body


def exif(turned: int, order: str = ">") -> bytes:
    head = b"MM\0*" if order == ">" else b"II*\0"
    tiff = head + struct.pack(order + "IH", 8, 1)
    tiff += struct.pack(order + "HHIHH", 0x0112, 3, 1, turned, 0) + struct.pack(order + "I", 0)
    return b"Exif\0\0" + tiff + PLACE


def jpeg(*extra: bytes) -> bytes:
    return b"".join(
        [
            b"\xff\xd8",
            *extra,
            segment(0xDB, bytes(65)),
            segment(0xC0, b"\x08\0\x10\0\x10\x01\x01\x11\0"),
            segment(0xC4, bytes(20)),
            segment(0xDA, b"\x01\x01\0\0\x3f\0"),
            b"picture\xff\0goes\xff\xd0on",
            b"\xff\xd9",
        ]
    )


def chunk(name: bytes, body: bytes) -> bytes:
    crc = zlib.crc32(name + body)
    return struct.pack(">I", len(body)) + name + body + struct.pack(">I", crc)


def png(*extra: bytes) -> bytes:
    head = chunk(b"IHDR", struct.pack(">IIBBBBB", 1, 1, 8, 0, 0, 0, 0))
    data = chunk(b"IDAT", zlib.compress(b"\0\0"))
    return b"\x89PNG\r\n\x1a\n" + head + b"".join(extra) + data + chunk(b"IEND", b"")


def test_a_plain_photo_stays_as_it_was():
    assert portrait.tidy(jpeg()) == jpeg()
    assert portrait.tidy(png()) == png()


@pytest.mark.parametrize(
    "extra",
    [
        segment(0xE1, exif(1)),
        segment(0xE1, b"http://ns.adobe.com/xap/1.0/\0" + PLACE),
        segment(0xED, b"Photoshop 3.0\0" + PLACE),
        segment(0xE2, b"ICC_PROFILE\0" + PLACE),
        segment(0xFE, PLACE),
        segment(0xE0, b"JFIF\0" + PLACE),
    ],
)
def test_where_it_was_taken_is_gone(extra):
    """P6: no trace of place."""
    assert portrait.tidy(jpeg(extra)) == jpeg()


@pytest.mark.parametrize("order", ["<", ">"])
def test_it_still_stands_the_right_way_up(order):
    kept = portrait.tidy(jpeg(segment(0xE1, exif(6, order))))
    assert PLACE not in kept
    assert portrait.tidy(kept) == kept
    assert len(kept) == len(jpeg()) + 36


@pytest.mark.parametrize("name", [b"tEXt", b"iTXt", b"eXIf", b"tIME", b"prIv"])
def test_a_png_says_no_more_than_its_picture(name):
    """P6: no trace of place."""
    assert portrait.tidy(png(chunk(name, PLACE))) == png()


@pytest.mark.parametrize(
    "photo",
    [
        b"",
        b"GIF89a and so on",
        b"<svg onload=alert(1)>",
        b"RIFF....WEBP",
        b"\xff\xd8\xff",
        jpeg()[:-2],
        b"\xff\xd8" + segment(0xC9, b"arithmetic") + b"\xff\xd9",
        png()[:-4],
        png(chunk(b"ABCD", b"critical and unknown")),
    ],
)
def test_what_is_no_photo_is_refused(photo):
    with pytest.raises(Invalid) as refused:
        portrait.tidy(photo)
    assert refused.value.fields == {"photo": "photo-form"}


def test_what_stands_behind_the_picture_is_left_out():
    assert portrait.tidy(jpeg() + PLACE) == jpeg()
    assert portrait.tidy(png() + PLACE) == png()


def test_a_large_one_is_refused_by_name():
    with pytest.raises(Invalid) as refused:
        portrait.tidy(jpeg() + bytes(portrait.LARGEST))
    assert refused.value.fields == {"photo": "photo-large"}


@given(st.binary(max_size=400), st.sampled_from([b"", b"\xff\xd8\xff", b"\x89PNG\r\n\x1a\n"]))
def test_no_bytes_at_all_break_it(rest, start):
    try:
        kept = portrait.tidy(start + rest)
    except Invalid:
        return
    assert len(kept) <= len(start + rest) + 36


def test_a_small_file_that_unfolds_to_gigabytes_is_refused():
    """V5.2.1: the young person's phone would have to unfold it."""
    head = struct.pack(">IIBBBBB", 60_000, 60_000, 8, 0, 0, 0, 0)
    bomb = png().replace(struct.pack(">IIBBBBB", 1, 1, 8, 0, 0, 0, 0), head)
    with pytest.raises(Invalid):
        portrait.tidy(bomb)
    wide = jpeg().replace(b"\x08\0\x10\0\x10\x01", b"\x08\xff\xff\xff\xff\x01")
    with pytest.raises(Invalid):
        portrait.tidy(wide)
