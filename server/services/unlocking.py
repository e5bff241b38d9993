"""What takes two people (C11, domain pack 5.6): whose case it is, and a colleague who says a code.

A locked note is opened so, a young person's no is overruled so, and a concern is assessed so. The
colleague sees nothing of the case; they hear why, and answer for it with their name. Codes are
kept in memory alone: a restart forgets them, and another is said.
"""

import secrets
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from sqlalchemy.ext.asyncio import AsyncSession

from server.domain import vouching as rules
from server.domain.errors import Invalid
from server.domain.roles import AccountId, Caseworker, MeetingId
from server.domain.vouching import CodeKind
from server.services import calling, during
from server.store import trail

LASTS = timedelta(minutes=10)


@dataclass(slots=True)
class Colleagues:
    """The codes said just now, and whose they are: one for each web process."""

    said: dict[str, tuple[AccountId, datetime]] = field(default_factory=dict)

    def say(self, who: Caseworker, *, now: datetime) -> str:
        """Draw a code for a colleague. The one this caseworker drew before is dead."""
        self.said = {
            code: (account, at)
            for code, (account, at) in self.said.items()
            if account != who.account and now - at < LASTS
        }
        code = rules.draw(CodeKind.DIGITS, secrets.randbelow)
        while code in self.said:
            code = rules.draw(CodeKind.DIGITS, secrets.randbelow)
        self.said[code] = (who.account, now)
        return code

    def take(self, who: Caseworker, typed: str, *, now: datetime) -> AccountId:
        """Whose code this is; it is used up. One's own, an old one and a wrong one are alike."""
        code = rules.tidy(typed)
        account, at = self.said.get(code, (who.account, now))
        if account == who.account or now - at >= LASTS:
            raise Invalid(code="colleague-code-wrong")
        del self.said[code]
        return account

    @contextmanager
    def beside(self, who: Caseworker, typed: str, *, now: datetime) -> Iterator[AccountId | None]:
        """Whose code was typed, if any was. It is used up by a step that is taken, and stays good
        where something else was wrong, unless its colleague has drawn another meanwhile."""
        if not typed.strip():
            yield None
            return
        said = self.said.get(rules.tidy(typed))
        account = self.take(who, typed, now=now)
        try:
            yield account
        except BaseException:
            if said is not None and account not in {whose for whose, _ in self.said.values()}:
                self.said[rules.tidy(typed)] = said
            raise


async def unlock(
    db: AsyncSession,
    who: Caseworker,
    meeting: MeetingId,
    colleague: AccountId,
    *,
    now: datetime,
    zone: ZoneInfo,
) -> None:
    """Open a locked note, in both names."""
    await calling.own_meeting(db, who, meeting)
    await during.unlock_note(db, meeting, now=now, zone=zone)
    for deed, account in (("unlock-note", who.account), ("second-to-unlock", colleague)):
        trail.add(db, f"account:{account}", deed, f"meeting:{meeting}", now=now)
