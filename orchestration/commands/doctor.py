"""`smarketing doctor`: whether everything in a home is whole, and the way back.

Belongs here: its options, the order, and how it reads. Finding out and repairing are lib/doctor/.
"""

from typing import Annotated

import typer

from orchestration import settings
from orchestration.commands.arguments import CompanyOption, HomeOption
from orchestration.commands.endings import end, print_line
from orchestration.commands.preparing import place_of, read_inputs
from orchestration.commands.run import run
from orchestration.lib.doctor.checks import check_home
from orchestration.lib.doctor.findings import DAMAGED, FOLDER, WHOLE, Finding
from orchestration.lib.warehouse.holding import hold
from orchestration.mistakes import Mistake


def doctor(
    company: CompanyOption = None,
    home: HomeOption = None,
    is_repairing: Annotated[
        bool, typer.Option("--repair", help="Take the way back that is named for each part, and run if one needs it.")
    ] = False,
) -> None:
    """Check that everything in a home is whole: warehouse, store, published copy, pages, Dagster's history.

    x is damaged, ! needs a look, + is whole; the line below names the way back, which --repair takes. What is damaged
    is moved to damaged/ in the home. Ends with 0 if nothing is damaged, else with 1.
    """
    place = _place(company, home)
    hold(place.home, "doctor")
    findings = _check(place)
    broken = [each for each in findings if each.sign == DAMAGED]
    if not is_repairing:
        if broken:
            count = "1 part is" if len(broken) == 1 else f"{len(broken)} parts are"
            end(f"{count} damaged; `smarketing doctor --repair` takes the ways back", 1)
        return
    for finding in findings:
        if finding.repair:
            finding.repair()
            print_line(f"  repaired  {finding.text.split(':')[0]}: {finding.way_back}")
    if broken and (place.home / FOLDER).is_dir():
        print_line(f"what was damaged is in {place.home / FOLDER}; delete it when nothing is missing")
    if any(each.needs_run for each in broken):
        run(company=company, home=home, as_of="", is_waiting=False)
    if left := [each.text for each in check_home(place.home, place.company, settings.PARSED) if each.sign == DAMAGED]:
        end("\n".join(["still damaged:", *left]), 1)


def _place(company: CompanyOption, home: HomeOption) -> settings.Settings:
    """The places of the company; the home may be of another folder if that does not exist any more."""
    folder = read_inputs(company).company.folder
    place = place_of(folder, home, is_moved=True)
    if not place.home.is_dir():
        raise Mistake(f"{place.home}: there is no such home; `smarketing run` makes it")
    return place


def _check(place: settings.Settings) -> list[Finding]:
    print_line(f"{place.company.name}: {place.home}")
    findings = []
    for finding in check_home(place.home, place.company, settings.PARSED):
        findings.append(finding)
        print_line(f"  {finding.sign} {finding.text}")
        if finding.sign != WHOLE and finding.way_back:
            print_line(f"      {finding.way_back}")
    return findings
