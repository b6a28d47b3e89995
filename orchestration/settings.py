"""The only reader of the environment: which company, where its warehouse is, for which instant.

Belongs here: variables, their defaults and what follows from them. What a company folder contains is
lib/company/folder.py; the variables that a company names in a connection.yml are read with it.
"""

import os
import sys
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

PROJECT = Path(__file__).resolve().parents[1]
DBT_PROJECT = PROJECT / "dbt_project"
SYSTEMS = PROJECT / "systems"
EXAMPLES = PROJECT / "examples"
DEMO_COMPANY = PROJECT / "seeds"
# What dbt parsed of one home's project, for all homes with the same project.
PARSED = PROJECT / "warehouse" / ".parsed"


@dataclass(frozen=True)
class Settings:
    """One company's places. `as_of` is an ISO instant in UTC, or empty for the latest instant in the data.

    `email_key` is the key of the published hash of e-mails; empty for one that the warehouse makes for itself.
    `language` is what the command line chose; empty for that of company.yml.
    """

    company: Path
    home: Path
    as_of: str = ""
    email_key: str = field(default="", repr=False)
    language: str = ""

    @property
    def warehouse(self) -> Path:
        """The DuckDB file that one process at a time writes."""
        return self.home / "warehouse.duckdb"

    @property
    def published(self) -> Path:
        """What readers open: `current/` with the copy, and `site/`."""
        return self.home / "published"

    @property
    def site(self) -> Path:
        """The folder of the pages, which any host can serve."""
        return self.published / "site"

    @property
    def store(self) -> Path:
        """The folder of what cannot be made again from the exports; it outlives every build of the warehouse."""
        return self.home / "store"

    @property
    def outbox(self) -> Path:
        """The messages to send and those that were sent."""
        return self.store / "outbox.sqlite"

    @property
    def tasks(self) -> Path:
        """The folder of the task files that the CRM imports."""
        return self.home / "tasks"

    @property
    def project(self) -> Path:
        """The dbt project of this company, assembled from the product's files and its systems."""
        return self.home / "project"

    @property
    def dbt_target(self) -> Path:
        """Where dbt keeps what it compiled for this company."""
        return self.project / "target"

    @property
    def lake(self) -> Path:
        """The tables as Parquet, for Spark and of it; only for a company that is built by it."""
        return self.home / "lake"

    @property
    def logs(self) -> Path:
        """Where the log of dbt goes."""
        return self.home / "logs"

    def environment(self) -> dict[str, str]:
        """The variables by which other processes (dbt, Dagster) come to the same settings."""
        return {
            "SMARKETING_COMPANY": str(self.company),
            "SMARKETING_HOME": str(self.home),
            "SMARKETING_AS_OF": self.as_of,
            "SMARKETING_LANGUAGE": self.language,
            "SMARKETING_DAGSTER": str(self.home / "dagster"),
            "DAGSTER_HOME": str(PROJECT),
            "DAGSTER_DISABLE_TELEMETRY": "yes",
            # `dg dev`, which it recommends, would bring another dozen packages; a stopped run leaves dbt's semaphores.
            "PYTHONWARNINGS": "ignore:Function `dev_command` is superseded,ignore:resource_tracker",
            "DBT_SEND_ANONYMOUS_USAGE_STATS": "false",
            "DBT_LOG_LEVEL_FILE": "none",  # dbt's output goes to logs/dbt.log; its own log would repeat it
            "GX_ANALYTICS_ENABLED": "false",
        }

    def process_environment(self) -> dict[str, str]:
        """All variables of this process, with those of these settings: what a command is started with."""
        return dict(os.environ) | self.environment()


@dataclass(frozen=True)
class Sending:
    """Where notifications go, and whether any do. The URLs hold secrets: they are never shown."""

    is_on: bool
    mail_server: str = field(default="", repr=False)
    mail_from: str = ""
    webhook: str = field(default="", repr=False)
    chromium: str = ""


def read_sending() -> Sending:
    """Where this process may send to; nothing is sent unless SMARKETING_NOTIFY is `send`."""
    read = os.environ.get
    servers = read("SMARKETING_SMTP_URL", ""), read("SMARKETING_MAIL_FROM", ""), read("SMARKETING_WEBHOOK_URL", "")
    return Sending(read("SMARKETING_NOTIFY", "") == "send", *servers, read("SMARKETING_CHROMIUM", ""))


def foreign_environment() -> dict[str, str]:
    """The variables of this process for a program that is not ours: none of ours, which have passwords and keys."""
    return {name: value for name, value in os.environ.items() if not name.startswith("SMARKETING_")}


def read_serving() -> str:
    """The URL of the database for BI tools, empty if there is none. It holds a password: it is never shown."""
    return os.environ.get("SMARKETING_POSTGRES_URL", "")


def read_spark_options() -> dict[str, str]:
    """Settings of Spark from SMARKETING_SPARK, as in `spark.master=local[8] spark.driver.memory=32g`.

    A server of Spark Connect is `spark.remote`, or the variable of Spark's own, SPARK_REMOTE.
    """
    pairs = os.environ.get("SMARKETING_SPARK", "").split()
    server = {"spark.remote": os.environ["SPARK_REMOTE"]} if os.environ.get("SPARK_REMOTE") else {}
    return server | {name: value for name, _, value in (pair.partition("=") for pair in pairs)}


def home_of(company: Path) -> Path:
    """The folder of a company's warehouse, unless SMARKETING_HOME names another."""
    return PROJECT / "warehouse" / company.name


def read_settings() -> Settings:
    """The settings of this process; the demo company by default."""
    company = Path(os.environ.get("SMARKETING_COMPANY") or DEMO_COMPANY).resolve()
    home = Path(os.environ.get("SMARKETING_HOME") or home_of(company)).resolve()
    read = os.environ.get
    return Settings(
        *(company, home, read("SMARKETING_AS_OF", ""), read("SMARKETING_EMAIL_KEY", ""), read_language()),
    )


def read_language() -> str:
    """The language that the command line chose; empty for that of company.yml."""
    return os.environ.get("SMARKETING_LANGUAGE", "")


def choose_language(language: str) -> None:
    """Choose it for this process and those that it starts."""
    os.environ["SMARKETING_LANGUAGE"] = language


def apply(settings: Settings) -> None:
    """Set the variables of this process, before anything of Dagster, dbt or Great Expectations is imported."""
    os.environ.update(settings.environment())
    settings.home.mkdir(parents=True, exist_ok=True)
    (settings.home / "dagster").mkdir(exist_ok=True)


def use_for_spark(java_home: Path, options: Mapping[str, str]) -> None:
    """Set which Java this process starts, that the functions in Python run in its own environment, and the server."""
    os.environ |= {"JAVA_HOME": str(java_home), "PYSPARK_PYTHON": sys.executable}
    if server := options.get("spark.remote"):
        os.environ["SPARK_REMOTE"] = server  # from which dbt knows it


def spark_command() -> Path:
    """The command in the environment that has Spark."""
    return PROJECT / ".venv-spark" / "bin" / "smarketing"


def dbt_executable() -> str:
    """The dbt of this environment, whether or not its folder is on PATH."""
    return str(Path(sys.executable).parent / "dbt")
