"""Every address the server answers, on one page, moment by moment."""

from aiohttp import web

from server.http import static
from server.http.pages import health


def urls(files: static.Files) -> list[web.RouteDef]:
    return [
        web.get("/static/{digest}/{name:.+}", files.serve, name="static"),
        web.get("/health", health.show, name="health"),
        # scheduling and signing in: routes_staff() in pages/staff_urls.py
    ]
