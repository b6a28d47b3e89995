"""How a verb speaks and ends: a line on the terminal, one sentence for what is wrong, one for Ctrl+C.

Belongs here: wording that all verbs share. Imports nothing heavy, since `smarketing --help` waits for it.
"""

import difflib
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any, NoReturn

import typer

from orchestration import settings
from orchestration.lib.language import later
from orchestration.lib.machine import refusal
from orchestration.lib.visible import visible

# A line of a list begins with one of these.
WRONG, LOOK, NOTE, GOOD = "x", "!", "-", "+"
Lines = Iterator[tuple[str, str]]
# What Ctrl+C leaves, by verb; for the others there is nothing to add.
KEPT = {
    "run": later("Readers keep the last published copy; the next run does the rest."),
    "review": later("The review was not written."),
    "compare": later("The comparison was not written; the warehouse is as it was."),
    "notify": later("What was not sent waits in the outbox."),
    "source": later("Nothing was written."),
    "doctor": later("What it has repaired stays so; call it again."),
    "forget": later("If it had begun to remove, the next `smarketing run` completes it."),
}


def show(text: str) -> str:
    """The text with paths below the current folder as one would type them there."""
    return text.replace(f"{Path.cwd()}/", "")


def print_line(text: str) -> None:
    """Print a line at once, also into a pipe."""
    print(visible(show(text)), flush=True)


def print_named(name: str, value: object, indent: str = "  ") -> None:
    """Print a value beside its name, in columns."""
    print_line(f"{indent}{name:<11} {value}")


def end(text: str, exit_code: int) -> NoReturn:
    """Print on stderr why the verb ends, and end."""
    typer.secho(visible(show(text)), fg=typer.colors.RED, err=True)
    raise typer.Exit(exit_code)


def was_interrupted(error: BaseException | None) -> bool:
    """Whether Ctrl+C is behind an exception: DuckDB and Dagster wrap it in their own."""
    while error is not None:
        if isinstance(error, KeyboardInterrupt) or type(error).__name__ == "DagsterExecutionInterruptedError":
            return True
        if isinstance(error, RuntimeError) and "interrupted" in str(error).lower():
            return True
        error = error.__cause__ or error.__context__
    return False


def refused(error: Exception) -> str:
    """What the machine refused: room, or the right to a file. Empty where an exception is of another kind."""
    return refusal(error, settings.read_settings().home)


def usage_sentence(error: Any) -> tuple[str, int]:
    """What is wrong with the words of a command, in one sentence, and the exit code."""
    context = getattr(error, "ctx", None)
    command = " ".join(["smarketing", *context.command_path.split()[1:]]) if context else "smarketing"
    message = str(error.format_message()).rstrip(".")
    if type(error).__name__ == "NoArgsIsHelpError":
        return message, 0
    if option := getattr(error, "option_name", ""):
        known = [name for each in context.command.get_params(context) for name in each.opts] if context else []
        message = f"there is no option {option}" if option not in known else message
        near = difflib.get_close_matches(option, known, n=1, cutoff=0.5)
        message += f"; did you mean {near[0]}?" if near and option not in known else ""
    message = re.sub(
        r"^No such command '(.*?)'\. Did you mean '(.*?)'.*", r"there is no verb '\1'; did you mean \2?", message
    )
    message = re.sub(r"^No such command '(.*?)'", r"there is no verb '\1'", message)
    message = re.sub(r"^Invalid value for '?(.*?)'?: (?:Value error, )?", r"\1: ", message)
    message = re.sub(r"^Missing (argument|option) '(.*?)'", r"the \1 \2 is missing", message)
    return f"{message}{'' if message.endswith('?') else ';'} `{command} --help` lists what there is", error.exit_code
