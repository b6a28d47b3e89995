// A table that can be filtered, sorted and turned over. The filters are in the address: a link to them shows the same
// rows. Without scripts all rows are there, in their order.
for (const form of document.querySelectorAll("form[data-table]")) {
  const table = document.getElementById(form.dataset.table);
  const names = [...table.tHead.rows[0].cells].map((cell) => cell.textContent.trim());
  const rows = [...table.tBodies[0].rows].map((row) => {
    // A narrow screen shows a row as a list of named cells, also one of a later page (site.js).
    [...row.cells].forEach((cell, place) => { cell.dataset.label = names[place]; });
    return { ...row.dataset };
  });
  table.classList.add("folds");
  const selects = [...form.querySelectorAll("select")];
  const text = form.querySelector("input[type=search]");
  DataTable.ext.search.push((settings, cells, place) =>
    settings.nTable !== table || selects.every((each) => !each.value || rows[place][each.name] === each.value));
  const shown = new DataTable(table, {
    autoWidth: false,
    order: [],
    pageLength: Number(form.dataset.rows),
    layout: { topStart: "info", topEnd: null, bottomStart: null, bottomEnd: { paging: { firstLast: false } } },
    language: {
      thousands: (11111).toLocaleString(document.documentElement.lang)[2],
      info: form.dataset.info,
      infoEmpty: form.dataset.none,
      infoFiltered: form.dataset.filtered,
      zeroRecords: form.dataset.none,
      paginate: { previous: form.dataset.previous, next: form.dataset.next },
      aria: { orderable: form.dataset.orderable },
    },
  });

  const read = () => {
    const wanted = new URLSearchParams(location.hash.slice(1));
    for (const each of selects) {
      const value = wanted.get(each.name) || "";
      each.value = [...each.options].some((option) => option.value === value) ? value : "";
    }
    text.value = wanted.get("text") || "";
    shown.search(text.value).draw();
  };
  const write = () => {
    const chosen = new URLSearchParams();
    for (const each of selects) if (each.value) chosen.set(each.name, each.value);
    if (text.value) chosen.set("text", text.value);
    history.replaceState(null, "", chosen.size ? `#${chosen}` : location.pathname + location.search);
    shown.search(text.value).draw();
  };
  form.addEventListener("input", write);
  form.addEventListener("submit", (event) => event.preventDefault());
  form.addEventListener("reset", () => setTimeout(write));
  addEventListener("hashchange", () => {
    read();
    if (location.hash.includes("=")) form.scrollIntoView();
  });
  form.hidden = false;
  read();
}
