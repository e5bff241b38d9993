"""The addresses of "på en anden måde": the young person's picks, the caseworker's answers."""

from aiohttp import web

from server.http.pages import as_last, helping, picking, ways

MEETING = r"/meetings/{meeting:\d{1,15}}"


def urls() -> list[web.RouteDef]:
    return [
        web.post("/arriving/picks", picking.pick, name="pick"),
        web.get("/arriving/agreed", picking.agreed, name="agreed"),
        web.post("/arriving/call-me", picking.call_me, name="call-me"),
        web.get("/arriving/as-last", as_last.show, name="last-time"),
        web.post("/arriving/as-last", as_last.answer, name="answer-last-time"),
        web.get("/arriving/help", helping.show, name="help"),
        web.post("/arriving/help", helping.take, name="take-help"),
        web.post("/arriving/share", picking.share, name="share-wish"),
        web.get(MEETING + "/ways", ways.show, name="ways"),
        web.post(MEETING + "/ways", ways.offer, name="offer-ways"),
        web.post(MEETING + r"/picks/{pick:\d{1,15}}", ways.take, name="take-pick"),
        web.post(MEETING + "/ticks", ways.tick, name="tick"),
    ]
