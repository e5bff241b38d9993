"""The client's half of a DTLS handshake, in memory: what a browser does before media."""

from contextlib import suppress

from aiortc import RTCCertificate
from OpenSSL import SSL
from pylibsrtp import Policy, Session

PROFILES = {
    "SRTP_AEAD_AES_256_GCM": (Policy.SRTP_PROFILE_AEAD_AES_256_GCM, 32, 12),
    "SRTP_AEAD_AES_128_GCM": (Policy.SRTP_PROFILE_AEAD_AES_128_GCM, 16, 12),
    "SRTP_AES128_CM_SHA1_80": (Policy.SRTP_PROFILE_AES128_CM_SHA1_80, 16, 14),
}
AEAD = b"ECDHE+AESGCM"


class Handshake:
    def __init__(
        self,
        certificate: RTCCertificate,
        ciphers: bytes = AEAD,
        profiles: str = ":".join(PROFILES),
    ) -> None:
        context = SSL.Context(SSL.DTLS_METHOD)
        context.set_verify(SSL.VERIFY_NONE, lambda *_: True)
        context.use_certificate(certificate._cert)
        context.use_privatekey(certificate._key)
        context.set_cipher_list(ciphers)
        context.set_tlsext_use_srtp(profiles.encode())
        self.ssl = SSL.Connection(context, None)
        self.ssl.set_ciphertext_mtu(1200)
        self.ssl.set_connect_state()
        self.done = False

    def step(self, datagram: bytes = b"") -> list[bytes]:
        """Take one datagram in, give back those to send."""
        if datagram:
            self.ssl.bio_write(datagram)
        with suppress(SSL.WantReadError):
            self.ssl.do_handshake()
            self.done = True
        return self.outgoing()

    def goodbye(self) -> list[bytes]:
        self.ssl.shutdown()
        return self.outgoing()

    def outgoing(self) -> list[bytes]:
        records = []
        with suppress(SSL.WantReadError):
            flight = self.ssl.bio_read(65536)
            while flight:
                size = 13 + int.from_bytes(flight[11:13], "big")
                records.append(flight[:size])
                flight = flight[size:]
        return records

    @property
    def profile(self) -> str:
        return self.ssl.get_selected_srtp_profile().decode()

    def sessions(self) -> tuple[Session, Session]:
        """SRTP for what goes out and for what comes in (RFC 5764 section 4.2)."""
        number, key, salt = PROFILES[self.profile]
        raw = self.ssl.export_keying_material(b"EXTRACTOR-dtls_srtp", 2 * (key + salt))
        mine = raw[:key] + raw[2 * key : 2 * key + salt]
        theirs = raw[key : 2 * key] + raw[2 * key + salt :]
        return (
            Session(Policy(mine, Policy.SSRC_ANY_OUTBOUND, srtp_profile=number)),
            Session(Policy(theirs, Policy.SSRC_ANY_INBOUND, srtp_profile=number)),
        )
