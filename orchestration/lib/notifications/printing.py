"""A page as a PDF, by a Chromium of this machine, headless and for one page.

Belongs here: finding it, its options, its end, and what a PDF is. Which page is printed is today.py.
"""

import os
import re
import shutil
import signal
import subprocess
from collections.abc import Mapping
from contextlib import suppress
from pathlib import Path

from orchestration.lib.language import gettext

# As distributions call it.
NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
OPTIONS = (
    "--headless",
    "--no-pdf-header-footer",
    "--no-first-run",
    "--disable-extensions",
    "--disable-component-update",
    "--disable-background-networking",
    # The page requests nothing; neither does the program.
    "--host-resolver-rules=MAP * ~NOTFOUND",
)
TIMEOUT_SECONDS = 60.0
SHEET = re.compile(rb"/Type\s*/Page\b")


class NotPrintedError(Exception):
    """There is no PDF; the text is for the receiver of a mail, `detail` for who runs the command."""

    def __init__(self, text: str, detail: str = "") -> None:
        super().__init__(text)
        self.whole = f"{text} ({detail})" if detail else text


def find_chromium(named: str) -> str:
    """The path of the program: the one that is named, else one on the PATH. NotPrintedError if there is none."""
    if named:
        if path := shutil.which(named):
            return path
        raise NotPrintedError(
            gettext(
                "Today is not attached: SMARKETING_CHROMIUM names no program that can be started. Correct it, or "
                "remove it to use the Chromium on the PATH."
            ),
            named,
        )
    if path := next((path for name in NAMES if (path := shutil.which(name))), None):
        return path
    raise NotPrintedError(
        gettext(
            "Today is not attached: this machine has no Chromium. Install one, or set SMARKETING_CHROMIUM to the path "
            "of one."
        )
    )


def print_page(html: str, assets: Path, folder: Path, chromium: str, environment: Mapping[str, str]) -> bytes:
    """The PDF of a page that uses these assets, on the paper that its style asks for. NotPrintedError without one.

    `folder` is made, and removed at the end. It is in the home, where a Chromium in a box of its own, as that of snap,
    may read, and not in a temporary folder, where it may not.
    """
    shutil.rmtree(folder, ignore_errors=True)  # of a killed process
    try:
        folder.mkdir(mode=0o700, parents=True)
        shutil.copytree(assets, folder / "assets")
        (folder / "page.html").write_text(html, encoding="utf-8")
        _run(folder, chromium, environment)
        return _read(folder / "page.pdf", folder / "output.txt")
    except OSError as error:
        raise NotPrintedError(_failed(), f"{error.filename}: {error.strerror}") from error
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _run(folder: Path, chromium: str, environment: Mapping[str, str]) -> None:
    places = (f"--user-data-dir={folder / 'profile'}", f"--print-to-pdf={folder / 'page.pdf'}")
    # As root, as in a container, it does not start in its sandbox.
    sandbox = ["--no-sandbox"] if os.geteuid() == 0 else []
    command = [chromium, *OPTIONS, *sandbox, *places, (folder / "page.html").resolve().as_uri()]
    with (folder / "output.txt").open("wb") as output:
        process = subprocess.Popen(
            command,
            env=dict(environment),
            stdin=subprocess.DEVNULL,
            stdout=output,
            stderr=subprocess.STDOUT,
            start_new_session=True,
        )
        try:
            process.wait(TIMEOUT_SECONDS)
        except subprocess.TimeoutExpired:
            text = gettext(
                "Today is not attached: Chromium did not end within %(seconds)s seconds. docs/notifications.md names "
                "the causes.",
                seconds=round(TIMEOUT_SECONDS),
            )
            raise NotPrintedError(text) from None
        finally:
            with suppress(ProcessLookupError):
                os.killpg(process.pid, signal.SIGKILL)
            process.wait()


def _read(pdf: Path, output: Path) -> bytes:
    """The PDF; a Chromium that could not write it may end as if it had."""
    content = pdf.read_bytes() if pdf.is_file() else b""
    if content.startswith(b"%PDF-") and content.rstrip().endswith(b"%%EOF"):
        return content
    lines = [line for line in output.read_text(encoding="utf-8", errors="replace").splitlines() if line.strip()]
    # It complains of much; what ends it is its last line, or is fatal.
    last = next((line for line in lines if "FATAL" in line), lines[-1] if lines else "")
    raise NotPrintedError(_failed(), last[:300])


def _failed() -> str:
    return gettext("Today is not attached: Chromium ended without a PDF. docs/notifications.md names the causes.")


def sheets_of(pdf: bytes) -> int:
    """The number of sheets of a PDF that a Chromium wrote."""
    return len(SHEET.findall(pdf))
