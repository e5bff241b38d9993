"""The last packets of sound one receiver was sent, just as they went out, for when it misses one.

For sound browsers agree on no stream of repairs (RFC 4588): they want the packet itself once
more. Its number is used up, and no number may ever be used for anything else (RFC 7714 section
8.1), not even with another transport-wide number in its header. So what is kept is the
encrypted packet, and it goes out again byte for byte. Only who asks for some is kept any.
"""

PLACES = 32  # more than half a second of sound; a power of two
OLDEST = 0.4  # seconds: nobody waits for a word for longer
AGAIN = 0.03  # seconds; browsers ask once more with every packet that comes meanwhile


class Repeats:
    """What is kept for one slot's sound."""

    __slots__ = ("_kept",)

    def __init__(self) -> None:
        # By number: the number, when it went out, when it was last sent again, and the packet.
        self._kept: list[tuple[int, float, float, bytes] | None] = [None] * PLACES

    def keep(self, packet: memoryview, now: float) -> None:
        """Keep a packet that is being sent, encrypted; its number stays readable."""
        number = packet[2] << 8 | packet[3]
        self._kept[number & (PLACES - 1)] = number, now, float("-inf"), bytes(packet)

    def take(self, number: int, now: float) -> bytes | None:
        """Give the packet with this number to be sent again; None when it is gone, too old, or
        on its way already."""
        kept = self._kept[number & (PLACES - 1)]
        if kept is None or kept[0] != number:
            return None
        _, sent, again, packet = kept
        if now - sent > OLDEST or now - again < AGAIN:
            return None
        self._kept[number & (PLACES - 1)] = number, sent, now, packet
        return packet
