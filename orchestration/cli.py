"""The smarketing command: which verbs there are, and how each of them ends.

Belongs here: the list of verbs, and exit codes: 0 done, 1 the build or a check failed or the work cannot be done now,
2 the input is wrong, 130 stopped by Ctrl+C. What a verb does is commands/<verb>.py, which is loaded when it is called.
"""

import importlib
import io
import os
import sys
import threading
from collections.abc import Sequence
from typing import Annotated, Any

import typer
from typer.core import TyperCommand, TyperGroup

from orchestration import version
from orchestration.commands.arguments import named_home
from orchestration.commands.endings import KEPT, end, refused, usage_sentence, was_interrupted
from orchestration.lib.language import LANGUAGES, gettext, speak, translated
from orchestration.lib.visible import visible
from orchestration.lib.warehouse.holding import require_free
from orchestration.mistakes import Mistake
from orchestration.settings import choose_language

VERBS = {
    "init": "Make a company folder with commented examples.",
    "source": "Draft a system from a company's own files.",
    "check": "Check agreement, reference files and exports, without a build.",
    "run": "Ingest the exports, build, check and publish.",
    "status": "Show the last build, the age of each source, and what is broken.",
    "serve": "Serve the published pages on this machine.",
    "doctor": "Check that everything in a home is whole, and repair it.",
    "review": "Review a period: measured rates, and the targets that follow.",
    "decide": "Decide on a line of a review: accept, change or refuse it.",
    "compare": "Replay a period under two versions of the agreement.",
    "sign": "Sign a version of the agreement for one team.",
    "dispute": "Open a dispute about a lead, or decide it.",
    "close": "Close a month: its figures are kept.",
    "closings": "Write the closed months to the company folder.",
    "rejected": "Write rejected rows to a file, to be corrected.",
    "forget": "Remove a person from everything that the home has.",
    "notify": "Show or send the notifications that the agreement asks for.",
    "calculator": "Reverse a quota into the leads that it needs.",
    "docs": "Write the table of contents: all tables, columns and their lineage.",
    "spark": "Build the models by Spark, and compare them with DuckDB's.",
    "dev": "Open Dagster's UI on the project of one company.",
}
# The verbs that have the home for themselves.
HOLDING = ("run", "doctor", "forget", "review", "compare", "close", "closings", "rejected", "notify", "docs", "spark")


class Verbs(TyperGroup):
    """The verbs, each loaded when it is called, and one sentence for whatever goes wrong in any of them."""

    def list_commands(self, ctx: Any) -> list[str]:
        """All names, in the order in which a company meets them."""
        return list(VERBS)

    def get_command(self, ctx: Any, cmd_name: str) -> Any:
        """What the overview needs of a verb."""
        return TyperCommand(cmd_name, short_help=VERBS[cmd_name]) if cmd_name in VERBS else None

    def resolve_command(self, ctx: Any, args: list[str]) -> tuple[str | None, Any, list[str]]:
        """The verb itself, from its module."""
        self.commands = dict.fromkeys(VERBS)  # type: ignore[assignment]  # among which typer looks for near words
        name, command, rest = super().resolve_command(ctx, args)
        if name in HOLDING and not {"--wait", "--help"}.intersection(rest):
            require_free(named_home(rest))  # before the second that loading the verb takes
        return name, _load(name) if name and command else None, rest

    def invoke(self, ctx: Any) -> Any:
        """Run the verb; a mistake or Ctrl+C ends it in a sentence."""
        try:
            return super().invoke(ctx)
        except Mistake as mistake:
            end(str(mistake), mistake.exit_code)
        except BaseException as error:
            kept = translated(KEPT.get(ctx.invoked_subcommand, ""))
            if was_interrupted(error):
                end(" ".join([gettext("Stopped by Ctrl+C."), kept]).strip(), 130)
            if isinstance(error, Exception) and (sentence := refused(error)):
                end(f"{sentence}. {kept}".strip(), 1)
            raise

    def main(self, args: Sequence[str] | None = None, *rest: Any, **extra: Any) -> Any:
        """Run the command, and leave with its exit code."""
        for stream in (sys.stdout, sys.stderr):
            if isinstance(stream, io.TextIOWrapper):  # a terminal may know fewer letters than a name has
                stream.reconfigure(errors="backslashreplace")
        try:
            code = super().main(args, *rest, **extra | {"standalone_mode": False})
        except typer.TyperException as error:
            sentence, code = usage_sentence(error)
            typer.echo(visible(sentence), err=code != 0)
        if code == 130 and any(thread.name == "dagster" for thread in threading.enumerate()):
            sys.stdout.flush()
            sys.stderr.flush()
            os._exit(130)  # a build in a thread ends with the process, and nothing else would end it
        sys.exit(code or 0)


def _load(verb: str) -> TyperCommand:
    """The command of a verb: the function of its name in its module."""
    module = importlib.import_module(f"orchestration.commands.{verb}")
    single = typer.Typer(add_completion=False, rich_markup_mode=None)
    single.command(verb)(getattr(module, verb))
    return typer.main.get_command(single)  # type: ignore[return-value]


app = typer.Typer(cls=Verbs, no_args_is_help=True, rich_markup_mode=None, pretty_exceptions_enable=False)


def _version(is_asked: bool) -> None:
    if is_asked:
        typer.echo(f"smarketing {version()}")
        raise typer.Exit()


def _language(chosen: str) -> str:
    if chosen and chosen not in LANGUAGES:
        raise typer.BadParameter(f"it is '{chosen}'; write one of {', '.join(LANGUAGES)}")
    if chosen:
        choose_language(chosen)
        speak(chosen)
    return chosen


@app.callback()
def smarketing(
    is_version_asked: Annotated[
        bool, typer.Option("--version", help="Show the version.", callback=_version, is_eager=True)
    ] = False,
    language: Annotated[
        str,
        typer.Option(
            metavar="LANGUAGE", help=f"{', '.join(LANGUAGES)}. Default: that of company.yml.", callback=_language
        ),
    ] = "",
) -> None:
    """One warehouse for the agreement between sales and marketing.

    Exit codes: 0 done; 1 the build or a check failed, or the work cannot be done now; 2 the input is wrong; 130 stopped
    by Ctrl+C.
    """


if __name__ == "__main__":
    app()
