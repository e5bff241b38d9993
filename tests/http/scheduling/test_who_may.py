"""Every address of a caseworker's own pages: the right person, the wrong one, no way around.

The addresses are read from where they are served, so that a new one is asked about too.
"""

from server.http.pages.staff_urls import urls

OPEN = {"/signing-in", "/signing-out", "/first", "/arriving/portrait"}
STAFF = [(r.method, r.path) for r in urls() if r.path not in OPEN]
OWNED = [(m, p) for m, p in STAFF if "{" in p]
DEEDS = sorted({p for m, p in STAFF if m == "POST"})
NOBODY = 999_999


def filled(path: str, meeting: int, seat: int, young: int) -> str:
    return (
        path.replace(r"{meeting:\d{1,15}}", str(meeting))
        .replace(r"{seat:\d{1,15}}", str(seat))
        .replace(r"{young:\d{1,15}}", str(young))
    )


def of_mette(path: str, cast) -> str:
    return filled(path, cast.meeting, cast.ayas_seat, cast.sofie)


async def ask(browser, method, path, **more):
    return await browser.request(method, path, allow_redirects=False, **more)


async def test_nobody_sees_anything_without_signing_in(stranger, sofie, holms, cast):
    """A guest and a home are nobody here; all are shown the way to sign in."""
    for method, path in STAFF:
        for browser in (stranger, sofie, holms):
            response = await ask(browser, method, of_mette(path, cast))
            found = (path, response.status, response.headers.get("Location"))
            assert found == (path, 303, "/signing-in")


async def test_jens_is_told_the_same_as_for_what_does_not_exist(jens, cast):
    """L11: Sofie's meeting, her people and herself look like none."""
    form = {
        "home": "told", "new_home": "Et sted", "name": "X", "age": "13", "companion": "Y",
        "companion_why": "Z",
    }  # fmt: skip
    for method, path in OWNED:
        data = form if method == "POST" else None
        own, unknown = of_mette(path, cast), filled(path, NOBODY, cast.ayas_seat, NOBODY)
        hers = await ask(jens, method, own, data=data)
        none = await ask(jens, method, unknown, data=data)
        assert (path, hers.status, none.status) == (path, 404, 404)
        # The page knows its own address, to come back to in the other language.
        page = (await hers.text()).replace(f'{own}"', f'{unknown}"')
        assert page == await none.text()
        assert "Sofie" not in page


async def test_a_deed_is_not_done_by_opening_its_address(mette, cast):
    """Looking changes nothing: what has no page of its own answers 405."""
    for path in DEEDS:
        if ("GET", path) not in STAFF:
            assert (path, (await mette.get(of_mette(path, cast))).status) == (path, 405)


async def test_another_site_cannot_do_it_through_her_browser(mette, cast):
    """V3.5.1: by Fetch Metadata, and by Origin where that is missing."""
    for path in (*DEEDS, "/first", "/signing-in", "/signing-out"):
        for headers in (
            {"Sec-Fetch-Site": "cross-site"},
            {"Sec-Fetch-Site": "same-site"},
            {"Sec-Fetch-Site": "same-origin", "Origin": "https://elsewhere.example"},
        ):
            response = await ask(mette, "POST", of_mette(path, cast), headers=headers, data={})
            assert (path, response.status) == (path, 403)


async def test_titles_are_neutral_and_no_other_host_is_asked(mette, cast):
    """P6, P7, S36: no name in the title, and everything comes from here."""
    for method, path in STAFF:
        if method == "GET" and not path.endswith("portrait"):
            response = await mette.get(of_mette(path, cast))
            page = await response.text()
            assert (path, response.status) == (path, 200)
            assert "<title>Aftale</title>" in page
            assert "://" not in page
