/* The table of every configuration: heads that sort, a field that filters, a count of what is left. */
(function () {
  "use strict";
  const { Steepest } = window;
  const table = document.getElementById("all");
  if (!table) return;
  const body = table.tBodies[0];
  const rows = [...body.rows];
  const heads = [...table.tHead.rows[0].cells];
  const filter = document.getElementById("filter");
  const shown = document.getElementById("shown");

  /* Text is compared as text, anything that opens like a number as a number; what is missing goes last either way. */
  function value(row, column) {
    const text = row.cells[column].textContent.trim();
    if (text === "" || text === "–") return null;
    const number = Number(text.replaceAll("\u2009", "").replace(/(%|\s–.*|\/.*)$/, ""));
    return Number.isNaN(number) ? text.toLowerCase() : number;
  }

  function compare(a, b) {
    if (typeof a === "number" && typeof b === "number") return a - b;
    return String(a).localeCompare(String(b));
  }

  function sort(column) {
    const head = heads[column];
    const down = head.getAttribute("aria-sort") === "ascending";
    heads.forEach((other) => other.removeAttribute("aria-sort"));
    head.setAttribute("aria-sort", down ? "descending" : "ascending");
    const keyed = rows.map((row, index) => ({ row, index, key: value(row, column) }));
    keyed.sort((a, b) => {
      if (a.key === null || b.key === null) return (a.key === null) - (b.key === null) || a.index - b.index;
      return (down ? -1 : 1) * compare(a.key, b.key) || a.index - b.index;
    });
    body.append(...keyed.map((entry) => entry.row));
  }

  function sift() {
    const wanted = filter.value.toLowerCase().split(/[\s,，、]+/).filter(Boolean);
    let left = 0;
    for (const row of rows) {
      const text = row.textContent.toLowerCase();
      row.hidden = !wanted.every((word) => text.includes(word));
      if (!row.hidden) left += 1;
    }
    shown.textContent = Steepest.t("table.shown", { shown: left, total: rows.length });
  }

  function label() {
    filter.placeholder = Steepest.t("table.placeholder");
    sift();
  }

  heads.forEach((head, column) => {
    const button = Steepest.element("button", { type: "button" }, ...head.childNodes);
    button.addEventListener("click", () => sort(column));
    head.append(button);
  });
  heads[0].setAttribute("aria-sort", "ascending");
  document.getElementById("filtering").hidden = false;
  filter.addEventListener("input", sift);
  Steepest.onLanguage(label);
  label();
})();
