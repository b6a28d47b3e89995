"""The public holidays of a country as those of a calendar: their days, what is refused, and what was signed stays."""

from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest

from orchestration.lib.agreement import calendars, kept_holidays
from orchestration.lib.agreement.public_holidays import public_days
from orchestration.lib.agreement.reading import AgreementError, read_agreement
from orchestration.lib.agreement.rows import agreement_rows
from orchestration.lib.agreement.seals import broken_seals, doubtful_seals
from orchestration.lib.agreement.signing import sign
from orchestration.lib.comparison.clauses import Clause, differing_clauses

Write = Callable[..., Path]
TODAY = date(2026, 1, 15)
LISTED = "holidays: [2026-04-06]"
MILAN = "holidays: {country: IT, subdivision: MI, extra: [2025-06-24], except: [2025-08-15]}"
# By the laws of 1949 and 1977 (national unity on the first Sunday of November), Easter on 20 April, Saint Ambrose.
MILAN_2025 = "0101 0106 0420 0421 0425 0501 0602 0624 1101 1102 1207 1208 1225 1226"
BAVARIA = "holidays: {country: DE, subdivision: BY}"
# Without 15 August, which is one in some of its municipalities only.
BAVARIA_2024 = "0101 0106 0329 0401 0501 0509 0520 0530 1003 1101 1225 1226"


def days_of(path: Path, year: int) -> str:
    rows = agreement_rows([read_agreement(path)])["holidays"]
    days = [row.holiday_date for row in rows if row.holiday_date.year == year]  # type: ignore[attr-defined]
    return " ".join(f"{day:%m%d}" for day in days)


def sign_both(folder: Path) -> None:
    for name, role in (("Ada Neri", "marketing"), ("Ugo Riva", "sales")):
        sign(folder, "2026-01", name, role, TODAY)  # type: ignore[arg-type]


def test_the_days_are_those_of_the_place_with_what_is_different(write: Write, valid: str) -> None:
    assert days_of(write(valid.replace(LISTED, MILAN)), 2025) == MILAN_2025
    assert days_of(write(valid.replace(LISTED, BAVARIA)), 2024) == BAVARIA_2024
    assert days_of(write(valid), 2026) == "0406"
    assert days_of(write(valid.replace(LISTED, "holidays: [2026-04-06, 2026-04-06]")), 2026) == "0406"


REFUSED = {
    "a name": ("{country: Italy}", "country", "write IT (Italy)"),
    "small letters": ("{country: it}", "country", "write IT (Italy)"),
    "three letters": ("{country: ITA}", "country", "write IT (Italy)"),
    "what people call it": ("{country: UK}", "country", "write GB (United Kingdom)"),
    "no country": ("{country: XX}", "country", "write its two letters"),
    "a zone": ("{country: Europe/Rome}", "country", "write its two letters"),
    "an empty country": ('{country: ""}', "country", "write it in the form"),
    "a number": ("{country: 39}", "country", "write a text"),
    "no country given": ("{subdivision: MI}", "country", "add the field"),
    "nothing": ("{}", "country", "add the field"),
    "a city": ("{country: IT, subdivision: Milan}", "subdivision", "write MI, or remove it"),
    "a region": ('{country: IT, subdivision: "25"}', "subdivision", "write one of AG, AL"),
    "small part": ("{country: DE, subdivision: by}", "subdivision", "write BY, or remove it"),
    "of another country": ("{country: DE, subdivision: MI}", "subdivision", "write one of BB"),
    "no parts": ("{country: SM, subdivision: X}", "subdivision", "no part of SM has days of its own; remove it"),
    "misspelt": ("{country: IT, subdivison: MI}", "subdivison", "correct its spelling to subdivision"),
    "the name inside": ("{country: IT, worked: [2026-08-15]}", "worked", "remove it"),
    "open on a working day": ("{country: IT, except: [2026-08-14]}", None, "not a public holiday of IT (2000 to 2050)"),
    "of another part": ("{country: IT, except: [2026-12-07]}", None, "2026-12-07 is not a public holiday of IT"),
    "too late": ("{country: IT, except: [2051-12-25]}", None, "remove it from except"),
    "closed anyway": ("{country: IT, extra: [2026-12-25]}", None, "a public holiday anyway (Christmas Day); remove it"),
    "both": ("{country: IT, extra: [2026-12-25], except: [2026-12-25]}", None, "remove it from extra"),
    "no such day": ("{country: IT, extra: [2026-02-30]}", "extra.0", "write one that exists"),
    "no such second day": ("{country: IT, except: [2026-08-15, 2026-09-31]}", "except.1", "write one that exists"),
    "words": ("{country: IT, extra: [Christmas]}", "extra.0", "write year, month and day"),
    "one day": ("{country: IT, extra: 2026-06-24}", "extra", "write a list"),
    "a range": ("{country: IT, except: {from: 2026-08-15}}", "except", "write a list"),
    "a country as text": ("IT", "", "write a list"),
    "a list of countries": ("[IT, DE]", "0", "write year, month and day"),
    "a list of parts": ("[{country: IT}]", "0", "write year, month and day"),
}
HOURS = {
    "over midnight into the next": ('["22:00-02:00"]', '["01:00-09:00"]', "monday: its hours over midnight overlap"),
    "over midnight twice": ('["20:00-02:00", "22:00-03:00"]', "[]", "monday: the hours overlap"),
    "exchanged": ('["18:00-09:00"]', "[]", "opening must come before closing"),
    "half a day": ('["20:00-08:00"]', "[]", "20:00-24:00 and on the next day 00:00-08:00"),
    "no time": ('["22:00-22:00"]', "[]", "opening must come before closing"),
    "off the quarter": ('["22:00-02:10"]', "[]", "on a quarter of an hour"),
    "from the end": ('["24:00-02:00"]', "[]", "write 00:00-02:00 on the next day"),
    "into the week": ("[]", '["00:00-09:00"], sunday: ["23:00-01:00"], monday: ["00:30-09:00"]', "sunday: its hours"),
}


@pytest.mark.parametrize(("written", "field", "remedy"), REFUSED.values(), ids=REFUSED)
def test_what_is_no_holiday_is_refused(write: Write, valid: str, written: str, field: str | None, remedy: str) -> None:
    path = write(valid.replace("[2026-04-06]", written))
    with pytest.raises(AgreementError) as refused:
        read_agreement(path)
    where = ".".join(filter(None, ("calendars.office.holidays", field)))
    message = str(refused.value).splitlines()[0]
    assert message.startswith(f"{path} line 21: {where}: ")
    assert remedy in message


@pytest.mark.parametrize(("monday", "tuesday", "remedy"), HOURS.values(), ids=HOURS)
def test_hours_over_midnight_that_are_refused(write: Write, valid: str, monday: str, tuesday: str, remedy: str) -> None:
    week = f"{{monday: {monday}, tuesday: {tuesday}}}".replace("monday: [], ", "")
    path = write(valid.replace('\n      monday: ["09:00-13:00", "14:00-18:00"]', f" {week}"))
    with pytest.raises(AgreementError, match=r"line 19: calendars\.office\.hours: ") as refused:
        read_agreement(path)
    assert remedy in str(refused.value)


def test_hours_over_midnight_belong_to_the_day_on_which_they_begin(write: Write, valid: str) -> None:
    path = write(valid.replace('"14:00-18:00"]', '"22:00-02:00"]\n      tuesday: ["02:00-09:00", "18:30-00:00"]'))
    rows = agreement_rows([read_agreement(path)])["calendar_hours"]
    hours = [(row.iso_weekday, row.opens_at_minute, row.closes_at_minute) for row in rows]  # type: ignore[attr-defined]
    assert hours == [(1, 540, 780), (1, 1320, 1560), (2, 120, 540), (2, 1110, 1440)]


def test_the_days_that_were_signed_stay(
    write: Write, valid: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = write(valid.replace(LISTED, MILAN))
    sign_both(tmp_path)
    before, present = days_of(path, 2027), public_days("IT", "MI")
    later = {day: name for day, name in present.items() if day != date(2027, 6, 2)} | {
        date(2027, 3, 19): "Saint Joseph"
    }
    for module in (calendars, kept_holidays):
        monkeypatch.setattr(module, "public_days", lambda *_: later)
    assert days_of(path, 2027) == before
    assert broken_seals(tmp_path) == []
    (doubt,) = doubtful_seals(tmp_path)
    assert "signed without 2027-03-19 (Saint Joseph) and with 2027-06-02 (Republic Day)" in doubt
    assert "the public holidays of IT MI are known otherwise now; what was signed holds" in doubt
    draft = tmp_path / "elsewhere" / "draft.yml"
    draft.parent.mkdir()
    draft.write_text(valid.replace(LISTED, MILAN))
    assert differing_clauses(read_agreement(path), read_agreement(draft)) == [
        Clause("public holidays of IT MI", "2027-06-02", "2027-03-19")
    ]
    # Nobody has signed it any more.
    path.write_text(valid.replace(LISTED, MILAN))
    assert "0319" in days_of(path, 2027)


@pytest.mark.parametrize("trouble", ["a day less", "a day more", "gone", "no longer a table"])
def test_the_kept_days_are_part_of_the_seal(
    write: Write, valid: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, trouble: str
) -> None:
    path = write(valid.replace(LISTED, MILAN))
    sign_both(tmp_path)
    kept = kept_holidays.holidays_of(tmp_path, "2026-01")
    text = kept.read_text()
    assert text.splitlines()[:2] == [
        '"country","subdivision","holiday_date","holiday"',
        '"IT","MI","2000-01-01","New Year\'s Day"',
    ]
    if trouble == "gone":
        kept.unlink()
        assert broken_seals(tmp_path) == []  # The package still has the days that were signed.
        assert f"were kept in {kept}, which is missing; put it back" in doubtful_seals(tmp_path)[0]
        monkeypatch.setattr(calendars, "public_days", lambda *_: {date(2025, 8, 15): "Assumption"})
    elif trouble == "no longer a table":
        kept.write_text(text.replace("2000-01-06", "06/01/2000"))
        with pytest.raises(AgreementError, match=r"holidays\.csv line 3: .* put the file back"):
            broken_seals(tmp_path)
        return
    else:
        row = '"IT","MI","2026-06-02","Republic Day"\n'
        assert row in text
        kept.write_text(text.replace(row, "") if trouble == "a day less" else text + row.replace("06-02", "06-03"))
    (broken,) = broken_seals(tmp_path)
    assert broken.startswith(f"{path}: version 2026-01 is not what was signed")
    assert f"and {kept} with the public holidays too" in broken
