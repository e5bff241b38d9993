"""GET /home and the pages around it: what the foster home sees and can answer."""

import asyncio
import re
from datetime import timedelta
from pathlib import Path

import pytest
from sqlalchemy import select

from server import keys
from server.domain import links
from server.domain.links import LinkKind
from server.http.mailing import mail_due
from server.services.handing_over import TEXT_LIMIT
from server.store.note_tables import HomeAnswer
from server.store.tables import Placement, ToldTime
from tests.asked import asked
from tests.mails import LENE, kept

PAGES = ["/home", "/home/before", "/home/cannot", "/home/worried", "/home/sent", "/home/mail"]


async def token(app, database, placement):
    async with database.read() as db:
        row = await db.get_one(Placement, placement)
        return links.token(app[keys.LINK_KEY], LinkKind.HOME, row.handle, row.generation)


async def test_it_shows_its_five_blocks(holms):
    """S40, domain pack 5.7: what there is for the home to do, and how it helps afterwards."""
    page = await (await holms.get("/home")).text()
    for words in (
        "Sofies møder med Mette", "Onsdag den 25. november kl. 14.00",
        "Der er ikke noget nyt i dag. Det er helt almindeligt.",
        "Sofie har et rum med en dør", "Sådan hjælper du bagefter",
        "Sofie kan læse, hvad du skriver her.", "12 34 56 78",
    ):  # fmt: skip
        assert words in page


async def test_it_holds_no_script_and_nothing_of_the_visit(holms):
    """P4, P7: no script, token, nonce or number of the request; a policy without any script."""
    response = await holms.get("/home")
    page = await response.text()
    assert "<script" not in page
    assert 'type="hidden"' not in page
    assert "script-src" not in response.headers["Content-Security-Policy"]
    assert "Set-Cookie" not in response.headers
    again = await holms.get("/home")
    assert await again.text() == page


async def test_it_shows_the_times_it_was_told_and_no_others(holms, cast, database, clock):
    """P4: a time taken back, or never told, is not on the page; held or not is the same."""
    async with database.begin() as db:
        told = (await db.scalars(select(ToldTime).where(ToldTime.placement_id == cast.holms))).one()
        told.taken_back_at = clock.now()
    page = await (await holms.get("/home")).text()
    assert "november" not in page
    assert "Der er ikke aftalt et nyt møde endnu." in page
    assert "I har ingen opgave lige nu." in page


async def test_the_next_time_goes_when_it_has_passed_whatever_came_of_it(
    holms, cast, database, clock
):
    async with database.begin() as db:
        told = (await db.scalars(select(ToldTime).where(ToldTime.placement_id == cast.holms))).one()
        told.starts_at = clock.now() - timedelta(minutes=told.minutes)
    assert "november" not in await (await holms.get("/home")).text()


async def test_homes_see_their_own_page_only(holms, dahls):
    page = await (await dahls.get("/home")).text()
    assert "Mikkels møder med Jens" in page
    assert "Sofie" not in page


@pytest.mark.parametrize("path", PAGES)
async def test_others_find_the_page_of_an_unknown_link(mette, sofie, stranger, path):
    """L11, C15: a caseworker's or a guest's session opens no home's page."""
    answers = [await browser.get(path) for browser in (mette, sofie, stranger)]
    assert [a.status for a in answers] == [404, 404, 404]
    assert len({await a.text() for a in answers}) == 1


@pytest.mark.parametrize("path", PAGES)
async def test_it_is_gone_when_the_placement_ends(holms, cast, database, clock, path, stranger):
    async with database.begin() as db:
        (await db.get_one(Placement, cast.holms)).ended_at = clock.now()
    response = await holms.get(path)
    assert response.status == 404
    assert await response.text() == await (await stranger.get(path)).text()


async def test_a_home_they_move_from_is_a_stranger_at_that_moment(
    holms, mette, stranger, cast, database
):
    """C15: with its page open, and an answer typed. The new home has been told nothing."""
    assert (await holms.get("/home")).status == 200
    moved = {"new_home": "Bo og Gitte"}
    answer = await mette.post(f"/young-people/{cast.sofie}/home", data=moved, allow_redirects=False)
    assert answer.status == 303
    sent = {"kind": "afterwards", "text": "Hun sov godt i nat."}
    for path in PAGES:
        assert await (await holms.get(path)).text() == await (await stranger.get(path)).text()
    assert (await holms.post("/home/answers", data=sent)).status == 404
    assert await answers(database) == []


def test_one_place_sends_mail_and_one_thing_has_it_sent() -> None:
    """P4: the same mail at the same hour, or none. Whoever adds another way to write to somebody
    reads ADR 7 first."""
    server = Path(__file__).parents[3] / "server"
    found = {
        what: [path.name for path in sorted(server.rglob("*.py")) if words.search(path.read_text())]
        for what, words in (
            ("sends", re.compile(r"\b(?:smtplib|aiosmtplib|email\.mime|sendmail|mailto:)")),
            ("has it sent", re.compile(r"\bline\.send\(|\bEmailMessage\b")),
        )
    }
    assert found == {"sends": ["post.py"], "has it sent": ["mailing.py"]}


async def test_without_a_mail_server_nobody_is_sent_a_mail_and_no_page_speaks_of_one(
    app, holms, mette, cast, database
):
    """Nothing is asked of the database for it either; what was kept before is not shown."""
    async with database.begin() as db:
        await kept(db, cast.holms)
    with asked(database, "mail_due") as found:
        assert await asyncio.create_task(mail_due(app)) == 0
    assert len(found) == 0
    person = f"/young-people/{cast.sofie}"
    pages = [await (await mette.get(person)).text()]
    pages += [await (await holms.get(path)).text() for path in ("/home", "/home/mail")]
    assert [page for page in pages if re.search(r"(?i)mail|example\.dk", page)] == []
    for path in ("home-mail", "home-mail/gone"):
        answer = await mette.post(f"{person}/{path}", data={"home_mail": LENE})
        assert answer.status == 404


async def test_what_the_home_writes_is_said_to_be_read_by_the_young_person(holms):
    """K1 to K4 of the domain pack, 4.6: above the field, and the way to say it is worried."""
    page = await (await holms.get("/home")).text()
    order = [
        page.index(words)
        for words in (
            "Vi har læst det", "Vi har et spørgsmål til rådgiveren", "Sådan gik det bagefter",
            "Sofie kan læse, hvad du skriver her.", "<textarea", "Vi er bekymrede",
        )
    ]  # fmt: skip
    assert order == sorted(order)
    page = await (await holms.get("/home/worried")).text()
    assert "<textarea" not in page


async def test_the_caseworker_has_an_answer_ready_that_blames_nobody(holms, mette, cast):
    """Domain pack 5.7: "hvad sagde hun?", beside what the home asks; a no is never the reason."""
    asked = {"kind": "question", "text": "Hvad sagde hun?"}
    await holms.post("/home/answers", data=asked)
    page = await (await mette.get(f"/meetings/{cast.meeting}/note")).text()
    ready = "Jeg deler det, der er aftalt. Sådan gør jeg med alle børn."
    assert page.index("Hvad sagde hun?") < page.index(ready)
    assert "sagt nej" not in page


async def test_a_link_opens_it(stranger, app, database, cast):
    sent = {"token": await token(app, database, cast.holms)}
    response = await stranger.post("/home/swap", data=sent)
    assert await response.json() == {"to": "/home"}
    assert (await stranger.get("/home")).status == 200


async def test_renewed_ended_unknown_and_foreign_links_are_alike(
    stranger, app, database, cast, clock
):
    """L11: the same status and the same page."""
    old = await token(app, database, cast.holms)
    gone = await token(app, database, cast.dahls)
    async with database.begin() as db:
        (await db.get_one(Placement, cast.holms)).generation += 1
        (await db.get_one(Placement, cast.dahls)).ended_at = clock.now()
    wrong = [old, gone, "guess", "", f"{old.split('.')[0]}.{gone.split('.')[1]}", "æ" * 500]
    answers = [await stranger.post("/home/swap", data={"token": text}) for text in wrong]
    assert [a.status for a in answers] == [404] * len(wrong)
    assert len({await a.text() for a in answers}) == 1


async def test_a_caseworker_s_browser_is_refused_at_a_home_s_link(mette, app, database, cast):
    sent = {"token": await token(app, database, cast.holms)}
    response = await mette.post("/home/swap", data=sent)
    assert response.status == 409
    assert "Set-Cookie" not in response.headers


async def test_the_link_s_page_knows_nothing(stranger):
    page = await (await stranger.get("/h")).text()
    assert 'data-swap="/home/swap"' in page
    assert "Sofie" not in page


async def answers(database):
    async with database.read() as db:
        rows = (await db.scalars(select(HomeAnswer).order_by(HomeAnswer.id))).all()
        return [(row.kind, row.text) for row in rows]


async def test_it_keeps_an_answer_and_the_page_stays_as_it_was(holms, database):
    """P4: the page shows no trace of answers either."""
    before = await (await holms.get("/home")).text()
    said = {"kind": "question", "text": "Må hun ringe til jer?"}
    response = await holms.post("/home/answers", data=said, allow_redirects=False)
    assert response.headers["Location"] == "/home/sent"
    await holms.post("/home/answers", data=said)
    assert await answers(database) == [("question", "Må hun ringe til jer?")]
    assert await (await holms.get("/home")).text() == before


async def test_having_read_it_needs_no_words(holms, database):
    await holms.post("/home/answers", data={"kind": "read", "text": ""})
    assert await answers(database) == [("read", "")]


@pytest.mark.parametrize(
    "form",
    [
        pytest.param({"text": "Vi har læst det hele"}, id="no kind"),
        pytest.param({"kind": "worried", "text": "x"}, id="a kind that is not written here"),
        pytest.param({"kind": "question", "text": " "}, id="a question without words"),
        pytest.param({"kind": "cannot", "text": ""}, id="no because"),
        pytest.param({"kind": "afterwards", "text": "y" * (TEXT_LIMIT + 1)}, id="too long"),
        pytest.param({"kind": "question", "text": "Ja \u202eIkke"}, id="letters turned round"),
    ],
)
async def test_what_cannot_be_used_is_said_and_what_was_typed_is_still_there(holms, database, form):
    response = await holms.post("/home/answers", data=form)
    page = await response.text()
    assert response.status == 400
    assert "field__error" in page
    assert form["text"].strip() in page
    assert await answers(database) == []


async def test_a_form_of_another_site_is_refused(holms, database):
    """The form has no token of its own: Origin and Fetch Metadata guard it."""
    said = {"kind": "read"}
    for headers in ({"Sec-Fetch-Site": "cross-site"}, {"Origin": "https://elsewhere.example"}):
        assert (await holms.post("/home/answers", data=said, headers=headers)).status == 403
    assert await answers(database) == []


async def test_a_home_session_opens_nothing_else(holms, cast):
    """S42: the home can not enter, see presence, chat or content."""
    for path in (
        "/choosing", "/choosing/1", "/choosing/preview", "/calling", "/arriving",
        f"/meetings/{cast.meeting}/note", f"/calling/{cast.meeting}", f"/meetings/{cast.meeting}",
    ):  # fmt: skip
        response = await holms.get(path, allow_redirects=False)
        assert response.status in (303, 404), path
        assert "Sofie" not in await response.text()


async def test_other_methods_are_not_for_it(holms):
    assert (await holms.post("/home")).status == 405
    assert (await holms.get("/home/answers")).status == 405
