"""Which passwords a caseworker may choose (V6.2)."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from server.domain import passwords
from server.domain.errors import Invalid

OWN = ("Mette Lund", "mette.lund@kommune.example")


@pytest.mark.parametrize(
    "password",
    [
        "blå stole i regnvejr",
        "correct horse battery staple",
        "x7#Kp!qLw9$z",
        "fire små ænder på en sø",
        "密码很长而且不容易猜到的句子",
        "a" * 3 + "hvornår kommer bussen" * 3,
    ],
)
def test_a_long_password_of_ones_own_is_taken(password):
    passwords.check(password, OWN)


@pytest.mark.parametrize(
    ("password", "why"),
    [
        ("kort", "password-short"),
        ("elleve tegn", "password-short"),
        ("x" * 257, "password-long"),
        ("Mette Lund 1975", "password-own-name"),
        ("mettelundmettelund", "password-own-name"),
        ("lund.mette!!2024", "password-own-name"),
        ("Password123!", "password-common"),
        ("kodeordkodeord", "password-common"),
        ("Sommer2026!!", "password-common"),
        ("123456789012", "password-common"),
        ("qwertyuiopå1", "password-common"),
        ("aaaaaaaaaaaaaa", "password-common"),
        ("xyzvxyzvxyzv", "password-common"),
        ("Enerum Enerum 2026", "password-common"),
        ("velkommen til 1234", "password-common"),
    ],
)
def test_what_anybody_would_try_is_refused(password, why):
    with pytest.raises(Invalid) as refused:
        passwords.check(password, OWN)
    assert refused.value.fields == {"password": why}


@given(st.text(max_size=300), st.lists(st.text(max_size=40), max_size=3))
def test_no_text_at_all_breaks_the_rules(password, own):
    """Whatever is typed, the answer is yes or one named field."""
    try:
        passwords.check(password, own)
    except Invalid as invalid:
        named = set(invalid.fields)
    else:
        named = {"password"} if 12 <= len(password) <= 256 else set()
    assert named == {"password"}
