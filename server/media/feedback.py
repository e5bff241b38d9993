"""What receivers say about pictures and clocks, carried to the other side (no socket).

Key frames: one sender serves several receivers, and one wish makes a key frame on all its
layers, so wishes are joined per sender and passed on at most every 500 ms, or 120 while none
comes. A receiver that asks for one packet again and again, and would soon give up and stand still
for seconds, gets a key frame instead. Sender reports are
passed on with the slot's SSRC and clock, so that sound and picture of a slot stay together.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace

from server.media import rtcp, wire
from server.media.connection import MOST_STREAMS, Connection, Incoming, Outgoing
from server.media.quality import Quality
from server.media.rtcp import CNAME, REPORT_SSRC

KEY_FRAME_EVERY = 0.5  # seconds between two wishes to one sender
# And where none has come since the last: on its way the wish was lost, or the key frame was. One
# that comes twice costs nothing: browsers make no two key frames within 300 ms.
STILL_AWAITED = 0.12
INSISTED, FOR_SO_LONG = 5, 0.15  # times one packet was asked for, seconds since the first
REMEMBERED = 64  # packets of a slot
LONGEST_WAIT = 3.0  # seconds, for a receiver that asks and asks
CALM = 2.0  # seconds without a wish after which it is believed at once again


@dataclass(slots=True)
class Wishes:
    """The key frames one sender has been asked for."""

    asked: float = float("-inf")
    waiting: set[int] = field(default_factory=set)


@dataclass(slots=True)
class Patience:
    """How long a receiver waits until its next wish counts. One that cannot decode whatever
    comes (a wrong key, say) would otherwise have everybody send key frames for ever."""

    wait: float = KEY_FRAME_EVERY
    until: float = float("-inf")

    def allows(self, now: float) -> bool:
        if now < self.until:
            return False
        self.wait = min(2 * self.wait, LONGEST_WAIT) if now - self.until < CALM else KEY_FRAME_EVERY
        self.until = now + self.wait
        return True


@dataclass(slots=True)
class Insistence:
    """How often a receiver has asked for each packet. Browsers ask ten times within 200 ms or
    a little more, then stand still for three seconds before they want a key frame. What we lack
    ourselves is asked for as well, and needs a moment."""

    asked: dict[int, tuple[float, int]] = field(default_factory=dict)  # since when, how often

    def grows(self, numbers: Sequence[int], now: float) -> bool:
        """Count a request; whether one of these was asked for too often to go on waiting."""
        lost = False
        for number in numbers:
            since, times = self.asked.get(number, (now, 0))
            if times >= INSISTED - 1 and now - since >= FOR_SO_LONG:
                lost, since = True, float("inf")  # once for each
            self.asked[number] = since, times + 1
        while len(self.asked) > REMEMBERED:
            del self.asked[next(iter(self.asked))]
        return lost


@dataclass(slots=True)
class Slot:
    """One outgoing stream: which stream feeds it, and what to add to that one's clock."""

    target: int
    source: int
    ssrc: int
    offset: int
    is_sound: bool
    packets: int = 0
    octets: int = 0
    insistence: Insistence = field(default_factory=Insistence)


class Feedback:
    def __init__(
        self,
        find: Callable[[int], Connection | None],
        quality: Quality,
        hand_over: Callable[[wire.Message], None],
    ) -> None:
        self._find = find
        self._quality = quality
        self._hand_over = hand_over
        self._patience: dict[int, Patience] = {}
        self._wishes: dict[int, Wishes] = {}
        self._slots: dict[int, Slot] = {}
        self._allowed: dict[int, int] = {}
        self.key_frames_asked = self.reports_passed_on = 0

    def take(self, connection: Connection, data: bytes, now: float) -> Outgoing:
        """Act on a client's RTCP. Raises ValueError when it is not genuine or malformed."""
        out: Outgoing = []
        for packet in connection.feedback(data):
            match packet:
                case rtcp.KeyFrameWanted(ssrc):
                    out += self._wanted(connection, ssrc, now)
                case rtcp.Nack(ssrc, numbers):
                    self._hand_over(wire.Resend(connection.number, ssrc, list(numbers)))
                    slot = self._slots.get(ssrc)
                    if (
                        slot is not None
                        and not slot.is_sound
                        and slot.insistence.grows(numbers, now)
                    ):
                        out += self._wanted(connection, ssrc, now)
                case rtcp.TransportFeedback() | rtcp.Remb():
                    self._quality.take(connection.number, packet, now)
                case rtcp.SenderReport():
                    out += self._note(connection, packet, now)
        return out

    def allow(self, out: int, source: int) -> None:
        """This sender is being put into that slot."""
        self._allowed[out] = source

    def stop(self, out: int) -> None:
        """Nobody is in this slot any more: neither clocks nor wishes pass."""
        self._allowed.pop(out, None)
        self._slots.pop(out, None)
        self._patience.pop(out, None)

    def _wanted(self, connection: Connection, ssrc: int, now: float) -> Outgoing:
        """A receiver wants a key frame in one of its slots."""
        slot = self._slots.get(ssrc)
        if slot is None or slot.target != connection.number:
            return []
        if not self._patience.setdefault(ssrc, Patience()).allows(now):
            return []
        return self.wish(slot.source, slot.ssrc, now)

    def awaited(self, sender: int, ssrc: int, now: float) -> Outgoing:
        """A slot waits for a key frame of this stream, and gets nothing until it comes."""
        return self.wish(sender, ssrc, now, every=STILL_AWAITED)

    def wish(self, sender: int, ssrc: int, now: float, every: float = KEY_FRAME_EVERY) -> Outgoing:
        """Ask a sender for a key frame, now or when its half second is over."""
        if self._find(sender) is None:  # gone while this was on its way
            return []
        wishes = self._wishes.setdefault(sender, Wishes())
        wishes.waiting.add(ssrc)
        return self._ask(sender, wishes, now, every)

    def switch(self, switched: wire.Switched) -> Outgoing:
        """A slot has another sender: its clock is told at once, not at the next report."""
        if self._allowed.get(switched.out) != switched.source:
            return []  # the route was taken out while this was on its way
        target = self._find(switched.target)
        sounds = [pair[0] for pair in target.opened.terms.slots] if target else []
        is_sound = switched.out in sounds
        slot = Slot(switched.target, switched.source, switched.ssrc, switched.offset, is_sound)
        self._slots[switched.out] = slot
        if switched.source in self._wishes:  # with it came the key frame others wished for as well
            self._wishes[switched.source].waiting.discard(switched.ssrc)
        sender = self._find(switched.source)
        incoming = sender.reports.get(switched.ssrc) if sender else None
        if incoming is None or incoming.report is None:
            return []
        return self._pass_on(switched.out, slot, incoming.report)

    def count(self, pulse: wire.Pulse, now: float) -> Outgoing:
        """Once a second: report to every sender how its streams arrive."""
        for ssrc, packets, octets in pulse.slots:
            slot = self._slots.get(ssrc)
            if slot is not None:
                slot.packets, slot.octets = packets, octets
        blocks: dict[int, list[rtcp.Block]] = {}
        lost = self._lost_further_on(now) if pulse.streams else {}
        for number, ssrc, highest, first, received, jitter in pulse.streams:
            sender = self._find(number)
            if sender is None:
                continue
            incoming = sender.reports.setdefault(ssrc, Incoming())
            incoming.highest, incoming.expected = highest, highest - first + 1
            incoming.received, incoming.jitter = received, jitter
            block = incoming.block(ssrc, now)
            further = min(255, int(256 * lost.get((number, ssrc), 0.0)))
            if further > block.fraction_lost:
                block = replace(block, fraction_lost=further)
            blocks.setdefault(number, []).append(block)
        out: Outgoing = []
        for number, about in blocks.items():
            sender = self._find(number)
            if sender is not None:
                out += sender.report(rtcp.receiver_report(REPORT_SSRC, about, CNAME))
        return out

    def _lost_further_on(self, now: float) -> dict[tuple[int, int], float]:
        """The share of each voice that is lost to whoever loses most of it.

        Its sender's codec repairs what it knows to be lost (Opus FEC). Reports of receivers end
        here, and to the sender the way of its packets does not. Of pictures there is nothing to
        tell: each receiver's losses are made up for from here.
        """
        lost: dict[tuple[int, int], float] = {}
        for slot in self._slots.values():
            if slot.is_sound:
                voice = slot.source, slot.ssrc
                lost[voice] = max(lost.get(voice, 0.0), self._quality.loss(slot.target, now))
        return lost

    def look_after(self, now: float) -> Outgoing:
        out: Outgoing = []
        for sender, wishes in self._wishes.items():
            out += self._ask(sender, wishes, now)
        return out

    def forget(self, number: int) -> None:
        self._wishes.pop(number, None)
        for out, slot in list(self._slots.items()):
            if number in (slot.source, slot.target):
                self.stop(out)

    def figures(self) -> dict[str, int]:
        """What was done so far, and what is remembered of people: nothing once they are gone."""
        return {
            "key_frames_asked": self.key_frames_asked,
            "sender_reports": self.reports_passed_on,
            "kept_wishes": len(self._wishes),
            "kept_patience": len(self._patience),
            "kept_slots": len(self._slots),
            "kept_slots_allowed": len(self._allowed),
        }

    def _note(self, sender: Connection, report: rtcp.SenderReport, now: float) -> Outgoing:
        if report.ssrc not in sender.reports and len(sender.reports) >= MOST_STREAMS:
            raise ValueError("reports about too many streams")
        incoming = sender.reports.setdefault(report.ssrc, Incoming())
        incoming.report, incoming.reported_at = report, now
        out: Outgoing = []
        for number, slot in self._slots.items():
            if slot.source == sender.number and slot.ssrc == report.ssrc:
                out += self._pass_on(number, slot, report)
        return out

    def _ask(
        self, number: int, wishes: Wishes, now: float, every: float = KEY_FRAME_EVERY
    ) -> Outgoing:
        sender = self._find(number)
        if sender is None or not wishes.waiting or now - wishes.asked < every:
            return []
        wishes.asked = now
        out: Outgoing = []
        for ssrc in wishes.waiting:
            self.key_frames_asked += 1
            out += sender.report(rtcp.picture_loss(REPORT_SSRC, ssrc, CNAME))
        wishes.waiting.clear()
        return out

    def _pass_on(self, out: int, slot: Slot, report: rtcp.SenderReport) -> Outgoing:
        target = self._find(slot.target)
        if target is None:
            return []
        self.reports_passed_on += 1
        time = (report.time + slot.offset) & 0xFFFFFFFF
        counted = replace(report, ssrc=out, time=time, packets=slot.packets, octets=slot.octets)
        return target.report(rtcp.sender_report(counted, f"slot{self._position(target, out)}"))

    @staticmethod
    def _position(target: Connection, out: int) -> int:
        return next(i for i, pair in enumerate(target.opened.terms.slots) if out in pair)
