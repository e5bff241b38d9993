"""The addresses of what follows from a talk: requests."""

from aiohttp import web

from server.http.pages import asked_for, requesting

REQUESTS = r"/meetings/{meeting:\d{1,15}}/requests"


def urls() -> list[web.RouteDef]:
    return [
        web.get("/arriving/asked-for", asked_for.show, name="what-was-asked"),
        web.get(REQUESTS, requesting.show, name="requests"),
        web.post(REQUESTS, requesting.note, name="note-request"),
        web.post(REQUESTS + r"/{request:\d{1,15}}", requesting.change, name="change-request"),
        web.post(
            REQUESTS + r"/{request:\d{1,15}}/answered",
            requesting.answered,
            name="answer-request",
        ),
        web.post(
            REQUESTS + r"/{request:\d{1,15}}/taken-back",
            requesting.take_back,
            name="take-back-request",
        ),
        web.post(
            REQUESTS + r"/{request:\d{1,15}}/assessed",
            requesting.assess,
            name="assess-concern",
        ),
    ]
