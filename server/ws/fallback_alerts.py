"""What the host is told when the young person's line broke, or they went: the phone plan (D4, D11).

The words are those the young person reads at their end; the presses below them stand in the page
and are ordinary forms (templates/calling/phone_plan.html).
"""

from server.domain.fallback import Stage
from server.ws.line import Line
from server.ws.live import Live

ALERTS = ("emergency", "line-broke", "left", "share")


def found(live: Live, line: Line) -> dict[str, str]:
    """The text of each alert that stands now, by its name."""
    shot, after, say = live.shot, live.shot.follow_up, line.voice.say
    told = {}
    if after.fallback == Stage.CALL:
        key = "alert.line-broke.they-call" if after.they_call else "alert.line-broke.you-call"
        number = shot.caseworker_phone if after.they_call else shot.young_phone
        told["line-broke"] = say(key, nummer=number)
    if after.fallback == Stage.EMERGENCY:
        told["emergency"] = say("alert.emergency.text", nummer=shot.young_phone)
    if after.waits_for_goodbye:
        told["left"] = say("alert.left.text")
    if after.to_say_aloud and shot.young.admitted is not None:
        told["share"] = say(f"alert.share.{after.to_say_aloud}")
    return told
