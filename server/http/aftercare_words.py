"""Who supports a young person after a hard talk, in words: for their caseworker, the file, and
themselves (C30, S41)."""

from typing import Any

from server.domain.aftercare import Aftercare, aftercare
from server.http.forms import Form
from server.services.note_facts import Facts
from server.texts import Voice


def of_note(voice: Voice, facts: Facts) -> dict[str, Any]:
    """What the note's page asks before the note is ready. What was known beforehand stands in the
    field already; what the young person wished for stands beside it."""
    known = facts.there_afterwards or (voice.say("fact.you") if facts.calls_back else "")
    wish = voice.say(f"brief.afterwards.{facts.wished}") if facts.wished else ""
    reading = facts.reading and voice.say(f"day.after.reading.{facts.reading}")
    return {
        "reading": reading,
        "asks": facts.asks_aftercare,
        "value": known[:40],
        "hint": voice.say("aftercare.wished", svar=wish) if wish else voice.say("aftercare.hint"),
    }


def typed(form: Form) -> Aftercare | None:
    """Who supports the young person afterwards, where it was asked; raises `Invalid`."""
    if "supports" not in form and "said_no" not in form:
        return None
    return aftercare(form.get("supports", ""), said_no=form.get("said_no") == "yes")


def said(voice: Voice, agreed: Aftercare | None) -> list[str]:
    """The sentence of it, for whoever reads with this voice; none where nothing was agreed."""
    if agreed is None:
        return []
    return [voice.say("aftercare.nobody" if agreed.said_no else "aftercare.is", hvem=agreed.who)]
