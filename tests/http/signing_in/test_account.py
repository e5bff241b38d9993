"""A caseworker's own page: name, number, photograph, password, a colleague."""

import re

from aiohttp import FormData

from tests.factories import PASSWORD
from tests.services.test_portrait import PLACE, exif, jpeg, png, segment

NEW = "grønne cykler i modvind"


async def send(browser, path, form):
    return await browser.post(path, data=form, allow_redirects=False)


def photo(body: bytes, name: str = "photo") -> FormData:
    form = FormData()
    form.add_field(name, body, filename="hjemme-hos-mig.jpg", content_type="image/jpeg")
    return form


async def test_another_first_name_is_what_the_guests_see(mette, sofie, cast):
    response = await send(mette, "/account", {"name": "Mette-Marie Lund", "phone": "87 65 43 21"})
    assert response.status == 303
    page = await (await sofie.get("/arriving")).text()
    assert "Mette-Marie vil gerne snakke med dig" in page


async def test_a_field_that_cannot_be_used_is_named(mette):
    for field, value in (("name", ""), ("phone", "x"), ("phone", "")):
        form = {"name": "Mette Lund", "phone": "12 34 56 78", field: value}
        response = await send(mette, "/account", form)
        assert (field, value, response.status) == (field, value, 400)
        assert f'href="#{field}"' in await response.text()


async def test_the_photo_is_kept_without_its_place_and_shown_to_her_own_guests(
    mette, sofie, aya, cast
):
    """P6: where the picture was taken reaches nobody, not even the database."""
    body = jpeg(segment(0xE1, exif(1)))
    assert (await send(mette, "/account/portrait", photo(body))).status == 303
    for browser, path in (
        (mette, "/account/portrait"),
        (sofie, "/arriving/portrait"),
        (aya, "/arriving/portrait"),
    ):
        response = await browser.get(path)
        assert response.status == 200
        assert response.content_type == "image/jpeg"
        shown = await response.read()
        assert shown == jpeg()
        assert PLACE not in shown


async def test_whoever_waits_sees_the_face_behind_the_door(as_kind, cast, clock):
    """S24: in the lobby, and only where there is one."""
    clock.move(minutes=35)
    mette, sofie = await as_kind(account=cast.mette), await as_kind(seat=cast.sofies_seat)
    assert "/arriving/portrait" not in await (await sofie.get("/calling")).text()
    await send(mette, "/account/portrait", photo(jpeg()))
    lobby = (await (await sofie.get("/calling")).text()).split('data-phase="lobby"')[1]
    assert '<img src="/arriving/portrait"' in lobby.split("</section>")[0]
    own = await (await mette.get(f"/calling/{cast.meeting}")).text()
    assert "/arriving/portrait" not in own


async def test_whoever_waits_reads_the_greeting_in_its_own_words(as_kind, cast, clock):
    """S24: as it was typed, shown as text, to guests alone; without one nothing stands there."""
    clock.move(minutes=35)
    mette, sofie = await as_kind(account=cast.mette), await as_kind(seat=cast.sofies_seat)
    assert 'class="strong">”' not in await (await sofie.get("/calling")).text()
    form = {"name": "Mette Lund", "phone": "12 34 56 78"}
    wrong = await send(mette, "/account", form | {"greeting": "x" * 121})
    assert wrong.status == 400
    await send(mette, "/account", form | {"greeting": "Dejligt, du er <b>her</b>."})
    assert "”Dejligt, du er &lt;b&gt;her&lt;/b&gt;.”" in await (await sofie.get("/calling")).text()
    assert (
        'value="Dejligt, du er &lt;b&gt;her&lt;/b&gt;."'
        in await (await mette.get("/account")).text()
    )
    assert "Dejligt" not in await (await mette.get(f"/calling/{cast.meeting}")).text()


async def test_nobody_elses_guest_and_no_home_sees_it(mette, jens, as_kind, holms, stranger, cast):
    await send(mette, "/account/portrait", photo(jpeg()))
    mikkel = await as_kind(seat=cast.mikkels_seat)
    for browser in (mikkel, holms, stranger, mette, jens):
        assert (await browser.get("/arriving/portrait")).status == 404
    assert (await jens.get("/account/portrait")).status == 404


async def test_what_is_no_photo_is_refused_in_words(mette):
    for body in (b"", b"<svg/>", b"GIF89a", jpeg() + bytes(400_000)):
        response = await send(mette, "/account/portrait", photo(body))
        assert response.status == 400
        assert 'href="#photo"' in await response.text()
    assert (await mette.get("/account/portrait")).status == 404


async def test_a_form_without_a_photo_is_refused(mette):
    for form in ({"photo": "x"}, photo(jpeg(), "another"), {}):
        assert (await send(mette, "/account/portrait", form)).status == 400


async def test_the_photo_can_be_taken_away_again(mette, sofie):
    await send(mette, "/account/portrait", photo(png()))
    for _ in range(2):
        assert (await send(mette, "/account/portrait/gone", {})).status == 303
    assert (await sofie.get("/arriving/portrait")).status == 404


async def test_a_new_password_counts_from_now_on_and_puts_other_browsers_out(
    mette, as_kind, stranger, cast
):
    elsewhere = await as_kind(account=cast.mette)
    response = await send(mette, "/account/password", {"current": PASSWORD, "password": NEW})
    assert response.status == 303
    assert (await mette.get("/account", allow_redirects=False)).status == 200
    assert (await elsewhere.get("/account", allow_redirects=False)).status == 303
    old, new = ({"login": "mette", "password": word} for word in (PASSWORD, NEW))
    assert (await send(stranger, "/signing-in", old)).status == 400
    assert (await send(stranger, "/signing-in", new)).status == 303


async def test_a_password_is_not_changed_for_less(mette, stranger, cast):
    for current, new, words in (
        ("forkert kodeord her", NEW, "Det er ikke din adgangskode."),
        (PASSWORD, "kort", "mindst 12 tegn"),
        (PASSWORD, "mette lund 1975", "ligner dit navn"),
    ):
        response = await send(mette, "/account/password", {"current": current, "password": new})
        assert response.status == 400
        assert words in await response.text()
    right = {"login": "mette", "password": PASSWORD}
    assert (await send(stranger, "/signing-in", right)).status == 303


async def test_an_open_browser_is_no_place_to_guess_the_password(mette):
    for _ in range(5):
        await send(mette, "/account/password", {"current": "forkert kodeord", "password": NEW})
    response = await send(mette, "/account/password", {"current": PASSWORD, "password": NEW})
    assert response.status == 429


async def test_a_colleague_opens_an_account_and_sees_nothing_of_hers(mette, stranger, cast):
    page = await (await send(mette, "/account/colleagues", {})).text()
    code = re.search(r"/first#([A-Z2-7-]+)", page)[1]
    form = {
        "code": code, "name": "Ole Friis", "login": "ole", "phone": "12 34 56 70",
        "password": "blå stole i regnvejr",
    }  # fmt: skip
    assert (await send(stranger, "/first", form)).status == 303
    assert "Ingen møder i dag." in await (await stranger.get("/")).text()
    assert (await stranger.get(f"/meetings/{cast.meeting}")).status == 404
