"""Families of sentences about what protects a young person, from the tables they are made from."""

from collections.abc import Iterator

from server.domain.ages import Band
from server.domain.completing import Lack
from server.domain.deciding import DecisionKind, Guidance
from server.domain.home_questions import ADVICE, CHOICES, NAMED
from server.domain.incidents import Done, IncidentKind
from server.domain.promising import PromiseKind
from server.domain.restricting import RestrictionKind
from server.domain.vouching import PICTURES, Why
from server.http.pages.preparing import HEADINGS
from server.services import host_answers, seconding
from server.store.passing_tables import Step
from server.ws.script_lines import ALWAYS, BY_ANSWER

YOUNG = (Band.SIX, Band.TEN, Band.THIRTEEN, Band.EIGHTEEN)
ADULT = (Band.ADULT,)


def families() -> Iterator[tuple[str, tuple[Band, ...]]]:
    for kind in DecisionKind:
        yield f"decide.kind.{kind}", ADULT
    for way in Guidance:
        yield f"decide.guidance.{way}", ADULT
    for band in YOUNG:
        yield f"decide.words.hint.{band}", ADULT
    for why in Why:
        if why != Why.PROTECTED:
            yield f"code.why.{why or 'none'}", ADULT
    for standing in ("waits", "used", "past", "tried_out", "elsewhere"):
        yield f"code.standing.{standing}", ADULT
    for name in PICTURES:
        yield f"picture.{name}", YOUNG + ADULT
    for kind in RestrictionKind:
        yield f"register.kind.{kind}", ADULT
        yield f"register.does.{kind}", ADULT
    for name in HEADINGS:
        yield f"host.group.{name}", ADULT
    for ask, choices in CHOICES.items():
        yield f"home.before.{ask}", ADULT
        yield f"home.before.{ask}.short", ADULT
        for said in choices:
            yield f"home.before.{ask}.{said}", ADULT
    for ask in NAMED:
        yield f"home.before.{ask}.name", ADULT
    for ask, said in ADVICE:
        yield f"home.said.{ask}.{said}", ADULT
    for made in PromiseKind:
        if made != PromiseKind.PROMISE:
            yield f"promise.{made}", ADULT
    for sentence in ("frame.text", *ALWAYS, "script.topics", *(line for _, _, line in BY_ANSWER)):
        yield sentence, YOUNG
    for lack in Lack:
        yield f"noting.lacks.{lack}", ADULT
        yield f"noting.without.{lack}", ADULT
    for step in (seconding.UNLOCK, *Step):
        yield f"unlocking.stood.{step}", ADULT
    for incident in IncidentKind:
        for words in ("title", "what", "did", "advice"):
            yield f"incident.{words}.{incident}", ADULT
    for done in Done:
        yield f"incident.done.{done}", ADULT
    for question, answer in host_answers.SAID:
        yield f"e.{question}.{answer}.1", ADULT
