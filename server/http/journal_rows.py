"""How a note stands with the case system, on its own page."""

from typing import Any

from aiohttp import web
from sqlalchemy.ext.asyncio import AsyncSession

from server import keys
from server.domain.exporting import Standing
from server.domain.roles import Caseworker
from server.http import staff
from server.services import exporting
from server.texts import Voice

ASKS = frozenset({Standing.NEVER, Standing.CHANGED})


async def of_day(
    request: web.Request, db: AsyncSession, voice: Voice, who: Caseworker
) -> list[tuple[str, str, str]]:
    """The notes that should be in the case file by now: what, since when, and where to."""
    return [
        (
            voice.say("journal.day.late", ung=name),
            voice.say("journal.day.since", tid=staff.within(request, asked)),
            f"/meetings/{meeting}/note#journal",
        )
        for meeting, name, asked in await exporting.late(db, who, now=staff.now(request))
    ]


async def of_note(
    request: web.Request, db: AsyncSession, voice: Voice, who: Caseworker, meeting: int
) -> dict[str, Any]:
    """What the caseworker reads, and whether there is something to ask for."""
    journal = await exporting.journal(db, who, meeting, now=staff.now(request))
    is_set_up = request.app[keys.SETTINGS].export_dir is not None
    asks = is_set_up and journal.standing in ASKS
    if not is_set_up:
        standing = voice.say("journal.not-set-up")
    elif journal.standing == Standing.SENT:
        standing = ""  # the receipt says so
    else:
        standing = voice.say(f"journal.standing.{journal.standing}")
    return {
        "standing": standing,
        "asks": voice.say(f"journal.do.{journal.standing}") if asks else "",
        "receipts": [
            {
                "said": voice.say(
                    "journal.sent" if one is journal.receipts[0] else "journal.replaced",
                    tid=staff.within(request, one.sent),
                    antal=one.version,
                ),
                "rows": [
                    (voice.say("journal.receipt.name"), one.name),
                    (voice.say("journal.receipt.by"), one.by),
                    (voice.say("journal.receipt.pdf"), one.pdf_sha256),
                    (voice.say("journal.receipt.json"), one.json_sha256),
                ],
            }
            for one in journal.receipts
        ],
    }
