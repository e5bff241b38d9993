"""The self-made certificate of `--lan`: for trying out on other computers and on Android.

Browsers warn about it once, and rightly. For anything more: a real one (docs/deploy.md).
"""

import ipaddress
import os
import socket
from datetime import datetime, timedelta
from pathlib import Path

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import ExtendedKeyUsageOID, NameOID

LASTS = timedelta(days=397)  # browsers refuse longer-lived ones
RENEWED_BEFORE_THE_END = timedelta(days=30)


def own_address() -> str:
    """The address others on the same network reach this machine by."""
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as probe:
        try:
            # Nothing is sent: "connecting" UDP only asks the system which way it would go.
            # The address is one of those reserved for documentation (RFC 5737).
            probe.connect(("192.0.2.1", 9))
        except OSError:
            return "127.0.0.1"
        return str(probe.getsockname()[0])


def self_made(folder: Path, address: str, *, now: datetime) -> tuple[Path, Path]:
    """The paths of certificate and key for `address`; made when there are none that still fit."""
    certificate, key = folder / "lan-certificate.pem", folder / "lan-key.pem"
    if not (key.exists() and _fits(certificate, address, now)):
        folder.mkdir(parents=True, exist_ok=True)
        _make(certificate, key, address, now)
    return certificate, key


def _fits(path: Path, address: str, now: datetime) -> bool:
    try:
        found = x509.load_pem_x509_certificate(path.read_bytes())
    except (FileNotFoundError, ValueError):  # none yet, or half of one after a power cut
        return False
    names = found.extensions.get_extension_for_class(x509.SubjectAlternativeName).value
    lasting = found.not_valid_after_utc - now > RENEWED_BEFORE_THE_END
    return lasting and ipaddress.ip_address(address) in names.get_values_for_type(x509.IPAddress)


def _make(certificate: Path, key: Path, address: str, now: datetime) -> None:
    secret = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "Enerum, self-made")])
    addresses = sorted({address, "127.0.0.1", "::1"})
    names: list[x509.GeneralName] = [x509.DNSName("localhost")]
    names += [x509.IPAddress(ipaddress.ip_address(each)) for each in addresses]
    signed = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(secret.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - timedelta(hours=1))  # the other computer's clock may be slow
        .not_valid_after(now + LASTS)
        .add_extension(x509.SubjectAlternativeName(names), critical=False)
        .add_extension(x509.BasicConstraints(ca=False, path_length=None), critical=True)
        .add_extension(x509.ExtendedKeyUsage([ExtendedKeyUsageOID.SERVER_AUTH]), critical=False)
        .sign(secret, hashes.SHA256())
    )
    words = secret.private_bytes(
        serialization.Encoding.PEM,
        serialization.PrivateFormat.PKCS8,
        serialization.NoEncryption(),
    )
    key.unlink(missing_ok=True)
    # Never readable by others, not even between being made and being closed to them.
    with open(os.open(key, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as file:
        file.write(words)
    certificate.write_bytes(signed.public_bytes(serialization.Encoding.PEM))
