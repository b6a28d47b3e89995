"""`smarketing source`: from a company's own files to a drafted system.

Belongs here: arguments, the dialogue, what was written. Drafting is lib/onboarding/.
"""

import shlex
import sys
from pathlib import Path
from typing import Annotated

import typer

from orchestration import settings
from orchestration.commands.endings import end, print_line
from orchestration.lib.onboarding import OnboardingError, make_plan, read_answers, sentences
from orchestration.lib.onboarding.listing import fields_page
from orchestration.lib.systems.finding import read_systems


def _print_fields(is_asked: bool) -> None:
    if is_asked:
        print_line(fields_page())
        raise typer.Exit


def source(
    system: Annotated[
        str, typer.Argument(metavar="SYSTEM", help="A short name for where the files come from, such as acme or crm.")
    ],
    files: Annotated[
        list[Path],
        typer.Argument(metavar="FILES", help="Its export files: CSV, Excel, JSON Lines, Parquet.", show_default=False),
    ],
    company: Annotated[
        Path | None,
        typer.Option(metavar="FOLDER", help="The company folder; made if it is missing. Default: ./<system>."),
    ] = None,
    answer: Annotated[
        list[str] | None, typer.Option(metavar="KEY=VALUE", help="An answer to a question; may be repeated.")
    ] = None,
    force: Annotated[
        bool, typer.Option("--force", help="Replace files that you changed, and exports of the same name.")
    ] = False,
    fields: Annotated[
        bool,
        typer.Option(
            "--fields", help="Print all fields that can be read and answered.", is_eager=True, callback=_print_fields
        ),
    ] = False,
) -> None:
    """Draft a system from a company's own files: declaration, staging models and reference files, ready to edit.

    What it cannot know it asks, on the terminal or by --answer; nothing is written while a question is open.
    """
    folder = company or Path(system)
    given = read_answers(answer or [])
    taken = [each.name for each in read_systems(settings.SYSTEMS)]
    plan = make_plan(files, system, folder, settings.DBT_PROJECT, given, taken)
    while plan.answers.open_questions and sys.stdin.isatty():
        question = plan.answers.open_questions[0]
        given[question.key] = typer.prompt(question.prompt()).strip()
        try:
            plan = make_plan(files, system, folder, settings.DBT_PROJECT, given, taken)
        except OnboardingError as error:  # One wrong answer is asked again; the others stay.
            print_line(str(error))
            del given[question.key]
    if plan.answers.open_questions:
        end(f"Nothing is written yet. Add an answer to each:\n{sentences(plan.answers.open_questions)}", 2)
    written = plan.writes.perform(force)
    print_line("\n".join([*plan.found, "", *(f"wrote {path}" for path in written)]))
    print_line("\n".join(["", "Look at:", *(f"  - {note}" for note in plan.notes)]) if plan.notes else "")
    if given:
        print_line("The same again: " + " ".join(f"--answer {shlex.quote(f'{key}={given[key]}')}" for key in given))
    print_line(f"Next: smarketing run --company {folder}")
