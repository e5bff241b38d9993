"""Notes go to the case system a few seconds after somebody asked for it (docs/export.md)."""

import asyncio
import hashlib
from datetime import datetime

from aiohttp import web

from server import keys
from server.http import note_pdf
from server.http.leased import Work, by_lease
from server.services import exporting, note_copy, outbox
from server.services.exporting import Version
from server.services.releasing import Lease

PDF, JSON = "note.pdf", "note.json"


async def export_due(app: web.Application) -> int:
    """Let every version go that was asked for; returns how many went. One that cannot, as while
    its folder is away, stays leased and is tried again when the lease is over."""
    if app[keys.SETTINGS].export_dir is None:
        return 0
    work = Work("export", exporting.is_any_due, exporting.take, _let_go)
    return len(await by_lease(app, work))


async def _let_go(app: web.Application, lease: Lease, now: datetime) -> int | None:
    """Let one version go, in as many transactions as it takes; returns its meeting."""
    database = app[keys.DATABASE]
    folder = app[keys.SETTINGS].export_dir
    async with database.read() as db:
        version = await exporting.taken(db, lease, now=now)
    if version is None or folder is None:
        return None
    waits_as = version.waits_as
    if not waits_as:
        waits_as = outbox.waiting_name(version.name)
        files = await asyncio.to_thread(files_of, app, version)
        await asyncio.to_thread(outbox.put_down, folder, waits_as, files)
        async with database.begin() as db:
            ours = await exporting.ready(
                db,
                lease,
                version.copy,
                waits_as,
                pdf_sha256=_sha256(files[PDF]),
                json_sha256=_sha256(files[JSON]),
                now=now,
            )
        if not ours:
            return None
    await asyncio.to_thread(outbox.let_go, folder, waits_as, version.name)
    async with database.begin() as db:
        return await exporting.sent(db, lease, now=app[keys.CLOCK].now())


def files_of(app: web.Application, version: Version) -> dict[str, bytes]:
    """The two files of one version: for people, and for the case system."""
    settings = app[keys.SETTINGS]
    words = note_pdf.Words(
        note_pdf.voice(app[keys.TEXTS], settings.language, version),
        settings.zone,
        settings.export_municipality,
        settings.export_kle,
    )
    pdf = note_pdf.pdf(version, words)
    told = version.told(settings.export_municipality, settings.export_kle, _sha256(pdf))
    return {PDF: pdf, JSON: note_copy.as_json(told).encode()}


def _sha256(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()
