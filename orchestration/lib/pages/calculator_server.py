"""Serves the calculator's page on this machine, and nowhere else.

Belongs here: the address and the requests. The page is pages/calculator.py. Nothing is written, and nothing but the
agreement is read.
"""

import uvicorn
from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.middleware.trustedhost import TrustedHostMiddleware
from starlette.requests import Request
from starlette.responses import HTMLResponse, RedirectResponse, Response
from starlette.routing import Route

from orchestration.lib.agreement.document import Agreement
from orchestration.lib.calculator.figures import agreed_fields
from orchestration.lib.pages.calculator import render_calculator

HOST = "127.0.0.1"


def calculator_app(agreement: Agreement) -> Starlette:
    """The application: `/` with the form in the query, `/start` that fills the form from the agreement."""

    def page(request: Request) -> Response:
        return HTMLResponse(render_calculator(request.query_params, agreement))

    def start(request: Request) -> Response:
        stream = agreement.revenue_streams.get(request.path_params["stream"])
        lead_type = stream.lead_types.get(request.path_params["lead_type"]) if stream else None
        if stream is None or lead_type is None:
            return RedirectResponse("/")
        fields, rates = agreed_fields(stream, lead_type)
        form = fields | {name.split("_to_")[0]: rate for name, rate in rates.items()}
        return RedirectResponse(request.url.replace(path="/", query="").include_query_params(**form))

    def no_icon(request: Request) -> Response:
        return Response(status_code=204)

    # Another name for this machine in the request means that another site's script sends it.
    hosts = Middleware(TrustedHostMiddleware, allowed_hosts=[HOST, "localhost"])
    routes = [Route("/", page), Route("/start/{stream}/{lead_type}", start), Route("/favicon.ico", no_icon)]
    return Starlette(routes=routes, middleware=[hosts])


def serve_calculator(agreement: Agreement, port: int) -> None:
    """Serve until the user stops it."""
    uvicorn.run(calculator_app(agreement), host=HOST, port=port, log_level="warning")
