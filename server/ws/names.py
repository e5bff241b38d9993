"""Which names one reader may hear: a bare link hears none but the caseworker's (P6)."""

from server.domain.roles import Guest, Role
from server.services.snapshot import Snapshot
from server.ws.line import Line


def told(shot: Snapshot, role: Role) -> dict[str, str]:
    """The names for somebody of this role, once it is known who holds their device."""
    # A protected place is named to nobody but its own young person (R5).
    home = {"hjem": shot.home} if role == Role.YOUNG_PERSON or not shot.protected else {}
    return {"barn": shot.young.name} | home


def learn(line: Line, shot: Snapshot) -> None:
    """Somebody is let in: the line that came by a bare link is spoken to by name from then on."""
    me = shot.anybody(line.seat)
    call = me.call_of(line.session) if me is not None else None
    if isinstance(line.holder, Guest) and call is not None and call.was_admitted:
        names = told(shot, line.holder.role)
        if not names.items() <= line.voice.known.items():
            line.voice = line.voice.knowing(**names)
