"""The meaning of labels: the words for stages, kinds of activity, channels, personal data and money.

Belongs here: reading words.yml, plain tables that are easy to extend. Does not belong here: labels of columns
(fields.py). A label without a matching word is asked about, or omitted and listed.
"""

from pathlib import Path

import yaml

from orchestration.lib.source_tables import LOADER

_TEXT = yaml.load((Path(__file__).parent / "words.yml").read_text(encoding="utf-8"), LOADER)

LEADS: list[str] = _TEXT["leads"]
ACTIVITY_LABELS: dict[str, str] = _TEXT["activity_labels"]
DIRECTED: list[str] = _TEXT["directed"]
STAGES: dict[str, str] = _TEXT["stages"]
BESIDE_AN_END: str = _TEXT["beside_an_end"]
NOT_BY_SALES: str = _TEXT["not_by_sales"]
ACTIVITIES: dict[str, str] = _TEXT["activities"]
PLANNED: str = _TEXT["planned"]
CHANNELS: dict[str, str] = _TEXT["channels"]
DEAL_KINDS: dict[str, str] = _TEXT["deal_kinds"]
BILLING_STATES: dict[str, str] = _TEXT["billing_states"]
PARTLY: str = _TEXT["partly"]
PIPELINE: str = _TEXT["pipeline"]
INBOUND: str = _TEXT["inbound"]
OUTBOUND: str = _TEXT["outbound"]
MISSED: str = _TEXT["missed"]
CONVERSION: str = _TEXT["conversion"]
MONEY: str = _TEXT["money"]
OPT_OUT: str = _TEXT["opt_out"]
NOT_ALLOWED: str = _TEXT["not_allowed"]
BY_EMAIL: str = _TEXT["by_email"]
NO_OPT_OUT: str = _TEXT["no_opt_out"]
NOT_BY_EMAIL: str = _TEXT["not_by_email"]
PERSONAL: str = _TEXT["personal"]
DECIDING: dict[str, str] = _TEXT["deciding"]
YES: tuple[str, ...] = tuple(_TEXT["flag_yes"].split("|"))
NO: tuple[str, ...] = tuple(_TEXT["flag_no"].split("|"))
NO_IDS: str = _TEXT["no_ids"]
ROWS: str = _TEXT["rows"]
OF_ANY_ID: str = _TEXT["of_any_id"]
# The record that an activity is about, of whatever kind.
RELATED: str = _TEXT["related"]
# What a lead was converted to.
CONVERTED: str = _TEXT["converted"]
# An amount in hundredths.
IN_CENTS: str = _TEXT["in_cents"]
# What names no subscription of several.
OF_ALL: str = _TEXT["of_all"]
