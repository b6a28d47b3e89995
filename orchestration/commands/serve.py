"""`smarketing serve`: the pages and the calculator over HTTP, until Ctrl+C.

Belongs here: its options. What is served is lib/pages/server.py.
"""

from datetime import date
from typing import Annotated

from orchestration.commands.arguments import CompanyOption, HomeOption, port_option
from orchestration.commands.endings import print_line
from orchestration.commands.preparing import place_of, read_inputs
from orchestration.lib.agreement.versions import in_force_on


def serve(
    company: CompanyOption = None,
    home: HomeOption = None,
    port: Annotated[int, port_option()] = 8765,
) -> None:
    """Serve the published pages and the calculator on this machine, until Ctrl+C.

    Only this machine can open them. A new build is served as soon as it is published; nothing is written.
    """
    inputs = read_inputs(company)
    agreement = in_force_on(inputs.agreements, date.today())
    place = place_of(inputs.company.folder, home)
    from orchestration.lib.pages.server import (  # a second, which a mistake need not wait for
        HOST,
        open_port,
        serve_pages,
    )

    held = open_port(port)
    print_line(f"Pages: http://{HOST}:{port}  Calculator: http://{HOST}:{port}/calculator  (Ctrl+C ends it)")
    if not (place.site / "index.html").is_file():
        print_line("Nothing has been built yet: `smarketing run` makes the pages.")
    serve_pages(place.site, agreement, held)
