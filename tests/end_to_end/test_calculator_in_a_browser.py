"""The calculator's page in a headless Chromium, without a server: as a manager uses it, against Python's figures."""

import random
import re
from collections.abc import Iterator

import pytest

from orchestration.lib.agreement.parts import STAGES
from orchestration.lib.calculator.figures import FIELDS, Calculation, InputError, calculate, read_inputs
from orchestration.lib.calculator.text import capacity_in_words, change_in_words, share_in_words
from orchestration.lib.quota import in_writing, share_of
from tests.end_to_end.conftest import Built, chromium

pytestmark = [
    pytest.mark.end_to_end,
    pytest.mark.browser,
    pytest.mark.skipif(chromium() is None, reason="no Chromium on this machine: the page tests are skipped"),
]
CHAIN = STAGES[:-1]
AMOUNTS = ("500000", "500 000", "1'200'000", "2000.50", "2000,5", "0.000001", "999999999999999.999999", "10", "7", "1")
NO_AMOUNTS = (
    "500,000",
    "1.200.000",
    "0",
    "0,0",
    "-5",
    "1e9",
    "9" * 40,
    "٣",
    "x",
    "1.2.3",
    "1,2345678",
    " ",
    "\ufeff5",
    "{n}",
)
SHARES = (
    "0.34",
    "34%",
    "34 %",
    "34\u00a0%",
    ",5",
    ".02",
    "1",
    "100%",
    "0,235",
    "0.000000001",
    "99.999999999%",
    "0.02",
    "0.98",
)
NO_SHARES = ("34", "0", "0%", "101%", "101", "half", "1.", "1.0000000001", "%", "3 4%", " 34", "٣%", "<b>", "\x1c")
PERIODS = ("", "year", "quarter", "month", "6 months", "18 months", "week", "0 months", "toString", "1000 months")


@pytest.fixture
def page(browser, demo: Built) -> Iterator:
    opened = browser.new_page(viewport={"width": 1280, "height": 900})
    messages: list[str] = []
    opened.on("console", lambda message: messages.append(message.text))
    opened.on("pageerror", lambda error: messages.append(str(error)))
    opened.goto((demo.site / "calculator.html").as_uri())
    yield opened
    assert messages == []
    for width in (1280, 390):
        opened.set_viewport_size({"width": width, "height": 900})
        assert opened.evaluate("document.documentElement.scrollWidth") <= width
    opened.close()


def test_the_worked_example_is_typed_and_read(page) -> None:
    example = {"quota": "500000", "deal_size": "2000", "mql": "34%", "sql": "0.82", "opportunity": "0,23"}
    for field, text in example.items():
        page.fill(f"#{field}", text)
    page.click("text=Compute")
    assert page.inner_text(".figure").startswith("3,900 MQL")
    assert page.inner_text("#lead-value") == "128.21"
    for figure in ("500,000 / 2,000 = 250", "1,087 / 0.82 = 1,325.6, rounded up", "1,326 / 0.34 = 3,900"):
        assert figure in page.inner_text("table")
    assert "Opportunity to customer at 21 % instead of 23 %: 374 leads more" in page.inner_text("#changes")
    # What was typed stays in the form, so that one number can be changed; and in the address, to be sent.
    assert page.input_value("#mql") == "34%"
    page.reload()
    assert page.inner_text(".figure").startswith("3,900 MQL")
    # Back leads to the form before it was computed.
    page.go_back()
    assert page.locator("#empty").is_visible()


def test_a_mistake_is_shown_at_its_field(page) -> None:
    page.fill("#quota", "500,000")
    page.fill("#mql", "34")
    page.click("text=Compute")
    assert "write 500000, without separators" in page.inner_text("#quota-problem")
    assert "write 34% if you mean a percentage" in page.inner_text("#mql-problem")
    assert page.get_attribute("#mql", "aria-invalid") == "true"
    assert page.locator("#result").is_hidden()
    page.fill("#quota", "<img src=x onerror=alert(1)>")
    page.click("text=Compute")
    assert page.inner_text("#quota-problem").startswith("'<img src=x onerror=alert(1)>' is not a number")


def test_it_starts_from_the_agreement(page) -> None:
    page.click("text=Small business, outbound prospecting")
    assert page.inner_text(".figure").startswith("2,542 MQL")
    assert re.search(r"197|196.70", page.inner_text("#lead-value"))
    assert page.inner_text("#outstanding") == "636"


def test_every_figure_and_every_message_is_that_of_the_command(page, demo: Built) -> None:
    """A thousand forms, of which a fifth have something that cannot be read; and every agreed lead type."""
    starts = page.locator("main a[href^='#']").evaluate_all(
        "links => links.map(each => Object.fromEntries(new URLSearchParams(each.hash.slice(1))))"
    )
    chance = random.Random(20)
    forms = [*starts, {}, {"per": "month"}, {"quota": " "}, *(typed(chance) for _ in range(1000))]
    found = page.evaluate("forms => forms.map(calculated)", forms)
    wrong = [
        (form, is_, want) for form, is_, want in zip(forms, found, map(expected, forms), strict=True) if is_ != want
    ]
    assert wrong[:3] == []
    computed = [each for each in found if each and "problems" not in each]
    assert len(computed) > 400
    assert len(found) - len(computed) > 200
    agreed = demo.query("select needed from marts.dim_target where agreement_version = '2026-07' and stage = 'mql'")
    assert sorted(each["needed"] for each in found[: len(starts)]) == sorted(f"{needed:,}" for (needed,) in agreed)


def typed(chance: random.Random) -> dict[str, str]:
    """A form as somebody could fill it in: mostly with what can be read."""

    def one_of(good: tuple[str, ...], bad: tuple[str, ...], number: str) -> str:
        return chance.choice(bad) if chance.random() < 0.03 else chance.choice((*good, *[number] * len(good)))

    def amount() -> str:
        number = f"{chance.uniform(0, 10 ** chance.randint(1, 9)):.{chance.randint(0, 6)}f}"
        return one_of(AMOUNTS, NO_AMOUNTS, number if len(number.rpartition(".")[2]) != 3 else number + "1")

    def share() -> str:
        places = chance.randint(1, 4)
        number = f"{chance.uniform(0.001, 1):.{places}f}"
        return one_of(
            SHARES, NO_SHARES, chance.choice((number, number.replace(".", ","), f"{chance.randint(1, 100)}%"))
        )

    form = {"quota": amount(), "deal_size": amount()}
    form |= {stage: share() for stage in CHAIN if chance.random() < 0.6}
    if chance.random() < 0.5:
        form["share"] = share()
    if chance.random() < 0.3:
        form["per"] = chance.choice(PERIODS)
    if chance.random() < 0.3:
        form |= {"reps": str(chance.randint(1, 80)), "leads_per_rep": amount()}
    if chance.random() < 0.05:
        form["reps"] = amount()
    return form


def expected(form: dict[str, str]) -> dict | None:
    """What the page is to show, by the functions of the command."""
    if not any(form.get(name) for name in (*FIELDS, *CHAIN) if name != "per"):
        return None
    filled = [stage for stage in CHAIN if form.get(stage, "").strip()]
    rates = {
        f"{stage}_to_{after}": form[stage] for stage, after in zip(filled, [*filled[1:], "customer"], strict=False)
    }
    if not rates:
        return {
            "problems": {"rate": "no rate is given: write, for example, 34% at the stage that marketing hands over"}
        }
    try:
        return figures(calculate(read_inputs(form, rates)))
    except InputError as error:
        return {"problems": {name.split("_to_")[0]: text for name, text in error.problems.items()}}


def figures(calculation: Calculation) -> dict:
    """The figures as texts, as the command prints them."""
    inputs, plan = calculation.inputs, calculation.plan
    return {
        "stage": plan.targets[0].stage,
        "needed": f"{plan.targets[0].needed:,}",
        "value": f"{float(plan.lead_value):,.2f}",
        "leads": f"{calculation.target_leads:,}",
        "monthly": f"{float(calculation.leads_per_month):,.1f}",
        "per": inputs.per,
        "quota": in_writing(inputs.quota),
        "share": share_in_words(inputs.share),
        "targets": [
            [each.stage, each.arithmetic, f"{each.needed:,}", f"{share_of(each.needed, inputs.share):,}"]
            for each in reversed(plan.targets)
        ],
        "capacity": capacity_in_words(calculation, calculation.capacity) if calculation.capacity is not None else "",
        "changes": [[each.step.from_stage, each.step.to_stage, change_in_words(each)] for each in calculation.changes],
    }
