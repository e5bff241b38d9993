"""Where clients are told to call."""

import pytest

from server.media.public import Public, read


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("203.0.113.10", Public("203.0.113.10", 40000)),
        ("203.0.113.10:50000", Public("203.0.113.10", 50000)),
        ("2001:db8::1", Public("2001:db8::1", 40000)),
        ("[2001:db8::1]", Public("2001:db8::1", 40000)),
        ("[2001:DB8:0::1]:50000", Public("2001:db8::1", 50000)),
    ],
)
def test_an_address_may_have_a_port_of_its_own(text, told):
    assert read(text, 40000) == told
    assert read(str(told), 1) == told


@pytest.mark.parametrize(
    "text",
    ["", "example.dk", "1.2.3", "1.2.3.4:", "1.2.3.4:0", "1.2.3.4:65536", "[::1", "[1.2.3.4]"],
)
def test_what_no_browser_could_call_is_refused(text):
    with pytest.raises(ValueError, match=r"."):
        read(text, 40000)
