// The calculator in the browser: the arithmetic of lib/quota.py and the reading of lib/calculator/figures.py, exactly, with
// fractions of whole numbers. Their sentences are in the page; a test compares every figure and message with Python's.
"use strict";

const page = JSON.parse(document.getElementById("calculator-page").textContent);
const BLANK = "\\t-\\r\\x1c-\\x20\\x85\\xa0\\u1680\\u2000-\\u200a\\u2028\\u2029\\u202f\\u205f\\u3000";
const BLANKS = new RegExp(`[${BLANK}'’_]`, "g");
const ENDS = new RegExp(`^[${BLANK}]+|[${BLANK}]+$`, "g");
const SHARE = new RegExp(`^([0-9]{1,3}(?:[.,][0-9]{1,9})?|[.,][0-9]{1,9})[${BLANK}]*(%?)$`);
const [GROUP, DECIMAL] = page.separators;
const NOT_SHOWN = /[\x00-\x08\x0b-\x1f\x7f-\x9f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069]/g;

class Problem extends Error {}

const fill = (sentence, places) => sentence.replace(/\{(\w+)\}/g, (_, name) => places[name]);
const refuse = (name, places = {}) => { throw new Problem(fill(page.problems[name], places)); };
const stripped = (text) => text.replace(ENDS, "");

// Fractions: n / d, reduced, d above 0.
function fraction(n, d = 1n) {
  let [a, b] = [n < 0n ? -n : n, d];
  while (b) [a, b] = [b, a % b];
  return { n: n / a, d: d / a };
}
const divided = (a, b) => fraction(a.n * b.d, a.d * b.n);
const times = (a, b) => fraction(a.n * b.n, a.d * b.d);
const plus = (a, b) => (a.n * b.d + b.n * a.d === 0n ? { n: 0n, d: 1n } : fraction(a.n * b.d + b.n * a.d, a.d * b.d));
const above = (a, b) => a.n * b.d > b.n * a.d;
const ceiling = (a) => (a.n + a.d - 1n) / a.d;
const ONE = fraction(1n);

function typed(text) {
  const [whole, decimals = ""] = text.replace(",", ".").split(".");
  return BigInt(whole + decimals) === 0n ? { n: 0n, d: 1n } : fraction(BigInt(whole + decimals), 10n ** BigInt(decimals.length));
}

// The nearest number of the machine, and that number with so many decimals, a half to the even one: both as Python does.
function nearest(a) {
  const length = (number) => number.toString(2).length;
  const shift = 64 - (length(a.n) - length(a.d));
  const n = shift > 0 ? a.n << BigInt(shift) : a.n;
  const d = shift > 0 ? a.d : a.d << BigInt(-shift);
  return Number(n / d | (n % d ? 1n : 0n)) * 2 ** -shift;
}
function fixed(number, places) {
  let d = 1n;
  while (!Number.isInteger(number)) [number, d] = [number * 2, d * 2n];
  const scaled = BigInt(number) * 10n ** BigInt(places);
  let units = scaled / d;
  const twice = (scaled % d) * 2n;
  if (twice > d || (twice === d && units % 2n)) units += 1n;
  const digits = units.toString().padStart(places + 1, "0");
  const whole = grouped(digits.slice(0, digits.length - places));
  return places ? `${whole}${DECIMAL}${digits.slice(-places)}` : whole;
}
const grouped = (number) => number.toString().replace(/\B(?=(\d{3})+$)/g, GROUP);
const written = (a) => (a.d === 1n ? grouped(a.n) : fixed(nearest(a), 6).replace(/0+$/, ""));
const inPercent = (share) => `${written(times(share, fraction(100n)))} %`;

function readAmount(text) {
  const plain = text.replace(BLANKS, "");
  if (!plain) refuse("missing_amount");
  if (/^[0-9]{1,3}([.,])[0-9]{3}(\1[0-9]{3})*$/.test(plain)) refuse("thousands", { text, together: plain.replace(/[.,]/g, "") });
  if (!/^[0-9]{1,15}([.,][0-9]{1,6})?$/.test(plain)) refuse("no_amount", { text });
  const amount = typed(plain);
  if (amount.n <= 0n) refuse("not_positive");
  return amount;
}

function readShare(text) {
  const match = SHARE.exec(stripped(text));
  if (!match) refuse(stripped(text) ? "no_share" : "missing_share", { text });
  const share = divided(typed(match[1]), fraction(match[2] ? 100n : 1n));
  if (above(share, ONE) && !match[2] && !above(share, fraction(100n))) refuse("above_1", { text, share: stripped(text) });
  if (share.n <= 0n || above(share, ONE)) refuse("no_part", { text });
  return share;
}

function monthsIn(per) {
  const match = /^([1-9][0-9]{0,2}) months$/.exec(per);
  return match ? BigInt(match[1]) : BigInt(Object.hasOwn(page.months, per) ? page.months[per] : 0);
}

// A period of some months in words; what is none stays as it was typed.
const inMonths = (words, per) => (monthsIn(per) ? fill(page.words[words], { months: monthsIn(per) }) : per);

// The targets from the last stage to the first, each the next one divided and rounded up.
function planned(inputs, steps) {
  const targets = [{ stage: "customer", dividend: inputs.quota, divisor: inputs.deal }];
  for (const step of [...steps].reverse()) {
    targets.push({ stage: step.from, dividend: fraction(ceiling(divided(targets.at(-1).dividend, targets.at(-1).divisor))), divisor: step.rate });
  }
  return targets.map((each) => ({ ...each, unrounded: divided(each.dividend, each.divisor), needed: ceiling(divided(each.dividend, each.divisor)) }));
}
const shareOf = (needed, share) => ceiling(times(fraction(needed), share));
const targetOf = (inputs, steps) => shareOf(planned(inputs, steps).at(-1).needed, inputs.share);

function arithmetic(target) {
  const text = `${written(target.dividend)} / ${written(target.divisor)}`;
  if (target.unrounded.d === 1n) return `${text} = ${grouped(target.needed)}`;
  for (let places = 1; places < 13; places += 1) {
    const shown = fixed(nearest(target.unrounded), places);
    if (/[1-9]/.test(shown.split(DECIMAL)[1])) return fill(page.words.rounded, { division: `${text} = ${shown}` });
  }
  return fill(page.words.little, { division: text, below: grouped(target.needed - 1n) });
}

function read(values, problems) {
  const attempt = (name, reading) => {
    try { return reading(); } catch (error) {
      if (!(error instanceof Problem)) throw error;
      problems[name] = error.message;
      return null;
    }
  };
  const text = Object.fromEntries(page.fields.map((name) => [name, stripped(values[name] || "")]));
  const amount = (name, must) => (text[name] || must ? attempt(name, () => readAmount(text[name])) : null);
  const [quota, deal] = [amount("quota", true), amount("deal_size", true)];
  const [reps, served] = [amount("reps"), amount("leads_per_rep")];
  if (reps && reps.d !== 1n) attempt("reps", () => refuse("not_whole", { text: text.reps }));
  for (const [given, missing] of [["reps", "leads_per_rep"], ["leads_per_rep", "reps"]]) {
    if (text[given] && !text[missing]) attempt(missing, () => refuse("no_pair"));
  }
  const per = text.per || "year";
  if (!monthsIn(per)) attempt("per", () => refuse("no_period", { text: text.per }));
  const share = attempt("share", () => readShare(text.share || "1"));
  const chain = page.chain.filter((stage) => stripped(values[stage] || ""));
  const steps = chain.map((from, at) => ({ from, to: chain[at + 1] || "customer", rate: attempt(from, () => readShare(values[from])) }));
  return { quota, deal, reps, served, per, share, steps };
}

// What follows from the fields, as texts: null while nothing is typed, the problem at each field, or the figures.
function calculated(values) {
  const problems = {};
  if (![...page.fields, ...page.chain].some((name) => name !== "per" && values[name])) return null;
  if (!page.chain.some((stage) => stripped(values[stage] || ""))) return { problems: { rate: page.words.no_rate } };
  const inputs = read(values, problems);
  if (Object.keys(problems).length) return { problems };
  const targets = planned(inputs, inputs.steps);
  const { stage, needed } = targets.at(-1);
  const leads = shareOf(needed, inputs.share);
  const monthly = divided(fraction(leads), fraction(monthsIn(inputs.per)));
  const changes = [];
  for (const step of [...inputs.steps].reverse()) {
    for (const sign of [-1n, 1n]) {
      const rate = plus(step.rate, fraction(sign * BigInt(page.points[0]), BigInt(page.points[1])));
      if (rate.n <= 0n || above(rate, ONE)) continue;
      const moved = targetOf(inputs, inputs.steps.map((each) => (each === step ? { ...each, rate } : each))) - leads;
      const sentence = page.sentences[moved === 0n ? "same" : moved > 0n ? "more" : "fewer"];
      const places = { new: inPercent(rate), old: inPercent(step.rate), leads: grouped(moved < 0n ? -moved : moved) };
      changes.push([step.from, step.to, fill(sentence, places)]);
    }
  }
  let capacity = "";
  if (inputs.reps && inputs.served) {
    const most = times(inputs.reps, inputs.served);
    const used = divided(monthly, most);
    const places = { capacity: written(most), used: fixed(nearest(used) * 100, 0) };
    capacity = fill(page.sentences[above(used, ONE) ? "over" : "capacity"], places);
  }
  return {
    stage, needed: grouped(needed), value: fixed(nearest(divided(inputs.quota, fraction(needed))), 2), leads: grouped(leads),
    monthly: fixed(nearest(monthly), 1), per: inputs.per, quota: written(inputs.quota), share: inPercent(inputs.share),
    targets: targets.map((each) => [each.stage, arithmetic(each), grouped(each.needed), grouped(shareOf(each.needed, inputs.share))]),
    capacity, changes,
  };
}

// The page: what is typed is in the address, so that a link to it can be sent.
const form = document.getElementById("calculator");
const names = [...page.fields, ...page.chain];
const shown = (id, text) => { document.getElementById(id).textContent = text.replace(NOT_SHOWN, "\ufffd"); };
const when = (id, is) => { document.getElementById(id).hidden = !is; };

function show() {
  const address = new URLSearchParams(location.hash.slice(1));
  const values = Object.fromEntries(names.map((name) => [name, address.get(name) || ""]));
  const per = form.elements.per;
  if (values.per && ![...per.options].some((each) => each.value === values.per)) per.add(new Option(inMonths("months", values.per), values.per));
  for (const name of names) form.elements[name].value = values[name] || (name === "per" ? "year" : "");
  const result = calculated(values);
  const problems = (result && result.problems) || {};
  for (const name of [...names, "rate"]) {
    shown(`${name}-problem`, problems[name] || "");
    when(`${name}-problem`, problems[name]);
    if (name === "rate") continue;
    form.elements[name].toggleAttribute("aria-invalid", Boolean(problems[name]));
    if (problems[name]) form.elements[name].setAttribute("aria-invalid", "true");
  }
  when("empty", !result);
  when("unread", result && result.problems);
  when("result", result && !result.problems);
  if (result && !result.problems) showFigures(result);
}

function showFigures(result) {
  shown("needed", result.needed);
  shown("stage", page.stages[result.stage].label);
  for (const each of document.querySelectorAll("#result .per")) each.textContent = page.periods[result.per] || inMonths("in_months", result.per);
  shown("lead-value", result.value);
  shown("quota-shown", result.quota);
  shown("needed-shown", result.needed);
  when("shared", result.share !== "100 %");
  shown("share-shown", result.share);
  shown("outstanding", result.leads);
  shown("monthly", result.monthly);
  shown("capacity", result.capacity);
  const heads = [...document.querySelectorAll("#targets thead th")].map((each) => each.textContent);
  const rows = result.targets.map(([stage, ...cells]) => {
    const row = document.createElement("tr");
    for (const [at, text] of [page.stages[stage].label, ...cells].entries()) {
      const cell = row.insertCell();
      cell.textContent = text;
      cell.dataset.label = heads[at];
      if (at > 1) cell.className = "n";
    }
    return row;
  });
  document.querySelector("#targets tbody").replaceChildren(...rows);
  const items = result.changes.map(([from, to, change]) => {
    const item = document.createElement("li");
    item.textContent = fill(page.words.change, { from: page.stages[from].label, to: page.stages[to].words, change });
    return item;
  });
  document.getElementById("changes").replaceChildren(...items);
}

form.addEventListener("submit", (event) => {
  event.preventDefault();
  const typedIn = new URLSearchParams(names.map((name) => [name, form.elements[name].value]).filter(([, text]) => text));
  if (location.hash === `#${typedIn}`) show(); else location.hash = typedIn;
});
addEventListener("hashchange", show);
show();
