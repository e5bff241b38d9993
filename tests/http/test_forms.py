"""Forms no page of ours sends: whatever is in them, the answer is a sentence, never a fault."""

import pytest

from server.domain.errors import Invalid
from server.http.forms import MOST_FIELDS, number

FORM = "application/x-www-form-urlencoded"
HALF = {"utf-7": "%2B2AA-", "raw_unicode_escape": "%5Cud800", "utf-16": "%D8%00"}


@pytest.mark.parametrize("charset", HALF)
async def test_halves_of_characters_do_not_come_in_by_another_charset(charset, stranger, holms):
    """A link's page, and the home's answer: neither the database nor a page could take them."""
    for browser, path, field in (
        (stranger, "/arriving/swap", "token"),
        (stranger, "/home/swap", "token"),
        (holms, "/home/answers", "kind=question&text"),
    ):
        body = f"{field}={HALF[charset]}".encode()
        answer = await browser.post(
            path, data=body, headers={"Content-Type": f"{FORM}; charset={charset}"}
        )
        assert answer.status == 400, path


@pytest.mark.parametrize("charset", ["UTF-8", "utf-8"])
async def test_the_charset_of_our_own_pages_may_be_named(charset, stranger):
    answer = await stranger.post(
        "/language",
        data=b"choice=en+/h",
        headers={"Content-Type": f"{FORM}; charset={charset}"},
        allow_redirects=False,
    )
    assert answer.status == 303


@pytest.mark.parametrize("name", ["self", "error", "fields", "choice"])
async def test_a_field_of_any_name_is_only_a_field(name, stranger):
    answer = await stranger.post(
        "/language", data=f"{name}=%00".encode(), headers={"Content-Type": FORM}
    )
    assert answer.status == 400


@pytest.mark.parametrize("field", ["x=1", "x", ""])
async def test_a_form_of_a_thousand_fields_is_none_of_ours(field, stranger):
    """V15.2.2: reading tens of thousands of them takes the machine from everybody's talk."""
    for many, status in ((MOST_FIELDS - 1, 303), (MOST_FIELDS, 400)):
        body = f"choice=en+/h{f'&{field}' * many}".encode()
        answer = await stranger.post(
            "/language", data=body, headers={"Content-Type": FORM}, allow_redirects=False
        )
        assert answer.status == status


@pytest.mark.parametrize(
    "typed", ["0000000451", "000000045999999999", "9" * 5000, "0" * 5000 + "61", "٤٥", "-1", ""]
)
def test_a_number_is_the_whole_of_what_was_typed(typed):
    with pytest.raises(Invalid):
        number({"minutes": typed}, "minutes", 5, 60)


def test_noughts_before_a_number_say_nothing():
    assert number({"minutes": " 0045 "}, "minutes", 5, 60) == 45
