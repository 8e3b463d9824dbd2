"use strict";
// The page holds no state of its own: every key becomes one change that the program writes down before it answers with the article as it
// stands. Places are Unicode code points of the article's text; the program snaps them to words.

const token = document.querySelector("meta[name=newsgauge]").content;
const third = document.body.dataset.who === "third";
const at = (id) => document.getElementById(id);
const points = (text) => Array.from(text).length;

let list = []; // every article
let seen = null; // the article that is open
let sentences = []; // {n, start, end, text, node}
let here = 0; // index of the sentence with the frame
let axis = 0; // index of the axis with the frame
let draft = null; // statement in the making
let found = null; // what the program marks
let word = null; // [first, last] word of the sentence that are marked by keys
let waiting = Promise.resolve(); // changes go one after the other

function make(tag, props = {}, ...children) {
  const node = Object.assign(document.createElement(tag), props);
  node.append(...children);
  return node;
}

function tell(message, bad = false) {
  at("status").textContent = message;
  at("status").classList.toggle("bad", bad);
}

async function ask(path, body) {
  const options = body === undefined ? {} : {
    method: "POST",
    headers: { "x-newsgauge": token, "content-type": "application/json" },
    body: JSON.stringify(body),
  };
  let answer;
  try {
    answer = await fetch(path, options);
  } catch {
    throw new Error("the program does not answer: is it still running?");
  }
  if (!answer.ok) throw new Error(await answer.text());
  return answer.json();
}

// Articles ---------------------------------------------------------------------------------------

async function open(id, reason = "") {
  seen = await ask("/api/article?id=" + encodeURIComponent(id));
  [here, draft, found, word] = [0, null, null, null];
  axis = Math.max(0, seen.classes.findIndex((c) => !value(c, "class")));
  history.replaceState(null, "", "#" + encodeURIComponent(id));
  show();
  scrollTo(0, 0);
  tell(reason ? "Why this one: " + reason + "." : "");
  agreement();
}

async function next() {
  const order = at("order").value;
  const after = seen ? "&after=" + encodeURIComponent(seen.id) : "";
  const found = await ask("/api/next?order=" + order + after);
  if (found) await open(found.id, found.reason);
  else tell("None is left in this order.");
}

async function back() {
  const place = list.findIndex((a) => a.id === seen.id);
  if (place > 0) await open(list[place - 1].id);
}

/** Writes a change; the answer is the article as it stands on the disk. */
function say(change) {
  const id = seen.id;
  tell("saving …");
  waiting = waiting.then(async () => {
    try {
      const answer = await ask("/api/say", { id, change });
      if (seen.id !== id) return;
      seen = answer;
      show();
      tell("saved");
      agreement();
    } catch (error) {
      tell("NOT saved: " + error.message, true);
    }
  });
  return waiting;
}

function undo() {
  waiting = waiting.then(async () => {
    try {
      const { id } = await ask("/api/undo", {});
      if (id === null) return tell("There is nothing to take back.");
      await open(id);
      tell("taken back in " + id);
    } catch (error) {
      tell(error.message, true);
    }
  });
  return waiting;
}

// What was said ----------------------------------------------------------------------------------

const value = (judged, field) => judged?.said?.[field]?.value ?? "";

/** The label of a sentence, also where it was cut otherwise when it was made. */
function labelOf(sentence, rows = seen.sentences) {
  return rows.find((row) => {
    if (!row.at) return false;
    const both = Math.min(row.at[1], sentence.end) - Math.max(row.at[0], sentence.start);
    return both * 2 > Math.max(row.at[1], sentence.end) - Math.min(row.at[0], sentence.start);
  });
}

function both(said) {
  if (!third || !said) return "";
  return `first: ${said.first ?? "–"}, second: ${said.second ?? "–"}`;
}

// The article ------------------------------------------------------------------------------------

/** Stretches of the text with a look: [start, end, class]. */
function layers() {
  const all = [];
  const add = (statement, extra) => {
    for (const part of ["content", "source", "cue"]) {
      for (const [a, b] of statement[part]) all.push([a, b, extra ? part + " " + extra : part]);
    }
  };
  seen.statements.forEach((s) => add(s, ""));
  if (draft) add(draft, "drafted");
  if (found) found.statements.forEach((s) => s.content.forEach(([a, b]) => all.push([a, b, "suggested"])));
  seen.sentences.forEach((row) => (row.words ?? []).forEach(([a, b]) => all.push([a, b, "words"])));
  return all;
}

function fill(node, sentence, marks) {
  const letters = Array.from(sentence.text);
  const inside = marks
    .map(([a, b, look]) => [Math.max(a, sentence.start) - sentence.start, Math.min(b, sentence.end) - sentence.start, look])
    .filter(([a, b]) => a < b);
  const cuts = [...new Set([0, letters.length, ...inside.flatMap(([a, b]) => [a, b])])].sort((a, b) => a - b);
  for (let i = 0; i + 1 < cuts.length; i++) {
    const text = letters.slice(cuts[i], cuts[i + 1]).join("");
    const looks = inside.filter(([a, b]) => a <= cuts[i] && b >= cuts[i + 1]).map(([, , look]) => look);
    if (!text) continue;
    node.append(looks.length ? make("span", { className: [...new Set(looks)].join(" ") }, text) : text);
  }
}

function show() {
  const article = at("article");
  article.replaceChildren();
  const marks = layers();
  sentences = [];
  if (seen.text.title) article.append(make("h1", {}, seen.text.title));
  for (const block of seen.text.blocks) {
    const prose = ["prose", "blockquote", "turn"].includes(block.kind);
    const node = make("p", { className: prose || block.kind === "headline" ? block.kind : "skipped" });
    if (!prose) node.dataset.kind = block.kind;
    block.sentences.forEach((sentence, at) => {
      const label = labelOf(sentence);
      const span = make("span", { className: "s" });
      fill(span, sentence, marks);
      const hedged = value(label, "hedged") === "1", loaded = value(label, "loaded") === "1";
      span.classList.toggle("hedged", hedged);
      span.classList.toggle("loaded", loaded);
      const act = value(label, "act");
      const tags = [hedged && "hedged", loaded && "loaded", act, label && !hedged && !loaded && !act && "plain"];
      if (third && label && Object.values(label.said).some((s) => s.open)) tags.push("differ");
      for (const tag of tags.filter(Boolean)) {
        const node = make("span", { className: "tag", ariaLabel: tag });
        node.dataset.tag = tag; // shown by the style, so that it is no part of the text
        span.append(node);
      }
      const index = sentences.length;
      span.addEventListener("mousedown", () => frame(index));
      sentences.push({ ...sentence, node: span });
      node.append(span, at + 1 < block.sentences.length ? " " : "");
    });
    article.append(node);
  }
  frame(Math.min(here, sentences.length - 1), false);
  showAxes();
  showStatements();
  showTargets();
  const place = list.findIndex((a) => a.id === seen.id);
  at("place").textContent = `${seen.id} (${place + 1} of ${list.length})`;
  at("undo").disabled = !seen.undo;
}

/** Puts the frame round a sentence. */
function frame(index, scroll = true) {
  if (index < 0 || index >= sentences.length) return;
  sentences[here]?.node.classList.remove("here");
  if (index !== here) word = null;
  here = index;
  const { node } = sentences[here];
  node.classList.add("here");
  if (scroll) node.scrollIntoView({ block: "nearest" });
  showSentence();
}

/** Where a place of the page stands in the article. */
function pointOf(node, offset) {
  const element = node.nodeType === Node.TEXT_NODE ? node.parentElement : node;
  const span = element.closest(".s");
  const sentence = sentences.find((s) => s.node === span);
  if (!sentence) return null;
  const range = document.createRange();
  range.setStart(span, 0);
  range.setEnd(node, offset);
  return sentence.start + Math.min(points(range.toString()), points(sentence.text));
}

/** The marked stretch; none where nothing is marked. */
function selected() {
  const selection = getSelection();
  if (selection.rangeCount === 0 || selection.isCollapsed) return null;
  const range = selection.getRangeAt(0);
  if (!at("article").contains(range.commonAncestorContainer)) return null;
  const start = pointOf(range.startContainer, range.startOffset);
  let end = pointOf(range.endContainer, range.endOffset);
  if (start === null || end === null || start >= end) return null;
  return [start, end];
}

/** Marks words of the sentence by keys. */
function step(by, extend) {
  const { node, text } = sentences[here];
  const words = [...text.matchAll(/[\p{L}\p{N}][\p{L}\p{N}\p{M}’'-]*/gu)].map((m) => [m.index, m.index + m[0].length]);
  if (!words.length) return;
  const last = words.length - 1;
  if (!word) word = by > 0 ? [0, 0] : [last, last];
  else if (extend) word = [word[0], Math.min(last, Math.max(0, word[1] + by))];
  else word = [word[1], word[1]].map((w) => Math.min(last, Math.max(0, w + by)));
  const [a, b] = [Math.min(...word), Math.max(...word)];
  const range = document.createRange();
  const place = (offset, set) => {
    let left = offset;
    const walker = document.createTreeWalker(node, NodeFilter.SHOW_TEXT);
    for (let t = walker.nextNode(); t; t = walker.nextNode()) {
      if (left <= t.length) return set(t, left);
      left -= t.length;
    }
  };
  place(words[a][0], (t, o) => range.setStart(t, o));
  place(words[b][1], (t, o) => range.setEnd(t, o));
  getSelection().removeAllRanges();
  getSelection().addRange(range);
}

// Beside the article -----------------------------------------------------------------------------

function choice(text, pressed, act, key) {
  const button = make("button", { type: "button" }, text);
  button.setAttribute("aria-pressed", String(pressed));
  if (key) button.append(" ", make("kbd", {}, key));
  button.addEventListener("click", act);
  return button;
}

const axes = () => [...document.querySelectorAll(".axis")];

function showAxes() {
  axes().forEach((node) => {
    const index = seen.classes.findIndex((c) => c.name === node.dataset.axis);
    node.hidden = index < 0;
    if (index < 0) return;
    node.classList.toggle("active", index === axis);
    const judged = seen.classes[index];
    const buttons = node.dataset.classes.split(" ").map((name, k) =>
      choice(name, value(judged, "class") === name, () => { axis = index; classify(name); }, index === axis ? String(k + 1) : ""));
    node.querySelector(".classes").replaceChildren(...buttons);
    const told = node.querySelector(".both");
    told.textContent = both(judged.said.class);
    told.classList.toggle("open", Boolean(judged.said.class?.open));
  });
  light();
}

/** Shows the axis in the guide. */
function light() {
  const name = seen.classes[axis]?.name;
  for (const strong of document.querySelectorAll("#guide strong")) {
    const lit = strong.textContent.split(/\W/)[0] === name;
    strong.classList.toggle("lit", lit);
    if (lit && strong.closest("details").open && !at("guide").dataset.moved) {
      at("guide").scrollTop = strong.offsetTop - 80;
    }
  }
}

async function classify(name) {
  const judged = seen.classes[axis];
  const same = value(judged, "class") === name;
  await say({ what: "class", axis: judged.name, value: same ? "" : name });
  if (!same && name && axis + 1 < seen.classes.length) axis += 1;
  showAxes();
}

function tick(field, on) {
  const { start, end } = sentences[here];
  const old = value(labelOf(sentences[here]), field);
  let to = on;
  if (field !== "act") to = old === "1" ? "0" : "1";
  else if (on === "part") {
    if (!old) return;
    to = old.endsWith(" part") ? old.slice(0, -5) : old + " part";
  } else if (old.split(" ")[0] === on) to = "";
  return say({ what: "sentence", start, end, field, value: to });
}

const ACTS = { s: "speech", t: "thought", w: "will", f: "finding" };

function showSentence() {
  const label = labelOf(sentences[here]);
  const act = value(label, "act");
  const buttons = [
    choice("hedged", value(label, "hedged") === "1", () => tick("hedged"), "h"),
    choice("loaded", value(label, "loaded") === "1", () => tick("loaded"), "l"),
  ];
  if (seen.can.act) {
    for (const [key, name] of Object.entries(ACTS)) buttons.push(choice(name, act.split(" ")[0] === name, () => tick("act", name), key));
    buttons.push(choice("part", act.endsWith(" part"), () => tick("act", "part"), "p"));
  }
  buttons.push(choice("others are plain", false, () => say({ what: "plain" }), "e"));
  const told = third && label ? Object.entries(label.said).map(([field, said]) => `${field}: ${both(said)}`).join("; ") : "";
  at("sentence").replaceChildren(...buttons, make("span", { className: "quiet" }, told));
}

function slice(stretches) {
  const words = ([a, b]) => sentences
    .filter((s) => s.start < b && s.end > a)
    .map((s) => Array.from(s.text).slice(Math.max(0, a - s.start), Math.min(s.end, b) - s.start).join(""))
    .join(" ");
  return stretches.map(words).join(" … ");
}

function mark(part) {
  const stretch = selected() ?? (part === "content" ? [sentences[here].start, sentences[here].end] : null);
  if (!stretch) return tell("Mark some words first.");
  draft ??= { source: [], cue: [], content: [], kind: "", act: "", class: "", speaker: "" };
  draft[part].push(stretch);
  word = null;
  getSelection().removeAllRanges();
  show();
}

async function save() {
  const { old, ...statement } = draft;
  draft = null;
  await say({ what: "statement", old: old ?? null, new: statement });
}

const CHOICES = {
  kind: ["", "direct", "mixed", "indirect"],
  act: ["", "speech", "thought", "will", "finding"],
  class: ["", "person", "role", "organisation", "media", "document", "anonymous", "none"],
};

function showStatements() {
  const told = (s) => `${slice(s.source) || "nobody"} · ${slice(s.cue) || "no cue"} · “${slice(s.content)}” (${[s.kind, s.act, s.class, s.speaker].filter(Boolean).join(", ")})`;
  at("statements").replaceChildren(...seen.statements.map((statement) => {
    const mend = choice("mend", false, () => { draft = { ...structuredClone(statement), old: statement }; show(); });
    const drop = choice("remove", false, () => say({ what: "statement", old: statement, new: null }));
    return make("li", {}, told(statement), " ", mend, " ", drop);
  }));
  if (!seen.can.blind_statements) {
    at("statements").append(make("li", { className: "quiet" }, "This file has no columns for two annotators: its statements are shown to both."));
  }
  const box = at("draft");
  box.hidden = !draft;
  box.replaceChildren();
  if (draft) {
    box.append(make("p", {}, told(draft)));
    for (const [field, values] of Object.entries(CHOICES)) {
      if (field === "act" && !seen.can.statement_act) continue;
      const select = make("select", { ariaLabel: field }, ...values.map((v) => make("option", { value: v }, v || "as it looks")));
      select.value = draft[field];
      select.addEventListener("change", () => { draft[field] = select.value; });
      box.append(make("label", {}, field + " ", select));
    }
    const speaker = make("input", { value: draft.speaker, placeholder: "unresolved" });
    speaker.setAttribute("list", "names");
    speaker.addEventListener("input", () => { draft.speaker = speaker.value; });
    box.append(make("label", {}, "speaker ", speaker));
    const forget = (part) => choice("clear " + part, false, () => { draft[part] = []; show(); });
    box.append(make("p", { className: "row" }, choice("Save", false, save, "Enter"), choice("Drop", false, () => { draft = null; show(); }, "Esc"), ...["source", "cue", "content"].filter((p) => draft[p].length).map(forget)));
  }
  const program = at("found");
  program.hidden = !found;
  program.replaceChildren();
  if (found) {
    const have = new Set(seen.statements.map((s) => JSON.stringify(s.content)));
    const open = found.statements.filter((s) => !have.has(JSON.stringify(s.content)));
    program.append(make("p", {}, `The program finds ${found.statements.length} statements, ${open.length} of them not marked, ${found.hedged.length} hedged sentences, ${found.loaded.length} loaded ones.`));
    program.append(...open.map((statement) => make("p", {}, told(statement), " ",
      choice("confirm", false, () => say({ what: "statement", old: null, new: statement })), " ",
      choice("mend", false, () => { draft = structuredClone(statement); show(); }))));
  }
}

async function marks() {
  found = found ? null : await ask("/api/marks?id=" + encodeURIComponent(seen.id));
  show();
}

// Targets ----------------------------------------------------------------------------------------

const STANCES = ["against", "neutral", "for"];
const ROLES = ["blamed", "victim", "praised", "plain"];

function showTargets() {
  const row = (target) => {
    const set = (field, name) => choice(name, value(target, field) === name, () =>
      say({ what: "target", target: target.name, field, value: value(target, field) === name ? "" : name }));
    const parts = [make("strong", {}, target.name), make("div", { className: "row" }, ...STANCES.map((s) => set("stance", s)))];
    if (seen.can.role) parts.push(make("div", { className: "row" }, ...ROLES.map((r) => set("role", r))));
    if (seen.can.mentions) parts.push(mention(target));
    parts.push(make("span", { className: "quiet" }, both(target.said.stance)));
    return make("div", { className: "target" }, ...parts);
  };
  at("targets").replaceChildren(...seen.targets.map(row));
  at("names").replaceChildren(...seen.text.names.map((n) => make("option", { value: n.name })));
}

/** What the sentence in the frame makes of a target. */
function mention(target) {
  const select = make("select", { ariaLabel: "In the sentence in the frame, " + target.name + " is" }, make("option", { value: "" }, "in this sentence: plain"));
  for (const role of ROLES.slice(0, 3)) {
    for (const by of ["own", "source"]) select.append(make("option", { value: role + " " + by }, `${role}, ${by === "own" ? "own voice" : "by a source"}`));
  }
  select.addEventListener("focus", () => {
    const rows = seen.mentions.filter((m) => m.name === target.name);
    select.value = value(labelOf(sentences[here], rows), "mention");
  });
  select.addEventListener("change", () => {
    const { start, end } = sentences[here];
    say({ what: "mention", target: target.name, start, end, value: select.value });
  });
  return select;
}

at("add-target").addEventListener("submit", async (event) => {
  event.preventDefault();
  const name = at("target").value.trim();
  at("target").value = "";
  if (name) await say({ what: "target", target: name, field: "stance", value: "neutral" });
  at("target").blur();
});

// Agreement and training -------------------------------------------------------------------------

const number = (x) => (x === null || x === undefined ? "–" : x.toFixed(2));

function table(header, rows) {
  const cells = (tag, row) => make("tr", {}, ...row.map((cell) => make(tag, {}, String(cell))));
  return make("table", {}, make("thead", {}, cells("th", header)), make("tbody", {}, ...rows.map((r) => cells("td", r))));
}

async function agreement() {
  const rows = await ask("/api/agreement?except=" + encodeURIComponent(seen.id)).catch(() => []);
  const told = rows.map((r) => [r.axis, r.both, number(r.alpha), number(r.equal)]);
  const note = third ? "" : " Not counted: the article that is open. Shown from ten on.";
  at("agreement").replaceChildren(rows.length ? table(["axis", "articles of both", "alpha", "equal"], told) : make("p", { className: "quiet" }, "No article has labels of both."), make("p", { className: "quiet" }, "Krippendorff’s alpha." + note));
}

function showTraining(training) {
  const box = at("training");
  at("retrain").disabled = training.running;
  if (training.running) {
    box.replaceChildren(make("p", {}, training.progress.at(-1) ?? "beginning", " …"));
    setTimeout(watch, 700);
  } else if (training.error) {
    box.replaceChildren(make("p", { className: "bad" }, training.error));
  } else if (training.result) {
    const { axes, output, warnings, scored } = training.result;
    const figure = (f) => (f ? `${number(f.macro_f1)} (${number(f.interval[0])} to ${number(f.interval[1])})` : "–");
    const rows = axes.map((a) => [`${a.axis} (${a.rows} labels)`, figure(a.before), figure(a.after), a.changed.length]);
    box.replaceChildren(
      table(["axis", "macro-F1 before", "after", "changed"], rows),
      make("p", { className: "quiet" }, `Held-out articles, 90 % intervals. Of ${scored} articles here the last column changes class. Models are in ${output}; use them by --model.`),
      ...warnings.map((w) => make("p", { className: "quiet" }, w)),
      ...axes.filter((a) => a.changed.length).map((a) => make("details", {}, make("summary", {}, `${a.axis}: ${a.changed.length} change class`), make("ul", {}, ...a.changed.map(([id, from, to]) => {
        const link = make("a", { href: "#" + encodeURIComponent(id) }, id);
        link.addEventListener("click", (event) => { event.preventDefault(); open(id); });
        return make("li", {}, link, `: ${from} → ${to}`);
      })))));
  } else box.replaceChildren();
}

async function watch() {
  showTraining(await ask("/api/retrain"));
}

at("retrain").addEventListener("click", async () => {
  try {
    showTraining(await ask("/api/retrain", {}));
  } catch (error) {
    tell(error.message, true);
  }
});

// Keys -------------------------------------------------------------------------------------------

function toggle(id, button) {
  const shown = id === "guide" ? document.querySelector(".desk").classList.toggle("no-guide") === false : !(at(id).hidden = !at(id).hidden);
  button.setAttribute("aria-expanded", String(shown));
}

const KEYS = {
  j: () => frame(here + 1), k: () => frame(here - 1), ArrowDown: () => frame(here + 1), ArrowUp: () => frame(here - 1),
  h: () => tick("hedged"), l: () => tick("loaded"), e: () => say({ what: "plain" }),
  q: () => mark("content"), o: () => mark("source"), c: () => mark("cue"),
  m: marks, n: next, b: back, u: undo,
  g: () => at("show-guide").click(), "?": () => at("show-keys").click(), a: () => at("target").focus(),
  "[": () => { axis = Math.max(0, axis - 1); showAxes(); },
  "]": () => { axis = Math.min(seen.classes.length - 1, axis + 1); showAxes(); },
  0: () => { if (value(seen.classes[axis], "class")) classify(""); },
  Enter: () => { if (draft) save(); }, Escape: () => { draft = null; show(); },
  p: () => { if (seen.can.act) tick("act", "part"); },
  v: () => {
    const stretch = selected();
    if (!stretch) return tell("Mark some words first.");
    const on = !seen.sentences.some((r) => (r.words ?? []).some(([a, b]) => a <= stretch[0] && b >= stretch[1]));
    return say({ what: "words", start: stretch[0], end: stretch[1], on });
  },
};

at("order").addEventListener("change", () => {
  at("measured").hidden = at("order").value !== "suggested";
});

addEventListener("keydown", (event) => {
  if (!seen || event.ctrlKey || event.metaKey || event.altKey) return;
  const typing = event.target.matches("input, select, textarea");
  if (typing) {
    if (event.key === "Escape") event.target.blur();
    return;
  }
  if (event.target.matches("button, a, summary") && ["Enter", " "].includes(event.key)) return;
  const key = event.key;
  let act = KEYS[key];
  const classes = axes().find((n) => n.dataset.axis === seen.classes[axis]?.name)?.dataset.classes.split(" ") ?? [];
  if (/^[1-9]$/.test(key) && classes[key - 1]) act = () => classify(classes[key - 1]);
  if (ACTS[key] && seen.can.act) act = () => tick("act", ACTS[key]);
  if (key === "ArrowLeft" || key === "ArrowRight") act = () => step(key === "ArrowRight" ? 1 : -1, event.shiftKey);
  if (!act) return;
  event.preventDefault();
  Promise.resolve(act()).catch((error) => tell(error.message, true));
});

for (const [id, act] of [["next", next], ["undo", undo], ["show-guide", null], ["show-keys", null]]) {
  at(id).addEventListener("click", () => {
    if (!act) return toggle(id.slice(5), at(id));
    Promise.resolve(act()).catch((error) => tell(error.message, true));
  });
}
at("guide").addEventListener("wheel", () => { at("guide").dataset.moved = "1"; }, { passive: true });

// Another tab or program may have written in the meantime.
addEventListener("focus", async () => {
  if (!seen || draft) return;
  const fresh = await ask("/api/article?id=" + encodeURIComponent(seen.id)).catch(() => null);
  if (fresh && fresh.id === seen.id) { seen = fresh; show(); }
});

(async () => {
  list = await ask("/api/articles");
  const wanted = decodeURIComponent(location.hash.slice(1));
  if (list.some((a) => a.id === wanted)) await open(wanted);
  else await next();
  if (!seen && list.length) await open(list[0].id, "every article has a label");
  watch();
})().catch((error) => tell(error.message, true));
