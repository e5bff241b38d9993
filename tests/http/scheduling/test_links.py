"""Links and codes: shown on demand, in no address, and dead when they are meant to be."""

import re

import pytest
import segno

from server.http.qr import QUIET, code

LINK = re.compile(r'value="(http://[^"]+/[mh]#[^"]+)"')


async def shown(browser, path):
    response = await browser.post(path, allow_redirects=False)
    return response, LINK.findall(await response.text())


@pytest.fixture
def people(cast):
    return f"/meetings/{cast.meeting}/people"


async def test_no_link_stands_on_a_page_before_it_is_asked_for(mette, cast):
    for path in (f"/meetings/{cast.meeting}", f"/young-people/{cast.sofie}", "/"):
        page = await (await mette.get(path)).text()
        assert not LINK.search(page)
        assert 'class="qr"' not in page


async def test_each_persons_link_is_shown_alone_and_opens(mette, stranger, cast, people):
    _, (sofies,) = await shown(mette, f"{people}/{cast.sofies_seat}/link")
    _, (ayas,) = await shown(mette, f"{people}/{cast.ayas_seat}/link")
    assert sofies != ayas
    for link in (sofies, ayas):
        opened = await stranger.post("/arriving/swap", data={"token": link.split("#")[1]})
        assert await opened.json() == {"to": "/arriving"}


async def test_the_homes_link_opens_the_homes_page(mette, stranger, cast):
    _, (link,) = await shown(mette, f"/young-people/{cast.sofie}/home-link")
    opened = await stranger.post("/home/swap", data={"token": link.split("#")[1]})
    assert await opened.json() == {"to": "/home"}


async def test_asking_again_shows_the_same_link_and_renewing_another(mette, cast, people):
    seat = f"{people}/{cast.sofies_seat}"
    _, first = await shown(mette, f"{seat}/link")
    assert (await shown(mette, f"{seat}/link"))[1] == first
    await mette.post(f"{seat}/renewed")
    assert (await shown(mette, f"{seat}/link"))[1] != first


@pytest.mark.parametrize("whose", ["people", "home"])
async def test_a_new_link_is_on_the_screen_at_once_and_a_reload_makes_no_other(
    mette, stranger, cast, people, whose
):
    """One press: the old one is dead, the new one can be sent."""
    seat = f"{people}/{cast.sofies_seat}"
    show, renew = {
        "people": (f"{seat}/link", f"{seat}/renewed"),
        "home": [f"/young-people/{cast.sofie}/home-link{end}" for end in ("", "/renewed")],
    }[whose]
    _, (old,) = await shown(mette, show)
    response = await mette.post(renew)
    (new,) = LINK.findall(await response.text())
    assert new != old
    assert response.url.path == show  # what a reload asks for again
    assert (await shown(mette, show))[1] == [new]
    swap = "/home/swap" if whose == "home" else "/arriving/swap"
    assert (await stranger.post(swap, data={"token": old.split("#")[1]})).status == 404


async def test_an_old_home_link_is_dead_after_a_move(mette, stranger, cast):
    _, (link,) = await shown(mette, f"/young-people/{cast.sofie}/home-link")
    await mette.post(f"/young-people/{cast.sofie}/home", data={"new_home": "Else"})
    opened = await stranger.post("/home/swap", data={"token": link.split("#")[1]})
    assert opened.status == 404


async def test_no_answer_of_ours_leads_anywhere_with_a_token(mette, cast, people):
    """P6: a token never stands in an address that a server sees or a log keeps."""
    every = [
        *(f"{people}/{s}/{d}" for s in (cast.sofies_seat, cast.ayas_seat) for d in ("renewed",)),
        f"{people}/{cast.ayas_seat}/removed",
        f"/meetings/{cast.meeting}/home-told",
        f"/young-people/{cast.sofie}/home-link/renewed",
        f"/young-people/{cast.sofie}",
        f"/meetings/{cast.meeting}/called-off",
    ]
    for path in every:
        data = {"home": "told", "name": "Sofie", "age": "13"}
        response = await mette.post(path, data=data, allow_redirects=False)
        where = response.headers["Location"]
        beside = r"\?saved=[a-z0-9-]+#saved|#(seat-\d+|home-page)"
        assert re.fullmatch(rf"/[a-z0-9/-]*({beside})?", where), where


async def test_the_answer_with_a_link_is_kept_by_no_cache_and_names_no_referrer(
    mette, cast, people
):
    response, _ = await shown(mette, f"{people}/{cast.sofies_seat}/link")
    assert response.headers["Cache-Control"] == "no-store"
    assert response.headers["Referrer-Policy"] == "no-referrer"


def test_the_code_on_the_screen_is_the_one_the_standard_makes():
    """Every dark module of segno's own is drawn, and nothing else."""
    link = "https://enerum.example.dk/m#0123456789.AAAAAAAAAAAAAAAAAAAAAA"
    drawn = set()
    made = code(link)
    for x, y, run in re.findall(r"M(\d+) (\d+)h(\d+)v1h-\d+z", made.path):
        drawn |= {(int(x) + step - QUIET, int(y) - QUIET) for step in range(int(run))}
    matrix = segno.make(link, error="m", micro=False).matrix
    dark = {(x, y) for y, row in enumerate(matrix) for x, bit in enumerate(row) if bit}
    assert drawn == dark
    assert made.size == len(matrix) + 2 * QUIET
