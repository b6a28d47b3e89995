"""Today as a PDF, which the weekly digests of those named in company.yml carry.

Belongs here: the page of the build that the digests describe, made ready for paper, and the line about it in each mail.
Whose digests these are is planning.py, how a Chromium prints is printing.py. Whatever goes wrong, the mail goes without
it, and names it.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import UTC
from pathlib import Path
from zoneinfo import ZoneInfo

from orchestration.lib.language import gettext
from orchestration.lib.notifications.messages import Attachment
from orchestration.lib.notifications.planning import Plan
from orchestration.lib.notifications.printing import NotPrintedError, find_chromium, print_page, sheets_of
from orchestration.lib.notifications.reading import News
from orchestration.lib.notifications.texts import local

PAGE = "index.html"
# The as-of is the one time of a page that ages (base.html.j2).
AS_OF = re.compile(r'<time datetime="([^"]*)" data-day-old=')
# A receiver has the mail, and no folder of the site: only links to a CRM lead anywhere.
LINK = re.compile(r'(<a\b[^>]*?) href="(?!https://)[^"]*"')
ROWS = re.compile(r'(data-table="open-commitments" data-rows=)"\d+"')
MOST_SHEETS = 2
# How many rows of the table are tried after what the page itself shows, where long names need more sheets.
FEWER_ROWS = (6, 3)


@dataclass(frozen=True)
class TodayByMail:
    """Who gets it, by their names as owners, and the program that prints it with its environment."""

    names: tuple[str, ...] = ()
    chromium: str = ""
    environment: Mapping[str, str] = field(default_factory=dict, repr=False)


def why_not(news: News, published: Path, today: TodayByMail) -> str:
    """What keeps the page from being printed, as far as it is known without printing; empty if nothing does."""
    try:
        find_chromium(today.chromium)
        _page_of(news, published)
    except NotPrintedError as error:
        return str(error)
    return ""


def attach(plan: Plan, news: News, published: Path, folder: Path, today: TodayByMail) -> str:
    """Give the messages of a plan that carry Today the PDF, or the line why they have none, which is returned.

    `folder` is made to print in, and removed.
    """
    trouble, page, line = "", None, ""
    try:
        page = _printed(news, published, folder, today)
        line = gettext("Today, as of %(as_of)s, is attached as a PDF.", as_of=local(news.as_of, news.time_zone))
    except NotPrintedError as error:
        line, trouble = str(error), error.whole
    plan.messages = [
        replace(each, body=f"{each.body}\n{line}\n", attachment=page) if each.key in plan.with_today else each
        for each in plan.messages
    ]
    return trouble


def _printed(news: News, published: Path, folder: Path, today: TodayByMail) -> Attachment:
    chromium = find_chromium(today.chromium)
    page = _page_of(news, published)
    paper = LINK.sub(r"\1", page)
    assets = published / "site" / "assets"
    pdf = print_page(paper, assets, folder, chromium, today.environment)
    for rows in FEWER_ROWS:
        if sheets_of(pdf) <= MOST_SHEETS:
            break
        pdf = print_page(ROWS.sub(rf'\1"{rows}"', paper), assets, folder, chromium, today.environment)
    name = f"{gettext('Today')}-{local(news.as_of, news.time_zone)[:10]}.pdf"
    return Attachment(name, pdf, page)


def _page_of(news: News, published: Path) -> str:
    """The page of Today, which is of the build that the news are of. NotPrintedError if it is not."""
    try:
        page = (published / "site" / PAGE).read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError):
        page = ""
    found = AS_OF.search(page)
    built = news.as_of.replace(tzinfo=UTC).astimezone(ZoneInfo(news.time_zone)).replace(tzinfo=None).isoformat()
    if not found:
        raise NotPrintedError(
            gettext("Today is not attached: the site has no whole page of it. `smarketing run` writes it.")
        )
    if found[1] != built:
        shown = found[1].replace("T", " ")[:16]
        raise NotPrintedError(
            gettext(
                "Today is not attached: its page is as of %(shown)s, and this mail as of %(built)s. `smarketing run` "
                "writes it again.",
                shown=shown,
                built=built.replace("T", " ")[:16],
            )
        )
    return page
