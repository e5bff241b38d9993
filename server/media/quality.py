"""How well everybody's packets get through, and what follows from it (no socket).

Towards senders: when their packets arrived, so that their own estimates work, and which to send
once more. Towards receivers: an estimate of what each one's way carries, the layers that fit
into it, and now and then a probe. The packet process measures, this decides, and the packet
process carries it out.
"""

from array import array
from collections.abc import Callable

from server.media import rtcp, wire
from server.media.connection import Connection, Outgoing
from server.media.downlink import Downlink, Meter
from server.media.rtcp import CNAME, REPORT_SSRC
from server.media.speaker import Speakers
from server.media.transport_cc import Arrivals

CAMERA, SCREEN = 0, 1
MOST_LAYERS = 3
PROBE_LASTS = 0.5  # seconds
TRACKS = {"camera": CAMERA, "screen": SCREEN}

Stream = tuple[int, int]
"""A sender, and which of its pictures."""


class Quality:
    def __init__(
        self,
        find: Callable[[int], Connection | None],
        hand_over: Callable[[wire.Message], None],
    ) -> None:
        self._find = find
        self._hand_over = hand_over
        self._arrivals: dict[int, Arrivals] = {}
        # What is said about all of a client's packets has to name its first picture: browsers
        # act as if nothing had been said when it names another stream (media B1, P1).
        self._first_pictures: dict[int, int] = {}
        self._downlinks: dict[int, Downlink] = {}
        self._meters: dict[Stream, dict[int, Meter]] = {}
        self._speakers: dict[str, Speakers[int]] = {}
        self.twcc_feedbacks = self.nacks_sent = self.estimates = 0

    # ── towards senders ──

    def arrived(self, message: wire.Arrived, now: float) -> Outgoing:
        """Tell senders when their packets came (draft-holmer-rmcat-transport-wide-cc)."""
        out: Outgoing = []
        now_us = int(now * 1_000_000)
        for number, numbers, moments in message.arrivals:
            sender = self._find(number)
            ssrc = self._first_pictures.get(number)
            if sender is None or ssrc is None:
                continue
            arrivals = self._arrivals.setdefault(number, Arrivals())
            for wide, at in zip(array("H", numbers), array("I", moments), strict=True):
                arrivals.add(wide, now_us - ((now_us - at) & 0xFFFFFFFF))
            for packet in arrivals.feedback(REPORT_SSRC, ssrc):
                self.twcc_feedbacks += 1
                out += sender.report(rtcp.opening(REPORT_SSRC, CNAME) + packet)
        return out

    def missing(self, message: wire.Missing) -> Outgoing:
        """Ask senders for packets that have not come."""
        out: Outgoing = []
        for number, ssrc, numbers in message.streams:
            sender = self._find(number)
            if sender is not None:
                self.nacks_sent += 1
                out += sender.report(rtcp.nack(REPORT_SSRC, ssrc, numbers, CNAME))
        return out

    # ── towards receivers ──

    def sent(self, message: wire.Feedback, now: float) -> None:
        """Remember which numbers a receiver was given; what it says of them follows."""
        if message.sizes and self._find(message.peer) is not None:
            now_us = int(now * 1_000_000)
            moments = array("I", message.times)
            self._downlink(message.peer).sent(
                message.first,
                [now_us - ((now_us - at) & 0xFFFFFFFF) for at in moments],
                array("H", message.sizes),
                message.sound,
                now,
            )

    def take(self, number: int, said: rtcp.TransportFeedback | rtcp.Remb, now: float) -> None:
        """Take in what a receiver says about its way."""
        downlink = self._downlink(number)
        self.estimates += 1
        if isinstance(said, rtcp.Remb):
            downlink.told(said.bitrate)
        elif downlink.heard(said.statuses, now):
            self._decide(number, downlink, now)

    def loss(self, number: int, now: float) -> float:
        """The share of what a receiver is sent that does not come, 0..1."""
        return self._downlinks[number].loss(now) if number in self._downlinks else 0.0

    def seat(self, target: int, slot: int, source: int, track: str) -> None:
        """Somebody's picture is put into a slot."""
        downlink = self._downlink(target)
        downlink.slots[slot] = (source, TRACKS[track])
        downlink.chosen.pop(slot, None)

    def clear(self, target: int, slot: int) -> None:
        if target in self._downlinks:
            self._downlinks[target].slots.pop(slot, None)

    def pulse(self, pulse: wire.Pulse, now: float) -> None:
        """Four times a second: what every picture brings, who speaks, and what each one gets."""
        for number, screen, layer, ssrc, octets in pulse.layers:
            if self._find(number) is None:  # gone while this was on its way
                continue
            if screen == CAMERA:
                self._first_pictures.setdefault(number, ssrc)
            meters = self._meters.setdefault((number, screen), {})
            meters.setdefault(layer, Meter()).count(octets, now)
        for sizes in self._meters.values():
            _notice_what_stopped(sizes)
        for number, level, voiced in pulse.levels:
            client = self._find(number)
            if client is not None:
                speakers = self._speakers.setdefault(client.opened.room, Speakers())
                speakers.heard(number, level, bool(voiced), now)
        for number, downlink in list(self._downlinks.items()):
            self._decide(number, downlink, now)

    def speaking(self, now: float) -> dict[str, int]:
        """Who speaks in each room, or did last: nobody before the first word."""
        orders = {room: speakers.order(now) for room, speakers in self._speakers.items()}
        return {room: order[0] for room, order in orders.items() if order}

    def ways(self) -> dict[int, str]:
        """How well each receiver's pictures come down: fine, weak or poor (telling.py)."""
        return {number: downlink.level for number, downlink in self._downlinks.items()}

    def forget(self, connection: Connection) -> None:
        number, room = connection.number, connection.opened.room
        if room in self._speakers:
            self._speakers[room].forget(number)
            if not self._speakers[room]:
                del self._speakers[room]
        self._arrivals.pop(number, None)
        self._first_pictures.pop(number, None)
        self._downlinks.pop(number, None)
        for stream in [stream for stream in self._meters if stream[0] == number]:
            del self._meters[stream]

    def figures(self) -> dict[str, int]:
        """What was done so far, and what is remembered of people: nothing once they are gone."""
        return {
            "twcc_feedbacks": self.twcc_feedbacks,
            "nacks_sent": self.nacks_sent,
            "estimates": self.estimates,
            "kept_arrivals": len(self._arrivals),
            "kept_first_pictures": len(self._first_pictures),
            "kept_ways": len(self._downlinks),
            "kept_meters": sum(map(len, self._meters.values())),
            "kept_voices": sum(map(len, self._speakers.values())),
        }

    def _decide(self, number: int, downlink: Downlink, now: float) -> None:
        """Let into each of a receiver's slots what fits, and tell the packet process of changes."""
        rates = {}
        for slot, stream in downlink.slots.items():
            meters = self._meters.get(stream, {})
            found = [meters[n].rate if n in meters else 0.0 for n in range(MOST_LAYERS)]
            if any(found):  # of what sends nothing there is nothing to choose
                rates[slot] = found
        flooded = downlink.is_flooded(rates)
        choice = downlink.decide(rates, self._priority(number, downlink, now), now)
        for slot, layer in choice.layers.items():
            if downlink.chosen.get(slot) != layer:
                downlink.chosen[slot] = layer
                self._hand_over(wire.Choose(number, slot, layer, flooded))
        if bool(choice.probe) != downlink.probing:
            downlink.probing = bool(choice.probe)
            more = downlink.room_for(choice.probe)
            self._hand_over(wire.Probe(number, more, PROBE_LASTS))

    def _priority(self, number: int, downlink: Downlink, now: float) -> list[int]:
        """Which of a receiver's slots come first: a shared screen, then who of the others speaks
        or spoke last."""
        client = self._find(number)
        speakers = self._speakers.get(client.opened.room) if client else None
        order = speakers.order(now) if speakers else []
        first = next((speaker for speaker in order if speaker != number), None)
        slots = downlink.slots.items()
        screens = [slot for slot, (_, track) in slots if track == SCREEN]
        return screens + [slot for slot, (source, _) in slots if source == first]

    def _downlink(self, number: int) -> Downlink:
        if number not in self._downlinks:
            client = self._find(number)
            takes_padding = client is not None and bool(client.opened.terms.rtx)
            self._downlinks[number] = Downlink(takes_padding=takes_padding)
        return self._downlinks[number]


def _notice_what_stopped(sizes: dict[int, Meter]) -> None:
    """Give up a size at the first look without it while smaller ones of the same camera go on:
    its sender has no room for it, and every moment until the next one flows is a picture that
    stands still. All sizes are of the same moments, so a slow camera is not taken for it.
    """
    flowing = [layer for layer, meter in sizes.items() if not meter.is_still]
    for layer, meter in sizes.items():
        if meter.is_still and flowing and layer > min(flowing):
            meter.stop()
