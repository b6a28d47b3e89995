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

// Folds on a phone, and wherever a table is wider than its place. Measures all before it changes any.
const fold = () => {
  for (const table of tables) table.classList.remove("folded");
  const isPhone = window.innerWidth <= 700;
  const folded = tables.filter((table) => isPhone || table.offsetWidth > table.parentElement.clientWidth + 1);
  for (const table of folded) table.classList.add("folded");
};
document.documentElement.classList.add("scripted");
fold();
let width = window.innerWidth;
window.addEventListener("resize", () => {
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
