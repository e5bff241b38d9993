"""Each answer before the call: what the young person reads at once, what stands in the caseworker's
brief, and where the gate is then. How long it is kept: tests/services/test_forgetting.py."""

from server.domain.checklist import Gate
from server.services import room
from server.store.tables import YoungPerson
from tests.http.arriving.test_answers import say
from tests.lines import store_answers

SHUT, READY = Gate.ANOTHER_WAY, Gate.READY
# question, answer, words on the young person's page, words in the brief ("" for none), the gate
ANSWERS = [
    ("time", "fits", "Godt. I snakker", "", READY),
    ("time", "unsure", "Du kan få en anden tid", "", READY),
    ("way", "video_host_only", "Dit kamera er låst", "", READY),
    ("place", "own_room", "på dit værelse", "På sit værelse", READY),
    ("place", "common_room", "Find et sted med en dør", "Foreslå et sted med dør", READY),
    ("place", "car_or_bus", "Dit kamera er låst", "Kameraet er låst", READY),
    ("place", "school_or_club", "Bed en voksen om et rum", "Skole eller klub", READY),
    ("place", "outdoors", "Tag høretelefoner med", "Ude", READY),
    ("place", "elsewhere", "spørger dig, hvor du er", "Spørg hvor", READY),
    ("place", "unsure", "spørger dig, når I begynder", "Stedet er ukendt", READY),
    ("heard", "maybe", "svare ja eller nej", "", READY),
    ("not_there", "caseworker", "Du får svar senest", "Vil tale med en anden end dig", SHUT),
    ("not_there", "nobody", "Du kan stadig lave det om", "", READY),
    ("bisidder", "find_one", "Du får svar senest", "", READY),
    ("stop", "cat", "skifter Mette emne med det samme", "Kat", READY),
    ("stop", "hand", "Løfter du hånden", "En hånd i vejret", READY),
    ("stop", "button", "Skift emne er der hele tiden", "Bruger knappen", READY),
    ("afterwards", "alone", "du får ro", "Vil gerne være lidt alene", READY),
    ("afterwards", "talk_to_adult", "116 111", "Vil snakke med en voksen", READY),
    ("known", "nobody", "siger Mette ikke til", "Ingen", READY),
]


async def test_each_answer_is_seen_at_both_ends_and_moves_the_gate(
    sofie, mette, database, cast, clock
):
    """S26, S30: "Så gør vi sådan" for the young person, the same for the caseworker."""
    async with database.begin() as db:
        (await db.get_one(YoungPerson, cast.sofie)).age_told = 19
        await store_answers(db, cast.sofies_seat, clock)
    for question, answer, seen, told, gate in ANSWERS:
        clock.move(seconds=1)
        named = f"{question} {answer}"
        assert (await say(sofie, question, answer)).status == 303, named
        assert seen in await (await sofie.get(f"/arriving/effects/{question}")).text(), named
        assert told in await (await mette.get(f"/meetings/{cast.meeting}/brief")).text(), named
        async with database.read() as db:
            young = (await room.snapshot(db, cast.meeting, clock.now())).young
        assert young.gate(young.replies[-1].session) == gate, named
