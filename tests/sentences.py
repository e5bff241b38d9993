"""Which sentences the product says, and to whom: literal ids from templates and code, and whole
families from the tables they are made from."""

import re
from collections.abc import Iterator
from pathlib import Path

from server.domain import checklist, offers, questions
from server.domain.ages import Band
from server.domain.asides import Moment
from server.domain.circle import Verdict
from server.domain.helping import WITH_ADULT, Step
from server.domain.questions import ALL, TOPICS
from server.domain.remembering import Answer as LastTime
from server.domain.roles import BY_NAME, INVITED, Role
from server.domain.team_list import About
from server.domain.ways import FROM_BUTTON, SHAREABLE, State, TaskKind
from server.http import way_words
from server.http.pages import guest_words
from server.http.pages.rights import RIGHTS
from server.http.staff import IN_WORDS
from server.services import day
from server.services.afterwards import NOTHING_TO_DO
from server.ws import aside_view, view
from server.ws.host_view import ALERTS
from server.ws.told_besides import BESIDES, FIRST
from tests.sentences_choosing import families as choosing_families
from tests.sentences_during import families as during_families
from tests.sentences_exporting import families as exported_families
from tests.sentences_protecting import families as protected_families

ROOT = Path(__file__).parents[1]
TEMPLATES = ROOT / "web" / "templates"
YOUNG = (Band.SIX, Band.TEN, Band.THIRTEEN, Band.EIGHTEEN)
ADULT = (Band.ADULT,)
SAID = re.compile(r"""\b(?:t|rich|say)\(\s*["']([a-z][\w-]*\.[\w.-]+)["']\s*[,)]""")
QUOTED = re.compile(r"""["']([a-z][\w-]*(?:\.[\w-]+)+)["']""")
RAISED = re.compile(r"""\b(?:Refused|Stale|NotFound)\(\s*["']([a-z-]+)["']""")
WRONG = re.compile(r"""\bInvalid\(\*?\*?\{?[\w\[\]"' :]*[=:] ?["']([a-z-]+)["']""")

# Pages that speak to one kind of reader alone; all others speak to both or to whoever it is.
READERS = {
    "choosing": YOUNG,
    "handing_over": ADULT,
    "noting": ADULT,
    "protecting": ADULT,
    "scheduling": ADULT,
    "signing_in": ADULT,
}


def code() -> Iterator[tuple[Path, str]]:
    for path in [*TEMPLATES.rglob("*.html"), *(ROOT / "server").rglob("*.py")]:
        yield path, path.read_text(encoding="utf-8")


def literal() -> Iterator[tuple[str, Path]]:
    """Every id that stands whole in a call."""
    for path, text in code():
        for found in SAID.findall(text):
            yield found, path


def mentioned() -> set[str]:
    """Every id that stands whole anywhere, also in a table."""
    return {found for _, text in code() for found in QUOTED.findall(text)}


def words_of_code() -> set[str]:
    """Every short word in quotation marks in the server's code: where error ids stand in tables."""
    texts = [text for path, text in code() if path.suffix == ".py"]
    return {word for text in texts for word in re.findall(r"""["']([a-z][a-z_-]+)["']""", text)}


def problems() -> tuple[set[str], set[str]]:
    """The ids of errors and of wrong fields that the server can raise."""
    texts = [text for path, text in code() if path.suffix == ".py"]
    errors = {found for text in texts for found in RAISED.findall(text)}
    return errors, {found for text in texts for found in WRONG.findall(text)}


def every_question(role: Role, band: Band) -> list[questions.Question]:
    """What somebody is asked, may say besides, and is asked on the way out or in the letter."""
    known = questions.answerable(role, band)
    return [asked for asked in known.values() if asked != questions.ANOTHER_WAY]


def families() -> Iterator[tuple[str, tuple[Band, ...]]]:
    """Every id that is put together from a table, with the bands that can meet it."""
    for role in Role:
        bands = YOUNG if role == Role.YOUNG_PERSON else ADULT
        for band in bands:
            for asked in every_question(role, band):
                yield f"q.{asked.id}", (band,)
                for said in asked.answers:
                    yield f"a.{asked.id}.{said}", (band,)
                    if asked.asks_text:
                        yield f"text.{asked.id}", (band,)
    yield from _effects()
    yield from _ways()
    for topic in TOPICS:
        yield f"topic.{topic}", YOUNG + ADULT
    for way in questions.ANOTHER_WAY.answers:
        yield f"another_way.{way}", YOUNG
        yield f"alert.another-way.{way}", ADULT
    for alert in ALERTS:
        yield f"alert.{alert}.title", ADULT
    for said in questions.FALLBACK.answers:
        yield f"common.{said}", YOUNG + ADULT
        yield f"calling.host.{said}", ADULT
    for _, right in RIGHTS:
        yield f"rights.{right}", YOUNG
    yield from _call()
    yield from _help()
    yield from _as_last()
    yield from _desk()
    yield from choosing_families()
    yield from during_families()
    yield from exported_families()
    yield from protected_families()


def _ways() -> Iterator[tuple[str, tuple[Band, ...]]]:
    """What will happen, and what is to be done, when another way was asked for."""
    for kind in way_words.ICONS:
        name = kind.value.replace("_", "-")
        yield f"promise.{name}", YOUNG
        yield f"task.{name}", ADULT
    for kind in (TaskKind.TIME, TaskKind.PLACE):
        yield f"promise.{kind}.picked", YOUNG
        yield f"promise.{kind}.{State.AGREED}", YOUNG
    yield f"promise.{TaskKind.MEET}.{State.AGREED}", YOUNG
    for agreed in questions.FALLBACK.answers:
        yield f"fallback.guest.{agreed}", YOUNG + ADULT
        yield f"fallback.host.{agreed}", ADULT
    for wish in SHAREABLE:
        yield f"home.support.{wish}", ADULT
        yield f"alert.share.{wish}", ADULT
    for place in way_words.OWN_PLACES:
        yield f"ways.place.{place}", YOUNG + ADULT


def _effects() -> Iterator[tuple[str, tuple[Band, ...]]]:
    invited = {q for role in INVITED for q in questions.answerable(role, Band.ADULT)}
    for asked, answers in offers.EFFECTS.items():
        bands = ADULT if asked in invited else YOUNG
        for said, icons in answers.items():
            key = f"e.{asked}" if said == "chosen" else f"e.{asked}.{said}"
            for n, _ in enumerate(icons, 1):
                yield f"{key}.{n}", bands


def _call() -> Iterator[tuple[str, tuple[Band, ...]]]:
    for phase in view.GUESTS:
        bands = ADULT if phase == view.Phase.WAITS else YOUNG + ADULT  # never the young person
        for part in ("title", "text"):
            yield f"line.{phase}.{part}", bands
    for about in About:
        yield f"list.{about}", YOUNG + ADULT
    for moment in Moment:
        for n in range(1, aside_view.PROMPTS + 1):
            yield f"aside.prompt.{moment}.{n}", YOUNG + ADULT
    for phase in view.HOSTS:
        for part in ("title", "text"):
            yield f"line.{phase}.{part}", ADULT
    for extra in ("host-before", "host-pause"):
        for part in ("title", "text"):
            yield f"line.{extra}.{part}", ADULT
    asides = ("together-before", "together-after", "together-by-oneself")
    for extra in ("lobby-empty", "called-off", "paused-by-other", *asides):
        for part in ("title", "text"):
            yield f"line.{extra}.{part}", YOUNG + ADULT
    for verdict in Verdict:
        yield f"line.verdict.{verdict}", ADULT
        yield f"line.why-not.{verdict}", ADULT
    for role in (Role.YOUNG_PERSON, *INVITED):
        yield f"line.role.{role}", ADULT
    yield from _by_name()
    for told in ("microphone-on", "microphone-off", "camera-on", "camera-off", "silent", "heard"):
        yield f"showing.announce.{told}", YOUNG + ADULT
    for level in ("weak", "poor"):
        yield f"showing.line.{level}", ADULT
    for said in questions.GUEST_ROOM.answers:
        yield f"line.room.{said}", ADULT
    for asked in ("way", "company", "bisidder", "heard", *BESIDES):
        for said in ALL[asked].answers:
            yield f"brief.{asked}.{said}", ADULT
    for label in (
        "way",
        "company",
        "bisidder",
        "topics",
        "not-today",
        "when-we-meet",
        "not_there",
        FIRST,
        *BESIDES,
    ):
        yield f"brief.label.{label}", ADULT


def _help() -> Iterator[tuple[str, tuple[Band, ...]]]:
    for step in Step:
        yield f"help.{step}", YOUNG
        if step != Step.ALONE:
            yield f"brief.help.{step}", ADULT
    yield "brief.label.help", ADULT
    for step in WITH_ADULT - {Step.HELPED}:
        yield f"help.{step}.title", YOUNG


def _as_last() -> Iterator[tuple[str, tuple[Band, ...]]]:
    for said in LastTime:
        yield f"as-last.{said}", YOUNG


def _by_name() -> Iterator[tuple[str, tuple[Band, ...]]]:
    """Who is asked about by name, and shown with their task."""
    for role in INVITED:
        yield f"day.with.{role}", ADULT
        yield f"invite.{role}", ADULT
    for role in BY_NAME:
        for words in ("line.named", "line.task"):
            yield f"{words}.{role}", YOUNG + ADULT
        for words in ("who", "why", "ask", "not-in"):
            yield f"newcomer.{words}.{role}", YOUNG
        for words in ("a.not_there", "arriving.letter", "arriving.letter.task"):
            yield f"{words}.{role}", YOUNG
        for n in range(1, guest_words.ROLE_LINES + 1):
            yield f"arriving.letter.role.{role}.{n}", ADULT
    for words in ("who", "why", "ask"):
        yield f"newcomer.{words}", YOUNG
    yield "a.not_there.chosen-adult", YOUNG
    for n in range(1, guest_words.ROLE_LINES + 1):
        yield f"arriving.letter.role.{n}", ADULT
    for press in ("ask-in", "have-wait"):
        yield f"aside.{press}", YOUNG


def _desk() -> Iterator[tuple[str, tuple[Band, ...]]]:
    for kind in ("smaller", "off", "over"):
        for part in ("title", "text"):
            yield f"arriving.{kind}.{part}", YOUNG + ADULT
    for role in Role:
        yield f"meeting.role.{role}", ADULT
    for verdict in Verdict:
        yield f"meeting.said.{verdict}", ADULT
    hosts = questions.asked(Role.CASEWORKER, Band.ADULT)
    for asked in (*hosts, *questions.more(Role.CASEWORKER, Band.ADULT)):
        yield f"day.task.{asked.id}", ADULT
        yield f"why.{asked.id}", ADULT
        yield f"day.task.{asked.id}.missing", ADULT
        for said in asked.answers:
            yield f"day.task.{asked.id}.{said}", ADULT
            if said in checklist.NOT_LIKE_THIS.get(asked.id, ()):
                yield f"e.{asked.id}.{said}.1", ADULT
    ways = [("another_way", w) for w in questions.ANOTHER_WAY.answers if w not in FROM_BUTTON]
    among = [(question, said) for question, said, _ in day.PROMISED_AMONG]
    yield "day.after.to_correct", ADULT
    for asked in (*questions.after(Role.YOUNG_PERSON, Band.THIRTEEN), questions.GOT_SAID):
        if asked not in (questions.FEELING, questions.SEND_ON):
            if asked.asks_text:
                yield f"day.after.{asked.id}", ADULT
            for said in asked.answers:
                if (asked.id, said) not in NOTHING_TO_DO and not asked.asks_text:
                    yield f"day.after.{asked.id}.{said}", ADULT
    promised = (
        day.ANOTHER_INTERPRETER,
        *day.PROMISED,
        *day.PROMISED_BISIDDER,
        *among,
        ("known", "nobody"),
        *ways,
    )
    for question, said in promised:
        yield f"day.asked.{question}.{said}", ADULT
    for count in IN_WORDS:
        yield f"count.{count}", ADULT
