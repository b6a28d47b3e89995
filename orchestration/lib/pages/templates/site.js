// Names the cells of each table by its head, so that a narrow place can show a row as a block (site.css).
const tables = [];
for (const table of document.querySelectorAll("table:not(.whole-table)")) {
  const names = [];
  for (const row of table.tHead ? table.tHead.rows : []) {
    let column = 0;
    for (const cell of row.cells) {
      while (names[column] && names[column].until > row.rowIndex) column += 1;
      for (let each = column; each < column + cell.colSpan; each += 1) {
        const text = [names[each] && names[each].text, cell.textContent.trim()].filter(Boolean).join(": ");
        names[each] = { text, until: row.rowIndex + cell.rowSpan };
      }
      column += cell.colSpan;
    }
  }
  if (names.length < 3) continue;
  table.classList.add("folds");
  tables.push(table);
  for (const body of [...table.tBodies, ...(table.tFoot ? [table.tFoot] : [])]) {
    for (const row of body.rows) {
      let column = 0;
      for (const cell of row.cells) {
        if (!cell.hasChildNodes()) cell.classList.add("empty");
        else if (cell.colSpan === 1 && names[column] && names[column].text) cell.dataset.label = names[column].text;
        column += cell.colSpan;
      }
    }
  }
}

// Folds on a phone, and wherever a table is wider than its place though its cells may wrap, as longer words of another
// language make it. Measures all before it changes any.
const isPhone = () => window.innerWidth <= 700;
const fold = () => {
  for (const table of tables) table.classList.remove("folded", "tight");
  const isWide = (table) => table.offsetWidth > table.parentElement.clientWidth + 1;
  const wide = tables.filter((table) => isPhone() || isWide(table));
  if (!isPhone()) for (const table of wide) table.classList.add("tight");
  const folded = wide.filter((table) => isPhone() || isWide(table));
  for (const table of folded) table.classList.add("folded");
};

// A folded table is as long as its cells are many: of a long one the first rows, and a button for all of them.
const LINES = 36;
for (const table of tables.filter((each) => !document.querySelector(`form[data-table="${each.id}"]`))) {
  const rows = [...table.tBodies].flatMap((body) => [...body.rows]);
  const first = Math.max(3, Math.floor(LINES / table.rows[table.tHead.rows.length - 1].cells.length));
  const rest = rows.slice(first).filter((row) => !row.classList.contains("more"));
  if (rest.length < 2) continue;
  for (const row of rest) row.classList.add("rest");
  table.classList.add("short");
  const button = document.createElement("button");
  button.type = "button";
  button.className = "all-rows";
  button.textContent = document.getElementById("the-page").dataset.allRows
    .replace("#", rows.length.toLocaleString(document.documentElement.lang));
  button.addEventListener("click", () => {
    table.classList.remove("short");
    button.remove();
    rest[0].tabIndex = -1;
    rest[0].focus();
  });
  table.after(button);
}

// On a phone the parts of a page are closed but for the first, and for the one that the address names.
const parts = [...document.querySelectorAll("details.part")];
const arrange = () => {
  for (const [place, part] of parts.entries()) part.open = !isPhone() || place === 0;
};
const named = () => {
  try {
    return document.getElementById(decodeURIComponent(location.hash.slice(1)));
  } catch {
    return null;
  }
};
const reveal = () => {
  const target = named();
  if (!target) return;
  const within = target.querySelector(":scope > details.part");
  if (within) within.open = true;
  for (let each = target; each; each = each.parentElement) {
    if (each.tagName === "DETAILS") each.open = true;
    if (each.tagName === "TABLE") each.classList.remove("short");
  }
  target.scrollIntoView();
};
document.documentElement.classList.add("scripted");
arrange();
fold();
reveal();
window.addEventListener("hashchange", reveal);
// What is closed has no width: whether its tables fold is known when it opens.
document.addEventListener("toggle", () => { if (!isPhone()) fold(); }, true);
let width = window.innerWidth;
window.addEventListener("resize", () => {
  if ((width <= 700) !== isPhone()) arrange();
  if (window.innerWidth !== width) fold();
  width = window.innerWidth;
});

// The age of the data, on the day that the page is read: the page itself is the same for everyone.
const asOf = document.querySelector(".facts time");
if (asOf) {
  const days = Math.floor((Date.now() - new Date(asOf.dateTime)) / 86400000);
  const age = document.createElement("span");
  age.className = "quiet";
  const { dayOld, daysOld } = asOf.dataset;
  const shown = days.toLocaleString(document.documentElement.lang);
  age.textContent = days < 1 || !daysOld ? "" : ` ${days === 1 ? dayOld : daysOld.replace("#", shown)}`;
  asOf.after(age);
}

// On a narrow screen the bar scrolls: to the section of this page.
const section = document.querySelector(".bar [aria-current]");
if (section) section.closest("ul").scrollLeft = section.offsetLeft - 40;
