"""What the caseworker reads beside the question about an interpreter (R7)."""

from server.domain import aids
from server.domain.roles import Role
from server.services.snapshot import Snapshot
from server.texts import Voice

WANTED = (
    ("language", "interpreter.wanted.language"),
    ("sign_language", "interpreter.wanted.sign_language"),
)


def hint(voice: Voice, shot: Snapshot) -> str:
    """What was asked for, who is invited to interpret, and what the young person said of them."""
    invited = [p for p in shot.people if p.role == Role.INTERPRETER and not p.removed]
    said = [f"{p.name}: {voice.say(f'meeting.said.{p.verdict}')}" for p in invited]
    if invited and shot.write_only:
        said.append(voice.say("interpreter.in-writing"))
    return " ".join([*_wanted(voice, shot), *(said or [voice.say("interpreter.none-invited")])])


def _wanted(voice: Voice, shot: Snapshot) -> list[str]:
    """The language the young person asked for, in the words they wrote it in (U12)."""
    picked = aids.asked_for(shot.young.replies)
    words = next((r.text for r in reversed(shot.young.replies) if r.question == aids.WISHES), "")
    return [voice.say(sentence, ord=words) for wish, sentence in WANTED if wish in picked]
