"""The same mail at the same hour to every home that knows of a meeting, and to no other (P4, S36).

Handed in at a real mail server on this machine, and compared unnormalised, byte by byte.
"""

import asyncio
import re
from collections.abc import Awaitable, Callable
from datetime import timedelta

import pytest

from server import keys
from server.domain.note import release_time
from server.domain.roles import MeetingId
from server.domain.sharing import Choice
from server.http.mailing import content, mail_due
from server.services import mailing as deeds_of_mail
from server.services import scheduling
from server.services.mailing import Letter
from server.services.scheduling import Plan
from server.store import notes as rows
from server.store.tables import Meeting
from tests import notes
from tests.asked import asked
from tests.conftest import StoppedClock
from tests.http.handing_over.test_the_home_cannot_tell import CASES, SECRETS, Began
from tests.mails import LENE, LETTER, hour_of_the_mail, kept, the_letter
from tests.notes import ON, ZONE, Note

Deeds = Callable[[Note, StoppedClock], Awaitable[None]]
WORDS = (
    "Sofie", "Mikkel", "Mette", "Jens", "Aya", "Lene og Karl", "Dahl", "skolen", "møde", "samtale",
    "barn", "ung", "rådgiver", "anbragt", "14.00", "25. november",
)  # fmt: skip


async def everything_shared(note: Note, clock: StoppedClock) -> None:
    item = await note.write(ON, clock.began)
    await note.choose(item, Choice.AS_WRITTEN, clock.began, in_call=True)
    await note.ready(clock.began)


async def shared_and_taken_back(note: Note, clock: StoppedClock) -> None:
    await everything_shared(note, clock)
    await notes.release_due(note.database, clock.moment)
    async with note.database.read() as db:
        (item,) = [row.id for row in await rows.items(db, note.meeting)]
    await note.withdraw(item, clock.moment)


async def made_ready_the_day_before_the_mail(note: Note, clock: StoppedClock) -> None:
    item = await note.write(ON, clock.began)
    await note.choose(item, Choice.AS_WRITTEN, clock.began, in_call=True)
    await note.ready(hour_of_the_mail(clock.began) - timedelta(days=1))


async def never_begun_though_people_came(note: Note, clock: StoppedClock) -> None:
    async with note.database.begin() as db:
        (await db.get_one(Meeting, note.meeting)).finished_at = None


async def called_off_without_a_word_to_the_home(note: Note, clock: StoppedClock) -> None:
    early = clock.began - timedelta(hours=1, minutes=10)
    async with note.database.begin() as db:
        await scheduling.call_off(
            db, note.mette, MeetingId(note.meeting), tell_home=False, now=early
        )


async def moved_without_a_word_to_the_home(note: Note, clock: StoppedClock) -> None:
    starts = clock.began - timedelta(hours=1)
    wanted = Plan("Skolen", "Vil høre, hvordan det går", starts + timedelta(days=2), 60)
    async with note.database.begin() as db:
        await scheduling.move(
            db, note.mette, MeetingId(note.meeting), wanted,
            seen=scheduling.mark(starts), tell_home=False, now=starts - timedelta(minutes=10),
        )  # fmt: skip


async def ended_at_once(note: Note, clock: StoppedClock) -> None:
    async with note.database.begin() as db:
        row = await db.get_one(Meeting, note.meeting)
        row.finished_at = row.starts_at + timedelta(seconds=20)


MORE_CASES = [
    everything_shared, shared_and_taken_back, made_ready_the_day_before_the_mail,
    never_begun_though_people_came, called_off_without_a_word_to_the_home,
    moved_without_a_word_to_the_home, ended_at_once,
]  # fmt: skip


# Whatever was written, chosen, shared, locked or held


@pytest.mark.parametrize(
    "deeds", CASES + MORE_CASES, ids=lambda case: case.__name__.replace("_", " ")
)
async def test_it_is_the_same_mail_at_the_same_hour(deeds, note, clock, app, database, office):
    """P4, S36: to the byte and to the second."""
    began = clock.now()
    hour = hour_of_the_mail(began)
    at_the_hour = Began(clock)
    clock.moment = at_the_hour.moment
    await deeds(note, at_the_hour)
    await notes.release_due(database, release_time(began, ZONE, 3))
    clock.moment = hour - timedelta(seconds=1)
    assert await mail_due(app) == 0
    assert office.letters == []
    clock.moment = hour
    assert await mail_due(app) == 1
    clock.move(days=3)
    assert await mail_due(app) == 0

    # Made of the address and the hour alone, with nothing of this house but its key.
    other = Letter(placement=0, address=LENE, language="", hour=hour)
    expected = content(app, other, deeds_of_mail.mark(bytes(32), other))
    assert office.letters == [expected]
    assert the_letter(office).startswith(LETTER.encode())
    told = office.read()[0].get_content() + office.read()[0]["Subject"]
    assert [secret for secret in SECRETS if secret in told] == []


async def test_it_says_nothing_but_where_to_look(note, clock, app, office):
    """S36, P6, L13: no names, no place, nothing of a meeting; one link, to a page that knows
    nobody and holds no token; and whom to ring (P12)."""
    clock.moment = hour_of_the_mail(clock.now())
    await mail_due(app)
    (letter,) = office.read()
    words = letter.get_content()
    told = f"{letter['Subject']} {letter['From']} {words}"
    assert [word for word in WORDS if re.search(rf"\b{word}", told)] == []
    assert re.findall(r"\S+://\S+", words) == [f"{app[keys.SETTINGS].origin}/home/way-in"]
    assert "12 34 56 00" in words
    assert "112" in words
    assert letter.get_content_type() == "text/plain"
    assert not letter.is_multipart()
    assert set(letter.keys()) == {
        "From", "To", "Subject", "Date", "Message-ID", "Auto-Submitted",
        "X-Auto-Response-Suppress", "Content-Type", "Content-Transfer-Encoding", "MIME-Version",
    }  # fmt: skip
    assert office.to == [LENE]


async def test_two_homes_get_the_same_but_for_where_it_goes(
    note, cast, clock, app, database, office
):
    """P4: of a home with words and one with none, each address as long as the other."""
    other = "bodil.dah@example.dk"
    async with database.begin() as db:
        await kept(db, cast.dahls, other)
    await everything_shared(note, Began(clock))
    clock.moment = hour_of_the_mail(clock.now())
    assert await mail_due(app) == 2
    assert sorted(office.to) == sorted([LENE, other])
    mine, theirs = (the_letter(office, n) for n in range(2))
    assert mine.replace(LENE.encode(), b"") == theirs.replace(other.encode(), b"")
    assert len(office.letters[0]) == len(office.letters[1])
    assert office.letters[0] != office.letters[1]


async def test_all_it_rests_on_is_the_told_time_the_home_and_the_age(
    note, clock, app, database, office
):
    """P4: nothing asked of the database, from beginning to end, names another table."""
    await everything_shared(note, Began(clock))
    clock.moment = hour_of_the_mail(clock.now())
    with asked(database, "mail_due") as found:
        assert await asyncio.create_task(mail_due(app)) == 1
    words = re.compile(r"(?:FROM|JOIN|INTO|UPDATE) (\w+)")
    tables = {name for sql, _ in found.statements for name in words.findall(sql)}
    known = {"jobs", "told_times", "placements", "young_people", "home_mails", "trail"}
    assert tables | {"trail"} == known
