"""The certificate a media worker shows in DTLS, made by aiortc.

aiortc has no public way to hand the key out, and the worker cannot import aiortc (it loads a
video decoder). So this file, and no other, reads `RTCCertificate._cert` and `._key`;
tests/media/test_negotiation.py fails loudly when an upgrade moves them.
"""

from dataclasses import dataclass

from aiortc import RTCCertificate
from cryptography.hazmat.primitives import serialization


@dataclass(frozen=True, slots=True)
class Identity:
    """Certificate and key as PEM for the worker, and the fingerprint for the answers."""

    certificate: str
    key: str
    fingerprint: str


def make() -> Identity:
    made = RTCCertificate.generateCertificate()
    pem = serialization.Encoding.PEM
    return Identity(
        made._cert.public_bytes(pem).decode(),
        made._key.private_bytes(
            pem, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
        ).decode(),
        next(p.value for p in made.getFingerprints() if p.algorithm == "sha-256"),
    )
