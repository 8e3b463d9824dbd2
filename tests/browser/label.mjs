// A whole labelling session in a real browser: node label.mjs BINARY [FOLDER FOR SCREENSHOTS]
// Needs playwright-core beside it (npm install playwright-core) and Debian's chromium; the binary is built with the feature `serve`.
import { chromium } from "playwright-core";
import { spawn } from "node:child_process";
import { mkdtempSync, mkdirSync, readFileSync, writeFileSync, existsSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import assert from "node:assert/strict";

const [binary, shots] = process.argv.slice(2);
const dir = mkdtempSync(join(tmpdir(), "newsgauge-label-"));
const [articles, labels] = [join(dir, "articles"), join(dir, "labels")];
mkdirSync(articles);
mkdirSync(labels);

const hostile = `Council <script>window.hacked = 1</script> votes

“The pier is <b onclick="window.hacked=1">safe</b>,” said Mayor Ida Roth </script> on Monday. Critics call the plan a monstrous folly. \u202eIt may open\u202c in May. Nobody\u200b knows.

The council met in the hall near the river and went through a long list. [click](javascript:window.hacked=1) It voted at night.
`;
// As an article of a corpus, which is taken as it stands: other readers take its tags for markup.
writeFileSync(join(articles, "one.txt"), hostile);
const manifest = ["id,outlet,story", "one,The Bay Courier,pier"];
for (let n = 2; n <= 30; n++) {
  const loud = n % 3;
  const lines = [`Town council meets again in week ${n}\n`];
  for (let i = 0; i < 9; i++) {
    lines.push(i % 4 < loud + (i % 5 === n % 5 ? 1 : 0)
      ? `“We have waited for the bridge number ${i} since the spring of that year,” Mayor Ida Roth said.\n`
      : `The council met in the hall near the river and went through item ${i} of the long list.\n`);
  }
  const id = `t${String(n).padStart(2, "0")}`;
  manifest.push(`${id},Outlet ${n % 5},story ${n}`);
  writeFileSync(join(articles, id + ".txt"), lines.join("\n"));
}
writeFileSync(join(articles, "MANIFEST.csv"), manifest.join("\n") + "\n");
// Rows that are there already, in a writing that no program would choose: none of their bytes may move.
const before = 'article,axis,first,second,label\r\n"t05",tone , mixed,"neutral",\r\nt02,genre,report,,report\r\n';
writeFileSync(join(labels, "articles.csv"), before);
const csv = (name) => (existsSync(join(labels, name)) ? readFileSync(join(labels, name), "utf8") : "");

function start(annotator) {
  const child = spawn(binary, ["label", "--corpus", articles, "--labels", labels, "--output", join(dir, "models"), "--annotator", annotator], { cwd: dir });
  const address = new Promise((resolve, reject) => {
    let told = "";
    child.stderr.on("data", (data) => {
      told += data;
      const found = told.match(/http:\S+/);
      if (found) resolve(found[0]);
    });
    child.on("exit", () => reject(new Error("the program ended: " + told)));
    setTimeout(() => reject(new Error("no address: " + told)), 60000);
  });
  return { child, address };
}

const browser = await chromium.launch({ executablePath: process.env.CHROMIUM ?? "/usr/bin/chromium", args: ["--no-sandbox"] });
const faults = [];

async function tab(address, options = {}) {
  const context = await browser.newContext({ viewport: { width: 1440, height: 900 }, ...options });
  const page = await context.newPage();
  page.on("pageerror", (error) => faults.push(String(error)));
  page.on("console", (message) => message.type() === "error" && faults.push(message.text()));
  await page.goto(address);
  await page.waitForURL(/\/label#/);
  await page.waitForSelector(".s.here");
  return page;
}

const status = (page, text) => page.waitForFunction((t) => document.getElementById("status").textContent.includes(t), text, { timeout: 20000 });
async function press(page, key, told = "saved") {
  await page.evaluate(() => { document.getElementById("status").textContent = ""; });
  await page.keyboard.press(key);
  await status(page, told);
}
const shot = async (page, name) => shots && page.screenshot({ path: join(shots, name + ".png"), fullPage: false });

let server = start("first");
try {
  const address = await server.address;

  // Without the token nobody sees anything.
  const stranger = await fetch(new URL(address).origin + "/label");
  assert.equal(stranger.status, 401);

  const page = await tab(address);
  assert.ok(!page.url().includes("token"), "the token leaves the address");
  assert.match(await page.locator("#place").textContent(), /^one /, "the first article without a label");

  // Classes by keys; the frame goes on by itself.
  await press(page, "2");
  assert.equal(csv("articles.csv"), before + "one,tone,mixed,,mixed\r\n", "one row is added, no byte moves");
  await press(page, "3");
  assert.match(csv("articles.csv"), /one,tone,mixed,,mixed\r\none,attribution,dense,,dense\r\n/);

  // Sentences, words and a statement.
  const frame = (text) => page.locator(".s", { hasText: text }).first().click();
  await frame("Critics call");
  await press(page, "l");
  await frame("It may open");
  await press(page, "h");
  await page.locator(".s", { hasText: "Mayor Ida Roth" }).first().click();
  await page.evaluate(() => {
    // A careless drag: from the middle of a word to the middle of another.
    const span = [...document.querySelectorAll(".s")].find((s) => s.textContent.includes("Mayor Ida Roth"));
    const text = [...span.childNodes].find((n) => n.nodeType === 3 && n.data.includes("Mayor Ida Roth"));
    const at = text.data.indexOf("Mayor Ida Roth");
    getSelection().setBaseAndExtent(text, at + 2, text, at + 12);
  });
  await page.keyboard.press("o");
  await page.evaluate(() => {
    const span = [...document.querySelectorAll(".s")].find((s) => s.textContent.includes("Mayor Ida Roth"));
    const text = [...span.childNodes].find((n) => n.nodeType === 3 && n.data.includes("The pier"));
    getSelection().setBaseAndExtent(text, text.data.indexOf("“The pier"), text, text.data.indexOf("”") + 1);
  });
  await page.keyboard.press("q");
  await press(page, "Enter");
  const statement = csv("attributions.csv").split("\n")[1];
  assert.match(statement, /Mayor Ida Roth/, "marks snap to words");
  assert.match(statement, /^one,.*“The pier is .*safe.*,(direct|mixed),speech,person,unresolved,1,$/);
  const [from, to] = statement.split(",")[1].split("-").map(Number);
  assert.equal(Buffer.from(hostile).subarray(from, to).toString(), "Mayor Ida Roth", "places slice the text");

  // A target.
  await page.keyboard.press("a");
  await page.keyboard.type("Ida Roth");
  await page.keyboard.press("Enter");
  await status(page, "saved");
  await page.locator(".target button", { hasText: "against" }).click();
  await page.waitForFunction(() => document.querySelector(".target button[aria-pressed=true]")?.textContent === "against");
  assert.match(csv("stance.csv"), /one,Ida Roth,against,,against/);

  // The rest is plain; then everything back, step by step, and on again.
  await press(page, "e");
  await shot(page, "label-wide-light");
  const sentences = csv("sentences.csv");
  assert.match(sentences, /Critics call the plan a monstrous folly\.,1,,1,0,,0/);
  assert.ok(sentences.split("\n").length > 5);
  await press(page, "u", "taken back");
  assert.equal(csv("sentences.csv").split("\n").length, 4);
  await press(page, "e");

  // Nothing of the hostile article ran.
  assert.equal(await page.evaluate(() => window.hacked), undefined);
  assert.equal(await page.locator("#article script, #article b, #article a").count(), 0);

  // Keys for words.
  await frame("Critics call");
  await page.keyboard.press("ArrowRight");
  await page.keyboard.press("Shift+ArrowRight");
  assert.equal(await page.evaluate(() => getSelection().toString()), "Critics call");

  // What the program marks is shown when asked for only.
  assert.equal(await page.locator("#found:not([hidden])").count(), 0);
  await page.keyboard.press("m");
  await page.waitForSelector("#found:not([hidden])");
  await page.keyboard.press("m");

  // The suggested order says why, and names no class.
  await page.selectOption("#order", "suggested");
  await page.evaluate(() => document.activeElement.blur());
  for (let i = 0; i < 40; i++) {
    await page.keyboard.press("n");
    await page.waitForTimeout(250);
    if ((await page.locator("#status").textContent()).includes("least sure")) break;
  }
  const why = await page.locator("#status").textContent();
  assert.match(why, /least sure of its \w+ \(doubt .* from the nearest labelled article/);

  // Two tabs and a second annotator's program write the same files at once.
  const second = start("second");
  try {
    const [tab2, blind] = await Promise.all([tab(address), second.address.then((a) => tab(a))]);
    for (const [p, id] of [[page, "t10"], [tab2, "t11"], [blind, "one"]]) {
      await p.evaluate((id) => open(id), id);
      await p.waitForFunction((id) => document.getElementById("place").textContent.startsWith(id), id);
      await p.evaluate(() => { axis = 0; showAxes(); });
    }
    assert.equal(await blind.locator("[aria-pressed=true]").count(), 0, "blind to the first annotator");
    assert.equal(await blind.locator("#statements li:not(.quiet)").count(), 0);
    await Promise.all([press(page, "1"), press(tab2, "2"), press(blind, "3")]);
    await Promise.all([press(page, "1"), press(tab2, "1"), press(blind, "3")]);
    const all = csv("articles.csv");
    for (const row of ["t10,tone,neutral,,neutral", "t10,attribution,sparse,,sparse", "t11,tone,mixed,,mixed", "t11,attribution,sparse,,sparse", "one,tone,mixed,loaded,", "one,attribution,dense,dense,dense"]) {
      assert.ok(all.includes(row + "\r\n"), row + "\n" + all);
    }
    await Promise.all([tab2.close(), blind.close()]);
    // Killed without a warning: all that was told to be saved is there.
    second.child.kill("SIGKILL");
  } finally {
    second.child.kill("SIGKILL");
  }

  // A third annotator is led to what the two differ on.
  const third = start("third");
  try {
    const p = await tab(await third.address);
    await p.waitForFunction(() => document.getElementById("status").textContent.includes("two differ on tone"));
    await p.evaluate(() => { axis = 0; showAxes(); });
    assert.match(await p.locator(".axis.active .both").textContent(), /first: (mixed|neutral), second: (loaded|neutral)/);
    await shot(p, "label-third");
    await press(p, "3");
    await p.close();
  } finally {
    third.child.kill("SIGKILL");
  }
  assert.match(csv("articles.csv"), /one,tone,mixed,loaded,loaded|"t05",tone , mixed,"neutral",loaded/);

  // Training: with progress, and with what changed.
  for (let n = 2; n <= 30; n++) {
    const id = `t${String(n).padStart(2, "0")}`;
    const value = ["sparse", "moderate", "dense"][n % 3];
    await page.evaluate(async ([id, value]) => {
      await ask("/api/say", { id, change: { what: "class", axis: "attribution", value } });
    }, [id, value]);
  }
  await page.evaluate(() => ask("/api/retrain", { axes: ["attribution"] }).then(showTraining));
  await page.waitForFunction(() => /macro-F1 before/.test(document.getElementById("training").textContent), null, { timeout: 180000 });
  const trained = await page.locator("#training").textContent();
  assert.match(trained, /attribution \(30 labels\)\d\.\d\d \(.*change/s, trained);
  assert.ok(existsSync(join(dir, "models", "attribution.json")));
  await page.locator("#training").scrollIntoViewIfNeeded();
  await shot(page, "label-retrained");

  // Looks.
  for (const [name, options] of [["label-wide-dark", { colorScheme: "dark" }], ["label-narrow-light", { viewport: { width: 390, height: 844 } }], ["label-narrow-dark", { viewport: { width: 390, height: 844 }, colorScheme: "dark" }]]) {
    const p = await tab(address, options);
    await p.evaluate(() => open("one"));
    await p.waitForFunction(() => document.getElementById("place").textContent.startsWith("one"));
    assert.ok(await p.evaluate(() => document.documentElement.scrollWidth <= innerWidth), "nothing sticks out: " + name);
    await shot(p, name);
    await p.close();
  }

  // Reading: paste, and the article's page.
  await page.goto(new URL(address).origin + "/");
  await page.fill("#text", hostile);
  await page.click("button[type=submit]");
  await page.waitForURL(/\/read\/1/);
  assert.equal(await page.evaluate(() => window.hacked), undefined);
  await shot(page, "read");

  assert.deepEqual(faults, []);
  // Rows that nobody touched are as they were.
  assert.ok(csv("articles.csv").includes('t02,genre,report,,report\r\n'));
  console.log("a whole session: labelled, undone, judged twice, decided, trained");
} finally {
  server.child.kill("SIGKILL");
  await browser.close();
}
