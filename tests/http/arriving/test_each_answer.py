"""Each answer before the call: what the young person reads at once, what the caseworker reads,
where the gate is then, and how long it is kept. The table is whole: an answer without a row fails.
Everybody else's: test_each_answer_of_others.py."""

from datetime import timedelta

from sqlalchemy import select

from server.domain import forgetting, questions
from server.domain.ages import Band
from server.domain.checklist import Gate
from server.domain.questions import Kind
from server.domain.roles import Role
from server.services import room
from server.store.tables import Reply, YoungPerson
from tests.lines import store_answers

SHUT, READY = Gate.ANOTHER_WAY, Gate.READY
AYA = "aya"  # stands for her seat
# question, answer, words on the young person's page, words in the brief or on the caseworker's day
# ("" where nothing is told), the gate
ANSWERS = [
    ("time", "fits", "Godt. I snakker", "", READY),
    ("time", "another", "hellere vil en anden tid", "Sofie vil gerne have en anden tid", SHUT),
    ("time", "unsure", "Du kan få en anden tid", "", READY),
    ("way", "video", "til du tænder det", "Video, hvor I ser hinanden", READY),
    ("way", "video_host_only", "Dit kamera er låst", "Video, hvor kun du kan ses", READY),
    ("way", "phone", "Mette ringer til dig", "Ring til Sofie", SHUT),
    ("way", "write", "bliver gemt i din sag", "Skrive", READY),
    ("way", "meet", "aftaler I kort på video", "Sofie vil gerne mødes", READY),
    ("way", "walk", "Du går en tur", "Gå en tur, mens I ringer", SHUT),
    ("heard", "no", "Sig til, hvis der kommer en", "Kan nogen høre Sofie? Nej.", READY),
    ("heard", "yes_okay", "altid skifte emne", "Ja, og det er okay", READY),
    ("heard", "maybe", "svare ja eller nej", "Stil spørgsmål, man kan svare ja", READY),
    ("heard", "find_other", "Vælg noget andet her", "Sofie vil have hjælp til et andet", SHUT),
    ("company", "alone", "Ingen andre kan komme ind", "Kun jer to", READY),
    ("company", "throughout", "må komme ind, når du er der", "En med hele tiden", READY),
    ("company", "at_start", "med i starten", "En med i starten", READY),
    ("company", "outside", "venter lige udenfor", "En venter lige udenfor", READY),
    ("company", "unsure", "I starter alene", "Start alene, og spørg igen", READY),
    ("not_there", "nobody", "Du kan stadig lave det om", "", READY),
    ("not_there", "caseworker", "Du får svar senest", "Vil tale med en anden end dig", SHUT),
    ("not_there", "someone_else", "når I er alene", "En anden. Spørg alene.", READY),
    ("not_there", AYA, "får ikke at vide, hvem der", "Aya", READY),
    ("bisidder", "know_who", "inviterer personen", "Ja, Sofie ved hvem. Spørg.", READY),
    ("bisidder", "find_one", "116 111 eller 35 55 55 59", "Find en inden to dage", READY),
    ("bisidder", "no_thanks", "Du bliver spurgt hver gang", "Nej tak", READY),
    ("bisidder", "tell_me_more", "ret til at have en med", "Vil vide mere", READY),
    ("bisidder", "maybe_later", "Også midt i mødet", "Måske senere", READY),
    ("device", "own", "på den her", "", READY),
    ("device", "borrowed", "gemmer vi ikke noget på den", "", READY),
    ("device", "others_read", "viser vi ikke det", "", READY),
    ("device", "unsure", "viser vi ikke det", "", READY),
    ("topics", "school=yes", "ser, hvad du har valgt", "Skole", READY),
    ("topics", "family=not_today", "spørger Mette ikke om", "Familie", READY),
    ("topics", "money=when_we_meet", "kun om, når I mødes", "kun tale om penge", READY),
    ("first", "own", "Det står øverst, når Mette læser", "mine ord", READY),
    ("stop", "cat", "skifter Mette emne med det samme", "Kat", READY),
    ("stop", "pizza", "Kun Mette ser det", "Pizza", READY),
    ("stop", "football", "bliver slettet efter mødet", "Fodbold", READY),
    ("stop", "hand", "Løfter du hånden", "En hånd i vejret", READY),
    ("stop", "own", "Siger du ordet", "mine ord", READY),
    ("stop", "button", "Skift emne er der hele tiden", "Bruger knappen", READY),
    ("written", "tell_me", "Dine forældre får den ikke", "", READY),
    ("written", "fine", "hvis noget er forkert", "", READY),
    ("place", "own_room", "på dit værelse", "På sit værelse", READY),
    ("place", "common_room", "Find et sted med en dør", "Foreslå et sted med dør", READY),
    ("place", "car_or_bus", "Dit kamera er låst", "Kameraet er låst", READY),
    ("place", "school_or_club", "Bed om et rum", "Skole, klub", READY),
    ("place", "outdoors", "Tag høretelefoner med", "Ude", READY),
    ("place", "elsewhere", "spørger dig, hvor du er", "Spørg hvor", READY),
    ("place", "unsure", "spørger dig, når I begynder", "Stedet er ukendt", READY),
    ("afterwards", "alone", "være lidt alene", "Vil gerne være lidt alene", READY),
    ("afterwards", "with_someone", "hvem det er, før I slutter", "Vil være sammen med en", READY),
    ("afterwards", "something_fun", "aftale, hvad det skal være", "Vil lave noget sjovt", READY),
    ("afterwards", "talk_to_adult", "116 111", "Vil snakke med en voksen", READY),
    ("afterwards", "host_calls", "ringe til dig dagen efter", "Ring til Sofie efter mødet", READY),
    ("afterwards", "nothing", "Du kan lave det om", "Ingenting", READY),
    ("easier", "", "Du kan lave det om", "", READY),
    ("easier", "read_aloud", "Tryk på Læs op", "Oplæsning", READY),
    ("easier", "larger_text", "skriften større", "Større skrift", READY),
    ("easier", "drawing", "Find papir og en blyant", "Tegner imens", READY),
    ("easier", "pauses", "om du vil have en pause", "Pauser", READY),
    ("easier", "short_questions", "korte spørgsmål", "Korte spørgsmål, ét ad gangen", READY),
    ("easier", "language", "finder en tolk", "Sofie har brug for tolk", READY),
    ("easier", "sign_language", "der kan tegnsprog", "har brug for tegnsprogstolk", READY),
    ("easier", "other", "læser det, du har skrevet", "mine ord", READY),
    ("around", "", "kan du altid skifte emne", "", READY),
    ("around", "speaker", "Sluk den, mens I snakker", "En højttaler, der lytter", READY),
    ("around", "camera", "hverken ser eller hører dig", "Et kamera eller en alarm", READY),
    ("around", "screen", "Vend skærmen", "Andre kan se skærmen", READY),
    ("around", "messages", "Slå beskeder fra", "Beskeder, der popper op", READY),
    ("around", "keep", "Mette optager ikke", "at noten kommer, og at der er en kopi", READY),
    ("known", "nobody", "siger Mette ikke til", "Ingen", READY),
    ("known", "home", "spørger dig igen", "Spørg igen først", READY),
    ("known", "unsure", "siger Mette ikke til", "Regn med: ingen", READY),
    ("another_way", "write", "Du kan skrive i stedet", "Sofie vil hellere skrive", READY),
    ("another_way", "phone", "du hellere vil snakke i telefon", "Ring til Sofie", SHUT),
    ("another_way", "walk", "du går en tur", "Ring til Sofie", SHUT),
    ("another_way", "time", "hellere vil en anden tid", "Sofie vil gerne have en anden tid", SHUT),
    ("another_way", "place", "være et andet sted", "Sofie vil gerne være et andet sted", SHUT),
    ("another_way", "meet", "du hellere vil mødes", "Sofie vil gerne mødes", SHUT),
]  # fmt: skip
FINE_AGAIN = ("time=fits", "way=video", "heard=no", "not_there=nobody")

# For how many days from the end of the meeting. What asks for something else stays while somebody
# owes something for it, whose device it is until the note has been read, the word for stop not
# at all; that it was told what is written down stays with the meeting's record.
DAYS = {
    "time": 90, "way": 90, "heard": 7, "company": 7, "not_there": 7, "bisidder": 7, "device": 60,
    "topics": 90, "first": 7, "stop": 0, "written": None, "place": 7, "afterwards": 90, "easier": 7,
    "around": 7,
    "known": 7, "another_way": 90,
}  # fmt: skip


def every_answer(*asked: questions.Question) -> set[tuple[str, str]]:
    """As tables name them: of topics one with each state, of people one who was named."""
    found = set()
    for one in asked:
        answers = {*one.answers}
        if one.kind == Kind.SEVERAL:
            answers.add("")
        found |= {(one.id, said) for said in answers}
    return found


def test_the_table_holds_every_answer_there_is() -> None:
    """Must show 1: whoever adds a question or an answer says here what it changes."""
    grown, young = Band.EIGHTEEN, Role.YOUNG_PERSON
    before = (questions.TIME, *questions.asked(young, grown), *questions.more(young, grown))
    named = {(question, answer.split("=")[-1]) for question, answer, *_ in ANSWERS if answer != AYA}
    assert every_answer(*before, questions.ANOTHER_WAY) == named
    assert set(DAYS) == {question for question, *_ in ANSWERS}
    kept = {q: None if n is None else timedelta(days=n) for q, n in DAYS.items()}
    assert {q: forgetting.KEPT.get(q) for q in DAYS} == kept


def form_of(question: str, answer: str, cast) -> dict[str, str]:
    """The fields a page of this question sends."""
    form = {"question": question, "text": "mine ord"}
    match questions.ALL[question].kind:
        case Kind.TOPICS:
            topic, said = answer.split("=")
            return form | {f"topic-{topic}": said}
        case Kind.SEVERAL:
            return form | ({f"pick-{answer}": "yes"} if answer else {})
        case _:
            return form | {"answer": str(cast.ayas_seat) if answer == AYA else answer}


async def send(browser, form: dict[str, str]) -> int:
    return (await browser.post("/arriving/answers", data=form, allow_redirects=False)).status


async def test_each_answer_is_seen_at_both_ends_and_moves_the_gate(
    sofie, mette, database, cast, clock
):
    """Must show 1, S25, S30, S36: "Så gør vi sådan" for her, and the same for the caseworker."""
    async with database.begin() as db:
        (await db.get_one(YoungPerson, cast.sofie)).age_told = 19
        await store_answers(db, cast.sofies_seat, clock)
    for question, answer, seen, told, gate in ANSWERS:
        clock.move(seconds=2)
        named = f"{question} {answer}"
        assert await send(sofie, form_of(question, answer, cast)) == 303, named
        assert seen in await (await sofie.get(f"/arriving/effects/{question}")).text(), named
        read = await (await mette.get(f"/meetings/{cast.meeting}/brief")).text()
        read += await (await mette.get("/")).text()
        assert told in read, named
        async with database.read() as db:
            young = (await room.snapshot(db, cast.meeting, clock.now())).young
            newest = select(Reply).where(Reply.question == question).order_by(Reply.id.desc())
            kept = (await db.scalars(newest.limit(1))).one()
        assert young.gate(young.replies[-1].session) == gate, named
        assert kept.answer == (str(cast.ayas_seat) if answer == AYA else answer), named
        assert bool(kept.text) == (answer in questions.ALL[question].asks_text), named
        if gate != READY:
            clock.move(seconds=2)
            for fine in FINE_AGAIN:
                await send(sofie, form_of(*fine.split("="), cast))
