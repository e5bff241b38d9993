"""What the first and the last section of a note say by themselves, for whoever reads it: who met
when, and how the note came about."""

from collections.abc import Sequence
from zoneinfo import ZoneInfo

from server.domain import writing
from server.domain.ages import Band
from server.domain.roles import Role
from server.domain.writing import Written
from server.http.dates import spoken
from server.services.items import Shown
from server.services.note_facts import Facts, Held
from server.texts import Voice


def who_and_when(voice: Voice, zone: ZoneInfo, facts: Facts) -> list[str]:
    when = spoken(facts.starts, zone, voice.language)
    when = when[0].upper() + when[1:]
    said = [voice.say("fact.when", tid=when, antal=facts.minutes, emne=facts.title)]
    names = [name for _, name in facts.present]
    if facts.held == Held.HELD:
        said.append(voice.say("fact.held.held", navne=_listed(voice, names)))
    else:
        said.append(voice.say(f"fact.held.{facts.held}"))
    return said


def made_like_this(voice: Voice, zone: ZoneInfo, facts: Facts, shown: Sequence[Shown]) -> list[str]:
    say = voice.say
    said = [say("fact.writer"), *_told(voice, zone, facts)]
    bisidder = next((name for role, name in facts.present if role == Role.BISIDDER), "")
    if bisidder:
        said.append(say("fact.bisidder", hvem=bisidder))
    elif facts.held == Held.HELD:
        said.append(say("fact.bisidder.away" if facts.invited_bisidder else "fact.bisidder.none"))
    if voice.band == Band.ADULT:
        said += _aids(voice, facts)
    if facts.written_lines:
        one = facts.written_lines == 1
        said.append(say("fact.chat.one") if one else say("fact.chat", antal=facts.written_lines))
    if facts.without_parents:
        said.append(say("fact.without-parents", grund=facts.without_parents))
    if any(one.by_voice or one.told for one in shown):
        said.append(say("fact.read-aloud"))
    own, lines = writing.own_words([Written(o.section, o.text, bool(o.said_by)) for o in shown])
    if lines:
        said.append(say("fact.own-words", antal=own, alle=lines))
    return said


def _aids(voice: Voice, facts: Facts) -> list[str]:
    """What made it easier: what was asked for, and what was used (S9)."""
    asked = ", ".join(voice.say(f"aid.asked.{one}") for one in facts.aids_asked_for)
    used = ", ".join(voice.say(f"aid.used.{one}") for one in facts.aids_used)
    said = [voice.say("fact.aids.asked", ting=asked)] if asked else []
    return said + ([voice.say("fact.aids.used", ting=used)] if used else [])


def _told(voice: Voice, zone: ZoneInfo, facts: Facts) -> list[str]:
    """That it is written down: read beforehand, said aloud in the talk, or neither (S23)."""
    if facts.told_it_is_written is not None:
        when = spoken(facts.told_it_is_written, zone, voice.language)
        return [voice.say("fact.told", tid=when)]
    if facts.said_it_is_written is not None:
        when = spoken(facts.said_it_is_written, zone, voice.language)
        return [voice.say("fact.told.aloud", tid=when)]
    return [voice.say("fact.not-told")] if facts.held == Held.HELD else []


def _listed(voice: Voice, names: Sequence[str]) -> str:
    """Names as one says them: "dig, Sofie og Aya"."""
    others = ", ".join([voice.say("fact.you"), *names[:-1]])
    return voice.say("fact.and", resten=others, sidste=names[-1])


def sentence_ids() -> list[str]:
    """Every sentence that is put together from a table here."""
    return [f"fact.held.{held}" for held in Held]
