"""Serves the published pages and the calculator on this machine, and nowhere else.

Belongs here: the address and the requests. Every request reads the folder again, so a copy that is swapped in is served
at once. Nothing is written; no file outside the published folder and no data file is served.
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

from orchestration.lib.agreement.document import Agreement
from orchestration.lib.calculator.figures import agreed_fields
from orchestration.lib.formats import label
from orchestration.lib.pages.calculator import render_calculator
from orchestration.lib.pages.rendering import render
from orchestration.lib.warehouse.publishing import PAGES
from orchestration.mistakes import Mistake

HOST = "127.0.0.1"
CALCULATOR = "/calculator"
# Pages, and what they link to; not the copy for BI tools.
SERVED = {".html", ".csv", ".yml"}
TITLES = {"board": "Morning board", "scorecard": "Monthly scorecard"}
FOLDERS = {"Review": "reviews", "Minutes": "minutes", "Comparison": "comparisons"}


def pages_app(published: Path, agreement: Agreement) -> Starlette:
    """The application: `/` lists the pages, below it are their files; `/calculator` is the form."""

    def index(request: Request) -> Response:
        files = {name: f"{name}.html" for name in (*PAGES, "tables")}
        links = [(TITLES.get(name, label(name)), file) for name, file in files.items() if (published / file).is_file()]
        for title, folder in FOLDERS.items():
            pages = sorted((published / folder).glob("*.html"), reverse=True)
            links += [(f"{title} {page.stem}", f"{folder}/{page.name}") for page in pages]
        return HTMLResponse(render("index.html.j2", company_name=agreement.company.name, links=links))

    def page(request: Request) -> Response:
        path = _served(published, request.path_params["path"])
        if path is None:
            return HTMLResponse("This page does not exist.", status_code=404)
        return FileResponse(path, headers={"Cache-Control": "no-cache"})

    def calculator(request: Request) -> Response:
        return HTMLResponse(render_calculator(request.query_params, agreement))

    def start(request: Request) -> Response:
        stream = agreement.revenue_streams.get(request.path_params["stream"])
        lead_type = stream.lead_types.get(request.path_params["lead_type"]) if stream else None
        if stream is None or lead_type is None:
            return RedirectResponse(CALCULATOR)
        fields, rates = agreed_fields(stream, lead_type)
        form = fields | {name.split("_to_")[0]: rate for name, rate in rates.items()}
        return RedirectResponse(request.url.replace(path=CALCULATOR, query="").include_query_params(**form))

    def no_icon(request: Request) -> Response:
        return Response(status_code=204)

    # Another name for this machine in the request means that another site's script sends it.
    hosts = Middleware(TrustedHostMiddleware, allowed_hosts=[HOST, "localhost"])
    routes = [
        Route("/", index),
        Route(CALCULATOR, calculator),
        Route(CALCULATOR + "/start/{stream}/{lead_type}", start),
        Route("/favicon.ico", no_icon),
        Route("/{path:path}", page),
    ]
    return Starlette(routes=routes, middleware=[hosts])


def _served(published: Path, name: str) -> Path | None:
    """The file behind a path of a request; None for what is not served."""
    try:
        path = (published / name).resolve()
        is_served = path.is_relative_to(published.resolve()) and path.suffix in SERVED and path.is_file()
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


def serve_pages(published: Path, agreement: Agreement, held: socket.socket) -> None:
    """Serve until the user stops it."""
    config = uvicorn.Config(pages_app(published, agreement), log_level="warning", access_log=False)
    uvicorn.Server(config).run(sockets=[held])
