"""The client of client.py with all that a browser's page offers: retransmission, numbers over
all of its packets, and a camera in several sizes."""

import struct
from dataclasses import dataclass, field

from aiortc.rtp import RtcpRtpfbPacket

from tests.media.client import AUDIO_SSRC, CAMERA_SSRC, LEVEL_EXTENSION, VP8, Client, Packet

RTX = 97
WIDE_EXTENSION, RID_EXTENSION, REPAIRED_EXTENSION = 3, 10, 11
REPAIRS_SSRC = 0x0D0D0D0D
_WIDE = "http://www.ietf.org/id/draft-holmer-rmcat-transport-wide-cc-extensions-01"
_SDES = "urn:ietf:params:rtp-hdrext:sdes:"
_TWO = struct.Struct("!H")


@dataclass
class Browser(Client):
    """`layers` are the rids of its camera; with none it announces one stream and its repairs."""

    layers: tuple[str, ...] = ()
    wide: int = field(init=False, default=0)

    def sdp(self) -> str:
        sections = super().sdp().split("m=")
        made = sections[:1]
        for number, section in enumerate(sections[1:]):
            if not section.startswith("video"):
                made.append(f"{section}a=extmap:{WIDE_EXTENSION} {_WIDE}\r\n")
                continue
            section = section.replace(f"SAVPF {VP8}", f"SAVPF {VP8} {RTX}")
            section += f"a=rtpmap:{RTX} rtx/90000\r\na=fmtp:{RTX} apt={VP8}\r\n"
            section += f"a=extmap:{WIDE_EXTENSION} {_WIDE}\r\n"
            if number == 1:
                section = self._camera(section)
            made.append(section)
        return "m=".join(made)

    def _camera(self, section: str) -> str:
        if not self.layers:
            group = f"a=ssrc-group:FID {CAMERA_SSRC} {REPAIRS_SSRC}\r\n"
            return f"{section}{group}a=ssrc:{REPAIRS_SSRC} cname:me\r\n"
        section = section.replace(f"a=ssrc:{CAMERA_SSRC} cname:me\r\n", "")
        section += f"a=extmap:{RID_EXTENSION} {_SDES}rtp-stream-id\r\n"
        section += f"a=extmap:{REPAIRED_EXTENSION} {_SDES}repaired-rtp-stream-id\r\n"
        section += "".join(f"a=rid:{layer} send\r\n" for layer in self.layers)
        return section + f"a=simulcast:send {';'.join(self.layers)}\r\n"

    async def offer(self) -> None:
        await super().offer()
        groups = [line for line in self.answer.sdp.splitlines() if line.startswith("a=ssrc-group")]
        self.repairs = {int(line.split()[2]): int(line.split()[1]) for line in groups}
        self.ssrcs = [ssrc for ssrc in self.ssrcs if ssrc not in self.repairs]

    def film(self, payload: bytes, *, layer: str = "", ssrc: int = CAMERA_SSRC) -> int:
        """Send the next packet of a camera, numbered; give its transport-wide number."""
        self.wide = (self.wide + 1) & 0xFFFF
        elements = bytes([WIDE_EXTENSION << 4 | 1]) + _TWO.pack(self.wide)
        if layer:
            elements += bytes([4 << 4]) + b"1"  # MID: the camera's line
            elements += bytes([RID_EXTENSION << 4 | len(layer) - 1]) + layer.encode()
        self.send(self.rtp(ssrc, payload, extension=extended(elements)))
        return self.wide

    def speak(self, text: bytes) -> None:
        """Say something, with its loudness."""
        loudness = bytes([LEVEL_EXTENSION << 4, 0x80 | 30])
        self.send(self.rtp(AUDIO_SSRC, text, extension=extended(loudness)))

    def skip(self, ssrc: int = CAMERA_SSRC) -> int:
        """Number a packet and lose it on the way; give its number."""
        self.wide = (self.wide + 1) & 0xFFFF
        numbers = self.numbers[ssrc]
        numbers[0], numbers[1] = (numbers[0] + 1) & 0xFFFF, numbers[1] + 960
        return numbers[0]

    def repair(self, number: int, payload: bytes) -> None:
        """Send a lost packet of the camera once more (RFC 4588)."""
        self.send(self.rtp(REPAIRS_SSRC, _TWO.pack(number) + payload, kind=RTX))

    def miss(self, slot: int, *numbers: int) -> None:
        """Ask for packets of a slot's picture again."""
        self.send_rtcp(bytes(RtcpRtpfbPacket(1, 1, self.ssrcs[2 * slot + 1], list(numbers))))

    def mishear(self, slot: int, *numbers: int) -> None:
        """Ask for packets of a slot's sound again."""
        self.send_rtcp(bytes(RtcpRtpfbPacket(1, 1, self.ssrcs[2 * slot], list(numbers))))

    async def datagram(self) -> bytes:
        """The next media as it comes, encrypted, and not looked into."""
        while True:
            data = await self._datagram()
            if data[0] >= 128 and not 192 <= data[1] < 224:
                return data
            self._take(data)

    def take(self, data: bytes) -> Packet:
        """Decrypt such media."""
        self._take(data)
        return self._arrived.pop()

    def _read(self, data: bytes) -> Packet:
        ssrc = int.from_bytes(data[8:12], "big")
        if ssrc not in self.repairs:
            return super()._read(data)
        unwrapped = data[:8] + self.repairs[ssrc].to_bytes(4, "big") + data[12:]
        packet = super()._read(unwrapped)
        [original] = _TWO.unpack_from(packet.payload)
        return Packet(
            packet.slot, "repair", original, packet.time, packet.payload_type, packet.payload[2:],
            packet.extension,
        )  # fmt: skip


def extended(elements: bytes) -> bytes:
    """A one-byte header extension block (RFC 8285) of these elements."""
    elements += bytes(-len(elements) % 4)
    return struct.pack("!HH", 0xBEDE, len(elements) // 4) + elements


def wide_number(packet: Packet) -> int:
    """The transport-wide number a receiver finds on a packet."""
    at = 2 if packet.extension[0] >> 4 == LEVEL_EXTENSION else 0
    assert packet.extension[at] == WIDE_EXTENSION << 4 | 1
    return int.from_bytes(packet.extension[at + 1 : at + 3], "big")
