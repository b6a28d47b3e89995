"""Serves the site on this machine, and nowhere else.

Belongs here: the address and the requests. Every request reads the folder again, so a copy that is swapped in is served
at once. Nothing is written; no file outside the folder of the site and no data file is served.
"""

import socket
from pathlib import Path

import uvicorn
from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.middleware.trustedhost import TrustedHostMiddleware
from starlette.requests import Request
from starlette.responses import FileResponse, HTMLResponse, RedirectResponse, Response
from starlette.routing import Route

from orchestration.mistakes import Mistake

HOST = "127.0.0.1"
# Pages, and what they link to.
SERVED = {".html", ".css", ".js", ".csv", ".yml"}
NOTHING_BUILT = "Nothing has been built yet: <code>smarketing run</code> makes the pages."


def pages_app(site: Path) -> Starlette:
    """The application: the files of the site; `/` is Today."""

    def page(request: Request) -> Response:
        path = _served(site, request.path_params["path"] or "index.html")
        if path is None and not (site / "index.html").is_file():
            return HTMLResponse(NOTHING_BUILT)
        if path is None:
            return HTMLResponse("This page does not exist.", status_code=404)
        return FileResponse(path, headers={"Cache-Control": "no-cache"})

    def calculator(request: Request) -> Response:
        return RedirectResponse(f"/calculator.html#{request.url.query}")

    def no_icon(request: Request) -> Response:
        return Response(status_code=204)

    # Another name for this machine in the request means that another site's script sends it.
    hosts = Middleware(TrustedHostMiddleware, allowed_hosts=[HOST, "localhost"])
    routes = [
        # Where the form was while the server computed: what a link has typed is kept.
        Route("/calculator", calculator),
        Route("/favicon.ico", no_icon),
        Route("/{path:path}", page),
    ]
    return Starlette(routes=routes, middleware=[hosts])


def _served(site: Path, name: str) -> Path | None:
    """The file behind a path of a request; None for what is not served."""
    try:
        path = (site / name).resolve()
        is_served = path.is_relative_to(site.resolve()) and path.suffix in SERVED and path.is_file()
    except (OSError, ValueError):
        return None
    return path if is_served else None


def open_port(port: int) -> socket.socket:
    """The port of this machine, held. A Mistake if another program has it."""
    held = socket.socket()
    held.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        held.bind((HOST, port))
    except OSError as error:
        held.close()
        raise Mistake(
            f"--port: {port} cannot be used ({error.strerror}); give another one, such as {port + 1}"
        ) from error
    return held


def serve_pages(site: Path, held: socket.socket) -> None:
    """Serve until the user stops it."""
    config = uvicorn.Config(pages_app(site), log_level="warning", access_log=False)
    uvicorn.Server(config).run(sockets=[held])
