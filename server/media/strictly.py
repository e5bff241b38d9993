"""What a worker says to the web process, taken strictly: a worker reads strangers' packets, so
whoever took it over must not get further by sending us odd messages."""

from dataclasses import fields
from typing import Any

import msgspec

from server.media.outside import Done, Figures, Ready, Told, Unable

Said = Ready | Unable | Done | Figures | Told
_KINDS: dict[str, Any] = {kind.__name__: kind for kind in (Ready, Unable, Done, Figures, Told)}
MOST_WORDS = 200  # characters of any name a worker tells


def read(data: bytes) -> Said:
    """Read one message. Raises ValueError for anything but what a worker may say, exactly."""
    try:
        name, *values = msgspec.json.decode(data, type=list[Any])
        kind = _KINDS[name]
        named = zip((field.name for field in fields(kind)), values, strict=True)
        said: Said = msgspec.convert(dict(named), kind)
    except (msgspec.MsgspecError, KeyError, TypeError, ValueError) as error:
        raise ValueError("not a worker's message") from error
    if isinstance(said, Told) and max(map(len, (said.room, said.seat, said.why))) > MOST_WORDS:
        raise ValueError("a worker's message is too long")
    return said
