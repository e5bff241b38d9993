"""The sentences of choosing that are put together from tables, with who can meet them."""

from collections.abc import Iterator

from server.domain.ages import Band
from server.domain.commenting import Stand
from server.domain.rounds import Step
from server.domain.sections import WRITTEN, Tag
from server.domain.sharing import Choice, Outcome
from server.http import history_words, note_by_itself, note_sections, reading_words, telling_rows
from server.services.handing_over import Answer
from server.services.note_waits import Waits

YOUNG = (Band.SIX, Band.TEN, Band.THIRTEEN, Band.EIGHTEEN)
ADULT = (Band.ADULT,)


def families() -> Iterator[tuple[str, tuple[Band, ...]]]:
    yield from _note()
    for sentence in reading_words.sentence_ids():
        yield sentence, YOUNG
    for sentence in note_by_itself.sentence_ids():
        yield sentence, YOUNG + ADULT
    for after in ("named", "someone", "call-back"):
        yield f"arriving.after.{after}", YOUNG
    for agreed in ("is", "nobody"):
        yield f"aftercare.{agreed}", YOUNG + ADULT
    for waits in Waits:
        yield f"day.in-note.{waits}", ADULT
    for lines in ("one", "many"):
        yield f"day.in-note.lines.{lines}", ADULT
    for stand in Stand:
        yield f"comment.{stand}", ADULT
    for sentence in history_words.sentence_ids():
        yield sentence, YOUNG
    own, both = telling_rows.sentence_ids()
    for sentence in own:
        yield sentence, YOUNG
    for sentence in both:
        yield sentence, YOUNG + ADULT
    for sentence in telling_rows.host_ids():
        yield sentence, ADULT
    for step in Step:
        yield f"round.{step}", ADULT
    for choice in (Choice.AS_WRITTEN, Choice.OTHER_WORDS):
        yield f"round.{choice}", YOUNG
        yield f"round.{choice}.line", YOUNG
    for moment, bands in (("choosing", YOUNG), ("noting", ADULT)):
        yield f"{moment}.standing.proposed", bands


def _note() -> Iterator[tuple[str, tuple[Band, ...]]]:
    for choice in Choice:
        yield f"choice.{choice}", YOUNG + ADULT
        yield f"choice.{choice}.line", YOUNG
    stays = (Choice.NOT_TO_HOME, Choice.TELL_MYSELF, Choice.TELL_TOGETHER)
    plain = [o.replace("_", "-") for o in Outcome if o not in (Outcome.STAYS, Outcome.MUST_GO)]
    for moment, bands in (("choosing", YOUNG), ("noting", ADULT)):
        for name in (*plain, "at-home", "must-go", "must-be-told", "old-words-at-home"):
            yield f"{moment}.standing.{name}", bands
        for choice in stays:
            yield f"{moment}.standing.stays.{choice}", bands
    for sentence in note_sections.sentence_ids():
        yield sentence, ADULT
    for section in WRITTEN:
        yield f"noting.new.{section}", ADULT
    for tag in Tag:
        yield f"line.tag.do.{tag}", ADULT
    for name in ("theirs", "mine"):
        yield f"noting.elsewhere.{name}", ADULT
    for answer in Answer:
        yield f"home.answer.{answer}", ADULT
