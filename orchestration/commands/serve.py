"""`smarketing serve`: the site over HTTP, until Ctrl+C.

Belongs here: its options. What is served is lib/pages/server.py.
"""

from typing import Annotated

from orchestration.commands.arguments import CompanyOption, HomeOption, port_option
from orchestration.commands.endings import print_line
from orchestration.commands.preparing import place_of, read_inputs


def serve(
    company: CompanyOption = None,
    home: HomeOption = None,
    port: Annotated[int, port_option()] = 8765,
) -> None:
    """Serve the site on this machine, until Ctrl+C.

    Only this machine can open them. A new build is served as soon as it is published; nothing is written.
    """
    place = place_of(read_inputs(company).company.folder, home)
    from orchestration.lib.pages.server import (  # a second, which a mistake need not wait for
        HOST,
        open_port,
        serve_pages,
    )

    held = open_port(port)
    print_line(f"Pages: http://{HOST}:{port}  (Ctrl+C ends it)")
    if not (place.site / "index.html").is_file():
        print_line("Nothing has been built yet: `smarketing run` makes the pages.")
    serve_pages(place.site, held)
