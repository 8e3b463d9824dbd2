(() => {
  "use strict";
  const key = (row, at) => {
    const cell = row.cells[at];
    const value = cell.dataset.v !== undefined ? cell.dataset.v : cell.textContent.trim();
    return value !== "" && Number.isFinite(Number(value)) ? Number(value) : value.toLowerCase();
  };
  const compare = (a, b) => {
    if (typeof a === typeof b) return a < b ? -1 : a > b ? 1 : 0;
    return typeof a === "number" ? -1 : 1;
  };

  // A heading's button sorts by its column: numbers from the highest, words from A.
  for (const table of document.querySelectorAll("table.sortable")) {
    const headings = [...table.tHead.rows[0].cells];
    headings.forEach((heading, at) => {
      const button = heading.querySelector("button");
      if (!button) return;
      button.addEventListener("click", () => {
        const body = table.tBodies[0], rows = [...body.rows].map((row, place) => [key(row, at), place, row]);
        const numbers = rows.some(([value]) => typeof value === "number");
        const before = heading.getAttribute("aria-sort");
        const way = before ? (before === "ascending" ? "descending" : "ascending") : numbers ? "descending" : "ascending";
        const sign = way === "ascending" ? 1 : -1;
        rows.sort((a, b) => sign * compare(a[0], b[0]) || a[1] - b[1]);
        body.append(...rows.map((row) => row[2]));
        for (const other of headings) other.removeAttribute("aria-sort");
        heading.setAttribute("aria-sort", way);
      });
    });
  }

  // Filters: all of them hold for a row that stays.
  const filters = [...document.querySelectorAll("[data-filter]")];
  if (!filters.length) return;
  const table = document.querySelector("table.sortable");
  // Title, outlet and date are the first three columns.
  const words = (row) => [...row.cells].slice(0, 3).map((cell) => cell.textContent.toLowerCase()).join(" ");
  const rows = [...table.tBodies[0].rows].map((row) => [row, words(row)]);
  const count = document.getElementById(table.dataset.count);
  function filter() {
    let left = 0;
    for (const [row, text] of rows) {
      row.hidden = !filters.every((input) => {
        if (!input.value) return true;
        if (input.dataset.filter === "text") return input.value.toLowerCase().split(/\s+/).every((word) => text.includes(word));
        return row.dataset[input.dataset.filter] === input.value;
      });
      left += row.hidden ? 0 : 1;
    }
    const all = count.dataset.all;
    count.textContent = (left === Number(all) ? all : left + " of " + all) + " " + table.dataset.name;
  }
  for (const input of filters) input.addEventListener("input", filter);
  filter();
})();
