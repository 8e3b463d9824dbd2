(() => {
  "use strict";
  const prose = document.getElementById("article");
  const card = document.getElementById("card");
  const said = document.getElementById("said");
  const out = document.getElementById("dark-out");
  if (!prose) return;

  // Layers.
  for (const button of document.querySelectorAll("[data-layer]")) {
    button.addEventListener("click", () => {
      const on = button.getAttribute("aria-pressed") !== "true";
      button.setAttribute("aria-pressed", String(on));
      prose.classList.toggle("show-" + button.dataset.layer, on);
    });
  }

  // Places of the text: blocks tell where they begin, and what the page adds to the text does not count.
  const blocks = [...prose.querySelectorAll("[data-o]")];
  const starts = blocks.map((block) => Number(block.dataset.o));
  const maps = new Map();
  function nodes(index) {
    if (maps.has(index)) return maps.get(index);
    const list = [];
    let at = starts[index];
    const walk = document.createTreeWalker(blocks[index], NodeFilter.SHOW_TEXT | NodeFilter.SHOW_ELEMENT, (node) =>
      node.nodeType === 1 && node.matches("button, .why") ? NodeFilter.FILTER_REJECT : NodeFilter.FILTER_ACCEPT);
    let after = false;
    for (let node = walk.nextNode(); node; node = walk.nextNode()) {
      if (node.nodeType === 1) {
        if (node.dataset.c) at += Number(node.dataset.c);
        continue;
      }
      // The space between a reason and its block is the page's, too.
      let from = 0;
      if (!after && node.previousSibling && node.previousSibling.className === "why") from = 1;
      after = true;
      list.push({ node, at, from });
      at += node.length - from;
    }
    maps.set(index, list);
    return list;
  }
  function blockAt(place) {
    let low = 0, high = starts.length - 1;
    while (low < high) {
      const middle = (low + high + 1) >> 1;
      if (starts[middle] <= place) low = middle; else high = middle - 1;
    }
    return low;
  }
  function ranges(start, end) {
    const found = [];
    for (let index = blockAt(start); index < blocks.length && starts[index] < end; index++) {
      for (const { node, at, from } of nodes(index)) {
        const length = node.length - from;
        if (at + length <= start || at >= end) continue;
        const range = document.createRange();
        range.setStart(node, from + Math.max(0, start - at));
        range.setEnd(node, from + Math.min(length, end - at));
        found.push(range);
      }
    }
    return found;
  }

  // Evidence lights up.
  const highlights = typeof Highlight === "function" && CSS.highlights;
  function dark() {
    if (highlights) CSS.highlights.delete("lit");
    for (const lit of prose.querySelectorAll(".lit")) lit.classList.remove("lit");
    for (const button of document.querySelectorAll(".lights[aria-pressed=true]")) button.setAttribute("aria-pressed", "false");
    out.hidden = true;
    said.textContent = "";
  }
  function show(place) {
    const index = blockAt(place);
    const block = blocks[index];
    if (block.classList.contains("aside") && !prose.classList.contains("show-aside"))
      document.querySelector("[data-layer=aside]").click();
    const first = ranges(place, place + 1)[0];
    const box = (first || block).getBoundingClientRect();
    window.scrollBy({ top: box.top - window.innerHeight / 3 });
  }
  function light(button) {
    const again = button.getAttribute("aria-pressed") === "true";
    dark();
    if (again) return;
    const places = button.dataset.p.split(" ").filter(Boolean).map((place) => place.split("-").map(Number));
    const all = places.flatMap(([start, end]) => ranges(start, end));
    if (highlights) CSS.highlights.set("lit", new Highlight(...all));
    else for (const range of all) range.startContainer.parentElement.classList.add("lit");
    button.setAttribute("aria-pressed", "true");
    said.textContent = places.length + (places.length === 1 ? " place lit" : " places lit");
    out.textContent = said.textContent + ": put out";
    out.hidden = false;
    if (places.length) show(Math.min(...places.map((place) => place[0])));
  }
  out.addEventListener("click", dark);

  // What is known of a stretch of the text.
  const headings = [...document.querySelectorAll("#statements th")].map((th) => th.textContent);
  function line(list, name, value) {
    if (!value) return;
    const dt = document.createElement("dt"), dd = document.createElement("dd");
    dt.textContent = name;
    dd.textContent = value;
    list.append(dt, dd);
  }
  let shownFor = null;
  function tell(element) {
    const list = document.createElement("dl");
    const row = element.dataset.n && document.getElementById("st-" + element.dataset.n);
    if (row) [...row.cells].forEach((cell, at) => {
      if (at + 1 < row.cells.length) line(list, headings[at], cell.textContent);
    });
    line(list, "words", element.dataset.w);
    if (!list.childElementCount) return hide();
    shownFor = element;
    card.replaceChildren(list);
    card.hidden = false;
    const at = element.getClientRects()[0], size = card.getBoundingClientRect();
    const below = at.bottom + 8 + size.height < window.innerHeight;
    card.style.top = Math.max(4, below ? at.bottom + 8 : at.top - size.height - 8) + "px";
    card.style.left = Math.max(4, Math.min(at.left, window.innerWidth - size.width - 8)) + "px";
    for (const other of prose.querySelectorAll(".on")) other.classList.remove("on");
    if (element.dataset.n)
      for (const same of prose.querySelectorAll(`span[data-n="${CSS.escape(element.dataset.n)}"]`)) same.classList.add("on");
  }
  function hide() {
    shownFor = null;
    card.hidden = true;
    for (const other of prose.querySelectorAll(".on")) other.classList.remove("on");
  }
  const told = (event) => event.target.closest ? event.target.closest("[data-n], [data-w]") : null;
  prose.addEventListener("pointerover", (event) => {
    const element = told(event);
    if (element && element !== shownFor) tell(element);
    else if (!element) hide();
  });
  prose.addEventListener("pointerleave", hide);
  prose.addEventListener("focusin", (event) => { const element = told(event); if (element) tell(element); });
  prose.addEventListener("focusout", hide);
  document.addEventListener("scroll", () => { if (shownFor && !shownFor.matches(":hover, :focus")) hide(); }, { passive: true });
  document.addEventListener("keydown", (event) => { if (event.key === "Escape") { hide(); dark(); } });
  document.addEventListener("click", (event) => {
    const button = event.target.closest(".lights");
    if (button) return light(button);
    const bar = event.target.closest(".strip rect");
    if (bar) return show(Number(bar.dataset.at));
    const element = told(event);
    if (element && prose.contains(element)) tell(element);
  });

  // A folded section that a link leads to opens; paper has nothing to click.
  function unfold() {
    const target = location.hash.length > 1 && document.getElementById(location.hash.slice(1));
    if (target && target.tagName === "DETAILS") target.open = true;
  }
  window.addEventListener("hashchange", unfold);
  unfold();
  let folded = [];
  window.addEventListener("beforeprint", () => {
    folded = [...document.querySelectorAll("details:not([open])")];
    for (const details of folded) details.open = true;
  });
  window.addEventListener("afterprint", () => { for (const details of folded) details.open = false; });
})();
