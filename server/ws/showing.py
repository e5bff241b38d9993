"""How somebody's end shows up in the call, for as long as their line lasts: nothing of it is kept.

A page that comes back within a breath finds it as it was; one that was loaded anew says itself
what it can no longer keep (P8).
"""

from dataclasses import dataclass
from typing import Literal

LineLevel = Literal["fine", "weak", "poor"]
"""How good a line is: fine, weak (pictures grow small), poor (only sound fits)."""

Picture = Literal["", "cat", "plant", "moon", "sea", "ball"]
"""Drawn pictures one may be shown as instead of the lamp; "" is the lamp."""


@dataclass(frozen=True, slots=True)
class Pointed:
    """The line of the note somebody put their finger on, 0 for none; who was last has the highest
    `turn`."""

    item: int
    turn: int


@dataclass(slots=True)
class Showing:
    only_sound: bool = False  # wants no pictures: sound first
    screen: bool = False  # the host shows a window or a tab
    veiled: bool = False  # their camera's whole picture is blurred, their own browser says
    picture: Picture = ""
    level: LineLevel = "fine"  # of their line, as their own browser says
    asleep: bool = False  # the phone has gone to sleep
    heard_of_end: bool = False  # was told that the talk comes to its end
    pointed: Pointed | None = None  # at a line of the note, in the talk
    seen_screen: bool = False  # was told that the host shows something
