"""DTLS 1.2, server side only, without a socket (RFC 6347, RFC 5764).

Datagrams go in through `receive`; what has to go out comes back. The caller hands in only
what came from an address that proved itself by STUN, so a stranger's ClientHello or alert
never gets here (W1). AEAD suites only; the client's certificate must match a fingerprint of
its offer (RFC 8122).
"""

from collections.abc import Sequence
from dataclasses import dataclass

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from OpenSSL import SSL

from server.media.srtp import LEGACY, PROFILES

_DTLS1_2 = 0xFEFD
_CIPHERS = (
    b"ECDHE-ECDSA-AES128-GCM-SHA256:ECDHE-ECDSA-AES256-GCM-SHA384:ECDHE-ECDSA-CHACHA20-POLY1305"
)
_LABEL = b"EXTRACTOR-dtls_srtp"
_RECORD_HEADER = 13
_MTU = 1200
DIGESTS: dict[str, hashes.HashAlgorithm] = {
    "sha-256": hashes.SHA256(),
    "sha-384": hashes.SHA384(),
    "sha-512": hashes.SHA512(),
}
"""Hash functions a fingerprint may use (RFC 8122)."""


class Failed(Exception):
    """This handshake cannot succeed, or the client ended it. `.why` is a stable word."""

    def __init__(self, why: str) -> None:
        super().__init__(why)
        self.why = why


@dataclass(frozen=True, slots=True)
class Keys:
    """What SRTP needs: the profile, the key of what comes in, the key of what goes out."""

    profile: str
    inbound: bytes
    outbound: bytes


def context(certificate: bytes, key: bytes, *, legacy: bool = True) -> SSL.Context:
    """Prepare what all handshakes share. `legacy` offers AES_CM_SHA1_80 as the last resort."""
    made = SSL.Context(SSL.DTLS_SERVER_METHOD)
    made.set_min_proto_version(_DTLS1_2)
    made.set_options(SSL.OP_NO_TICKET | SSL.OP_NO_RENEGOTIATION | SSL.OP_NO_QUERY_MTU)
    made.set_options(SSL.OP_CIPHER_SERVER_PREFERENCE)
    made.set_session_cache_mode(SSL.SESS_CACHE_OFF)
    # Certificates are self-signed by design: the fingerprint in the offer is what vouches.
    made.set_verify(SSL.VERIFY_PEER | SSL.VERIFY_FAIL_IF_NO_PEER_CERT, lambda *_: True)
    made.use_certificate(x509.load_pem_x509_certificate(certificate))
    made.use_privatekey(_private_key(key))
    made.set_cipher_list(_CIPHERS)
    names = [name for name in PROFILES if legacy or name != LEGACY]
    made.set_tlsext_use_srtp(":".join(names).encode())
    return made


class Dtls:
    """One client's handshake, and afterwards the ear for its goodbye."""

    def __init__(self, shared: SSL.Context, fingerprints: Sequence[tuple[str, str]]) -> None:
        self._ssl = SSL.Connection(shared, None)
        self._ssl.set_ciphertext_mtu(_MTU)
        self._ssl.set_accept_state()
        self._fingerprints = fingerprints
        self.keys: Keys | None = None

    def receive(self, datagram: bytes) -> list[bytes]:
        """Take one datagram in, give back those to send. Raises `Failed` at the end."""
        self._ssl.bio_write(datagram)
        try:
            if self.keys is None:
                self._ssl.do_handshake()
                self.keys = self._export()
            else:
                self._ssl.recv(4096)  # application data is not spoken here: read and dropped
        except SSL.WantReadError:
            pass
        except SSL.ZeroReturnError:
            raise Failed("closed") from None
        except SSL.Error:
            raise Failed("dtls") from None
        return self._outgoing()

    def again(self) -> list[bytes]:
        """Give what has to be sent once more because nothing came back in time."""
        if self.keys is not None:
            return []
        left = self._ssl.DTLSv1_get_timeout()
        if left is None or left > 0:
            return []
        try:
            self._ssl.DTLSv1_handle_timeout()
        except SSL.Error:
            raise Failed("dtls") from None
        return self._outgoing()

    def goodbye(self) -> list[bytes]:
        """Say close_notify, so that the client's end knows at once."""
        if self.keys is None:
            return []
        try:
            self._ssl.shutdown()
        except SSL.Error:
            return []
        return self._outgoing()

    def _export(self) -> Keys:
        certificate = self._ssl.get_peer_certificate(as_cryptography=True)
        if certificate is None:
            raise Failed("no-certificate")
        if not any(_matches(certificate, name, value) for name, value in self._fingerprints):
            raise Failed("wrong-fingerprint")
        profile = PROFILES.get(self._ssl.get_selected_srtp_profile().decode())
        if profile is None:
            raise Failed("no-srtp")
        material = self._ssl.export_keying_material(_LABEL, profile.material)
        return Keys(profile.name, *profile.master_keys(material))

    def _outgoing(self) -> list[bytes]:
        waiting = b""
        while True:
            try:
                waiting += self._ssl.bio_read(65536)
            except SSL.WantReadError:
                return _datagrams(waiting)


def _datagrams(flight: bytes) -> list[bytes]:
    """Cut a flight at its record borders: a memory BIO forgets where datagrams ended."""
    made: list[bytes] = []
    position = 0
    while position + _RECORD_HEADER <= len(flight):
        length = int.from_bytes(flight[position + 11 : position + 13], "big")
        record = flight[position : position + _RECORD_HEADER + length]
        position += len(record)
        if made and len(made[-1]) + len(record) <= _MTU:
            made[-1] += record
        else:
            made.append(record)
    return made


def _private_key(pem: bytes) -> ec.EllipticCurvePrivateKey:
    key = serialization.load_pem_private_key(pem, password=None)
    if not isinstance(key, ec.EllipticCurvePrivateKey):
        raise TypeError("the suites above sign with an elliptic curve key")
    return key


def _matches(certificate: x509.Certificate, algorithm: str, value: str) -> bool:
    digest = DIGESTS.get(algorithm.lower())
    expected = value.replace(":", "").lower()
    return digest is not None and certificate.fingerprint(digest).hex() == expected
