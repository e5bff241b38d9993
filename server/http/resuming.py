"""Where "Tilbage" leads from a page pressed in between: to where one was, not to the beginning."""

from server.domain.links import Right
from server.domain.meeting import Standing
from server.domain.questions import ANOTHER_WAY
from server.domain.roles import Role
from server.services.arriving import Arrival


def known(here: Arrival) -> dict[str, object]:
    """What a page pressed in between has to know of where its reader comes from."""
    past = here.me.role == Role.YOUNG_PERSON and is_past(here)
    return {"back": back(here), "reads": reads(here), "past": past}


def back(here: Arrival) -> str:
    """On in the list for whoever has begun it on this device; else the letter, which itself leads
    to the note where that can be read."""
    begun = any(
        reply.session == here.guest.session and reply.question != ANOTHER_WAY.id
        for reply in here.me.replies
    )
    return "/arriving/next" if begun and not reads(here) else "/arriving"


def reads(here: Arrival) -> bool:
    """Whether it is the note they come from: what is offered there is another way to read it."""
    return here.guest.known and Right.READ in here.rights and here.me.role == Role.YOUNG_PERSON


def is_past(here: Arrival) -> bool:
    """Whether nothing of the meeting itself can be had another way any more."""
    return here.shot.standing in (Standing.OVER, Standing.CALLED_OFF)
