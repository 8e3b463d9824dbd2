// Pages in a real browser, opened from disk.
import assert from "node:assert/strict";
import { readFileSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { after, before, test } from "node:test";
import { createRequire } from "node:module";
import { chromium } from "playwright-core";
import { STORY, address, desk, hostile, lines, many, newsgauge, put } from "./articles.mjs";

const axe = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");
let browser;

before(async () => {
  browser = await chromium.launch({
    executablePath: process.env.CHROMIUM || "/usr/bin/chromium",
    args: ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
      "--disable-component-update", "--disable-sync"],
  });
  put("story.txt", STORY);
  newsgauge("explain", "story.txt", "--format", "html", "--output", "story.html");
  put("many.jsonl", lines(many(40)));
  newsgauge("score", "many.jsonl", "--format", "html", "--output", "pages", "--quiet");
  newsgauge("compare", "many.jsonl", "--format", "html", "--output", "compare.html", "--quiet");
  put("ratings.csv", "outlet,grade\nCoast Daily,B\n");
  newsgauge("outlets", "many.jsonl", "--by", "month", "--ratings", "ratings.csv", "--ratings-name", "Raters <b>2026</b>",
    "--format", "html", "--output", "outlets.html", "--quiet");
  put("hostile.jsonl", lines([hostile("x"), hostile("yy")]));
  newsgauge("explain", "hostile.jsonl", "--format", "html", "--output", "hostile.html", "--quiet");
  newsgauge("score", "hostile.jsonl", "--format", "html", "--output", "hostile-pages", "--quiet");
  newsgauge("compare", "hostile.jsonl", "--format", "html", "--output", "hostile-compare.html", "--quiet");
  newsgauge("outlets", "hostile.jsonl", "--by", "week", "--format", "html", "--output", "hostile-outlets.html", "--quiet");
});
after(() => browser && browser.close());

// A page that is open; what went wrong on it; whether it asked for anything but itself.
async function open(name, options = {}) {
  const context = await browser.newContext({ viewport: { width: 1280, height: 900 }, ...options });
  const page = await context.newPage();
  const faults = [], asked = [];
  page.on("pageerror", (error) => faults.push(error.message));
  page.on("console", (message) => { if (message.type() === "error") faults.push(message.text()); });
  page.on("request", (request) => { if (request.url() !== address(name)) asked.push(request.url()); });
  page.on("dialog", (dialog) => { faults.push("dialog"); dialog.dismiss(); });
  await page.goto(address(name));
  return { page, faults, asked, close: () => context.close() };
}

const PAGES = ["story.html", "pages/index.html", "compare.html", "outlets.html"];

test("pages open from disk, without a fault and without asking for anything", async () => {
  for (const name of PAGES) {
    const { page, faults, asked, close } = await open(name);
    assert.ok((await page.title()).length > 0, name);
    assert.deepEqual([faults, asked], [[], []], name);
    await close();
  }
});

test("layers switch", async () => {
  const { page, close } = await open("story.html");
  const colour = () => page.locator(".prose .q").first().evaluate((e) => getComputedStyle(e).backgroundColor);
  const shown = await colour();
  const button = page.locator("[data-layer=speakers]");
  assert.equal(await button.getAttribute("aria-pressed"), "true");
  await button.click();
  assert.equal(await button.getAttribute("aria-pressed"), "false");
  assert.notEqual(await colour(), shown);
  await button.press("Enter");
  assert.equal(await colour(), shown);
  const aside = page.locator(".prose p.aside").first();
  assert.ok(await aside.isVisible());
  assert.match(await aside.textContent(), /related-link/);
  await page.locator("[data-layer=aside]").click();
  assert.ok(!(await aside.isVisible()));
  await close();
});

test("evidence lights up in the text, in the very words", async () => {
  const { page, close } = await open("story.html");
  const lit = () => page.evaluate(() => [...(CSS.highlights.get("lit") || [])].map((range) => range.toString()));
  const word = page.locator("#loaded .lights").first();
  const text = (await word.textContent()).toLowerCase();
  await word.click();
  assert.equal(await word.getAttribute("aria-pressed"), "true");
  const words = await lit();
  assert.ok(words.length > 0 && words.every((w) => w.toLowerCase() === text), `${text}: ${words}`);
  await page.keyboard.press("Escape");
  assert.deepEqual(await lit(), []);
  // Each statement lights up as it is written in its row.
  for (const button of await page.locator("#statements .lights").all()) {
    await button.click();
    assert.equal((await lit()).join(""), (await button.textContent()).replaceAll(" … ", ""));
  }
  await page.locator("#axis-tone summary").click();
  const because = page.locator("#axis-tone .lights").first();
  await because.click();
  assert.ok((await lit()).length > 0);
  await page.locator("#dark-out").click();
  assert.deepEqual(await lit(), []);
  await close();
});

test("a statement tells of itself by pointer, by keyboard and by tap", async () => {
  const card = (page) => page.locator("#card");
  const { page, close } = await open("story.html");
  await page.locator(".prose .q").first().hover();
  assert.match(await card(page).textContent(), /who.*class.*kind.*act.*sure/s);
  await page.locator("h1").hover();
  assert.ok(!(await card(page).isVisible()));
  const note = page.locator(".prose .n").first();
  await note.focus();
  assert.ok(await card(page).isVisible());
  const described = await note.getAttribute("aria-describedby");
  assert.equal(await page.locator(`[id="${described}"]`).count(), 1);
  await close();
  const phone = await open("story.html", { hasTouch: true, viewport: { width: 390, height: 800 } });
  await phone.page.locator(".prose .n").first().tap();
  assert.ok(await card(phone.page).isVisible());
  await phone.close();
});

test("no page is wider than a phone", async () => {
  for (const name of PAGES) {
    const { page, close } = await open(name, { viewport: { width: 390, height: 800 } });
    const [wide, window] = await page.evaluate(() => [document.documentElement.scrollWidth, innerWidth]);
    assert.ok(wide <= window, `${name}: ${wide} in ${window}`);
    await close();
  }
});

test("a hostile article executes nothing and breaks nothing", async () => {
  const names = ["hostile.html", "hostile-compare.html", "hostile-outlets.html",
    ...readdirSync(join(desk, "hostile-pages")).map((name) => "hostile-pages/" + name)];
  assert.ok(names.length >= 6);
  for (const name of names) {
    const source = readFileSync(join(desk, name), "utf8");
    assert.ok(!/[\u202a-\u202e\u2066-\u2069\u0000]/.test(source), name);
    const { page, faults, asked, close } = await open(name);
    for (const button of await page.locator(".lights").all()) if (await button.isVisible()) await button.click();
    await page.mouse.move(300, 300);
    assert.equal(await page.evaluate(() => window.hit), undefined, name);
    assert.deepEqual([faults, asked], [[], []], name);
    const made = await page.evaluate(() => [
      document.scripts.length,
      document.querySelectorAll("img, iframe, object, embed, form, base, b, [onclick], [onerror], [onmouseover], [onfocus], [autofocus], [style]:not(#card)").length,
      [...document.links].filter((link) => !/^(https?|file):/.test(link.protocol)).length,
    ]);
    assert.deepEqual(made, [1, 0, 0], name);
    await close();
  }
});

test("the policy keeps out what would get in", async () => {
  const { page, close } = await open("story.html");
  const ran = await page.evaluate(() => {
    const script = document.createElement("script");
    script.textContent = "window.hit = 1";
    document.body.append(script);
    return window.hit;
  });
  assert.equal(ran, undefined);
  await close();
});

test("the index sorts and filters", async () => {
  const { page, close } = await open("pages/index.html");
  const column = (at) => page.locator("tbody tr:visible").evaluateAll((rows, at) => rows.map((row) => row.cells[at].dataset.v ?? row.cells[at].textContent.trim()), at);
  const tone = page.locator("thead button", { hasText: "tone" });
  await tone.click();
  const values = (await column(6)).map(Number);
  assert.deepEqual(values, [...values].sort((a, b) => b - a));
  assert.ok(values[0] > values.at(-1));
  assert.equal(await page.locator("th[aria-sort]").getAttribute("aria-sort"), "descending");
  await tone.click();
  assert.deepEqual((await column(6)).map(Number), [...values].sort((a, b) => a - b));
  await page.locator("[data-filter=outlet]").selectOption("Larn Today");
  assert.deepEqual([...new Set(await column(1))], ["Larn Today"]);
  assert.equal(await page.locator("#count").textContent(), "8 of 40 articles");
  await page.locator("[data-filter=text]").fill("news 38");
  assert.equal(await page.locator("tbody tr:visible").count(), 1);
  await page.locator("tbody tr:visible a").click();
  assert.equal(await page.locator("h1").textContent(), "Bridge news 38");
  await page.locator("nav a").click();
  assert.match(page.url(), /index\.html$/);
  await close();
});

test("the story names outlets, marks differences and shows who was first", async () => {
  const { page, close } = await open("compare.html");
  assert.ok((await page.locator(".plot .name").count()) > 2);
  assert.equal(await page.locator(".plot circle").count(), 40);
  assert.ok((await page.locator("#claims mark").count()) > 0);
  assert.ok((await page.locator(".time circle, .time rect").count()) > 2);
  await close();
});

test("the outlets have a trend and, apart, the ratings given", async () => {
  const { page, close } = await open("outlets.html");
  assert.equal(await page.locator("#axis-tone .trend circle").count(), 5);
  assert.equal(await page.locator("#axis-tone tbody tr").count(), 5);
  assert.match(await page.locator("#ratings h2").textContent(), /Raters <b>2026<\/b>/);
  await close();
});

test("axe finds no serious fault, light and dark", async () => {
  for (const name of PAGES) {
    for (const colorScheme of ["light", "dark"]) {
      const { page, close } = await open(name, { colorScheme, bypassCSP: true });
      for (const details of await page.locator("details").all()) await details.evaluate((e) => { e.open = true; });
      await page.evaluate(axe);
      const found = await page.evaluate(() => window.axe.run({ resultTypes: ["violations"] }));
      const serious = found.violations.filter((v) => ["serious", "critical"].includes(v.impact))
        .map((v) => `${v.id}: ${v.nodes.slice(0, 3).map((n) => n.html.slice(0, 160) + " " + (n.any[0]?.message ?? "")).join(" | ")}`);
      assert.deepEqual(serious, [], `${name}, ${colorScheme}`);
      await close();
    }
  }
});

test("20,000 words open in under a second, 200 articles in under two", async () => {
  const words = STORY.split(/\s+/).length;
  put("long.txt", Array.from({ length: Math.ceil(20000 / words) }, (_, at) => STORY.replaceAll("Larn", "Larn" + at)).join("\n"));
  newsgauge("explain", "long.txt", "--format", "html", "--output", "long.html");
  put("two-hundred.jsonl", lines(many(200)));
  newsgauge("compare", "two-hundred.jsonl", "--format", "html", "--output", "two-hundred.html", "--quiet");
  for (const [name, bound] of [["long.html", 1000], ["two-hundred.html", 2000]]) {
    const times = [];
    for (let turn = 0; turn < 3; turn++) {
      const { page, close } = await open(name);
      times.push(await page.evaluate(async () => {
        await new Promise((done) => requestAnimationFrame(() => setTimeout(done)));
        return performance.now();
      }));
      await close();
    }
    console.log(name, times.map(Math.round).join(", "), "ms");
    assert.ok(Math.min(...times) < bound, `${name}: ${times}`);
  }
});
