"""`--lan`: a certificate of our own, kept while it fits."""

import ssl
import stat
from datetime import UTC, datetime, timedelta
from pathlib import Path

from cryptography import x509

from server.certificate import own_address, self_made

NOON = datetime(2026, 3, 2, 12, 0, tzinfo=UTC)


def test_it_serves_tls_for_the_address_and_for_localhost(tmp_path: Path) -> None:
    certificate, key = self_made(tmp_path, "192.0.2.7", now=NOON)
    ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER).load_cert_chain(certificate, key)
    names = x509.load_pem_x509_certificate(certificate.read_bytes()).extensions
    told = names.get_extension_for_class(x509.SubjectAlternativeName).value
    assert {str(each) for each in told.get_values_for_type(x509.IPAddress)} == {
        "192.0.2.7",
        "127.0.0.1",
        "::1",
    }
    assert told.get_values_for_type(x509.DNSName) == ["localhost"]


def test_nobody_else_on_the_machine_can_read_the_key(tmp_path: Path) -> None:
    _, key = self_made(tmp_path, "192.0.2.7", now=NOON)
    assert stat.S_IMODE(key.stat().st_mode) == 0o600


def test_it_is_kept_while_it_fits_so_that_a_browser_warns_once(tmp_path: Path) -> None:
    certificate, _ = self_made(tmp_path, "192.0.2.7", now=NOON)
    first = certificate.read_bytes()
    self_made(tmp_path, "192.0.2.7", now=NOON + timedelta(days=300))
    assert certificate.read_bytes() == first


def test_it_is_made_anew_near_its_end_and_for_another_address(tmp_path: Path) -> None:
    certificate, _ = self_made(tmp_path, "192.0.2.7", now=NOON)
    first = certificate.read_bytes()
    self_made(tmp_path, "192.0.2.7", now=NOON + timedelta(days=380))
    second = certificate.read_bytes()
    self_made(tmp_path, "192.0.2.8", now=NOON + timedelta(days=380))
    assert len({first, second, certificate.read_bytes()}) == 3


def test_the_own_address_is_one_this_machine_has() -> None:
    assert own_address().count(".") == 3
