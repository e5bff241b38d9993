"""Genuine bytes, spoiled: what a broken client or somebody on the way makes of them."""

import sys
from collections.abc import Callable, Sequence
from pathlib import Path
from types import FrameType
from typing import Any

from hypothesis import strategies as st

PARSERS = str(Path(__file__).parents[2] / "server" / "media")
EXTREMES = (b"\0", b"\xff", b"\0\0", b"\xff\xff", b"\x7f\xff", b"\x80\0", b"\xff" * 4, b"\0" * 4)


class EndlessError(AssertionError):
    """A parser took more steps than its input can justify."""


@st.composite
def spoiled(draw: st.DrawFn, genuine: Sequence[bytes], most: int = 6) -> bytes:
    """One of the genuine ones after some changes, each where and what chance says."""
    data = bytearray(draw(st.sampled_from(genuine)))
    for _ in range(draw(st.integers(0, most))):
        at = draw(st.integers(0, max(0, len(data) - 1)))
        to = at + draw(st.integers(0, 12))
        match draw(st.integers(0, 6)):
            case 0:  # one bit
                data[at : at + 1] = bytes(
                    b ^ (1 << draw(st.integers(0, 7))) for b in data[at : at + 1]
                )
            case 1:  # one byte
                data[at : at + 1] = bytes([draw(st.integers(0, 255))])
            case 2:  # a length, a count, a number at its end
                extreme = draw(st.sampled_from(EXTREMES))
                data[at : at + len(extreme)] = extreme
            case 3:
                del data[at:to]
            case 4:
                del data[at:]
            case 5:  # something twice
                data[at:at] = data[at:to]
            case 6:  # something from another one
                other = draw(st.sampled_from(genuine))
                data[at:at] = other[draw(st.integers(0, len(other))) :][:40]
    return bytes(data)


def counted(parse: Callable[..., Any], *given: Any, most: int) -> Any:
    """Run a parser, but not for more than so many lines of ours.

    A clock would tell of the machine; this tells of the code, and ends a loop that has no end.
    """
    lines = 0

    def watch(frame: FrameType, event: str, _: object) -> Any:
        nonlocal lines
        if not frame.f_code.co_filename.startswith(PARSERS):
            return None
        lines += 1
        if lines > most:
            raise EndlessError(f"more than {most} lines for {given!r}")
        return watch

    before = sys.gettrace()
    sys.settrace(watch)
    try:
        return parse(*given)
    finally:
        sys.settrace(before)
