"""Who hears whom, and what can be pressed, in a room with talks beside it."""

from server.domain.roles import Role
from server.ws.rooms import Rooms
from tests.lines import Talker


def ways(rooms: Rooms, meeting: int) -> set[tuple[str, str]]:
    """Who reaches whom, by role."""
    here = rooms.rooms[meeting]
    names = {line.media: line for line in here.lines}
    who = {
        media: "Mette"
        if line.is_host
        else {Role.YOUNG_PERSON: "Sofie"}.get(line.holder.role, "Aya")
        for media, line in names.items()
    }
    return {(who[w.source], who[w.target]) for w in here.ways}


async def sound_on(*talkers: Talker) -> None:
    for talker in talkers:
        await talker.send("microphone", on=True)
        await talker.sees(lambda state: state["you"]["microphone"])


def deeds(talker: Talker) -> list[str]:
    return [deed["label"] for deed in talker.state["aside"]["deeds"]]
