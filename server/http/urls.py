"""Every address the server answers, on one page, moment by moment."""

from aiohttp import web

from server.http import static
from server.http.pages import (
    after,
    arriving,
    calling,
    during_urls,
    health,
    language,
    note_urls,
    opening,
    preparing,
    protect_urls,
    ready,
    rights,
    staff_urls,
    trying,
    way_urls,
)


def urls(files: static.Files) -> list[web.RouteDef]:
    return [
        web.get("/static/{digest}/{name:.+}", files.serve, name="static"),
        web.post("/language", language.choose, name="language"),
        web.get("/health", health.show, name="health"),
        # arriving: a guest's way from the link to the knock
        web.get("/m", opening.open_link, name="open-link"),
        web.post("/arriving/swap", opening.swap, name="swap"),
        web.get("/arriving", arriving.letter, name="letter"),
        web.get("/arriving/next", arriving.next_step, name="next-step"),
        web.get("/arriving/questions/{question}", arriving.question, name="question"),
        web.post("/arriving/answers", arriving.answer, name="answer"),
        web.get("/arriving/effects/{question}", arriving.effect, name="effect"),
        web.get("/arriving/more", arriving.more, name="more"),
        web.get("/arriving/another-way", arriving.another_way, name="another-way"),
        web.get("/arriving/ready", ready.show, name="ready"),
        web.get("/arriving/after", after.show, name="after"),
        web.post("/arriving/done", after.done, name="after-done"),
        web.get("/arriving/gone", after.gone, name="gone"),
        web.get("/arriving/rights", rights.show, name="rights"),
        web.get(r"/meetings/{meeting:\d{1,15}}/brief", preparing.show, name="brief"),
        web.post(r"/meetings/{meeting:\d{1,15}}/answers", preparing.answer, name="host-answer"),
        # calling: sound check, lobby, door and call
        web.get("/calling", calling.show, name="call"),
        web.get(r"/calling/{meeting:\d{1,15}}", calling.show, name="host-call"),
        web.post("/calling/offer", calling.offer, name="offer"),
        web.post("/calling/leave", calling.leave, name="leave"),
        web.post("/calling/keep", calling.keep_device, name="keep-device"),
        web.get("/line", calling.line, name="line"),
        web.get("/trying", trying.show, name="trying"),
        web.post("/trying/offer", trying.offer, name="trying-offer"),
        *way_urls.urls(),  # på en anden måde
        *staff_urls.urls(),  # signing in, scheduling
        *during_urls.urls(),  # what follows from a talk: requests
        *protect_urls.urls(),  # decisions, the register, codes
        *note_urls.urls(),  # noting, choosing, handing over
    ]
