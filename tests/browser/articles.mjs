// Invented articles, and what the tests do with them.
import { execFileSync } from "node:child_process";
import { mkdtempSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

const binary = process.env.NEWSGAUGE;
if (!binary) throw new Error("NEWSGAUGE names the program that is tested");

export const desk = mkdtempSync(join(tmpdir(), "newsgauge-pages-"));

export function newsgauge(...args) {
  execFileSync(binary, args, { cwd: desk, stdio: ["ignore", "pipe", "pipe"] });
}

export function put(name, content) {
  writeFileSync(join(desk, name), content);
  return name;
}

export const address = (name) => "file://" + join(desk, name);

export const STORY = `Old ferry of Larn to be replaced

LARN — The town council of Larn will replace its old ferry next spring, Mayor Ana Dorn said on Tuesday.

"We have waited eleven years for a boat that does not leak," Dorn told reporters at the harbour. "This one will not."

The new ferry may cost nine million crowns, according to a report of the harbour office. Ivo Marr, who leads the opposition, called the plan "a reckless and disgraceful gift" to the shipyard.

Officials said that the first crossing could take place in May. The disastrous winter storm of last year had damaged both piers, and repairs might take longer than planned.

Marr said that his party would vote against the budget. "Nobody has seen the contract," he said, and he added that the mayor seems to have promised the order before the vote.

READ MORE: Ten harbours of the coast
`;

const HOSTILE_WORDS = [
  "<script>window.hit = 1</script>",
  "<img src=x onerror='window.hit = 1'>",
  "</script></style></title><script>window.hit = 1</script>",
  "\" onmouseover=\"window.hit = 1\" x=\"",
  "' onfocus='window.hit = 1' autofocus='",
  "{{ 7 * 7 }} ${window.hit = 1}",
  "\u202Edrawkcab\u202C \u2066isolated \u200Bzero\u200Dwidth \uFEFF",
  "<!-- <script> --> ]]> &lt;script&gt; &#x3c;",
  "javascript:window.hit=1",
];

// One article whose every field tries to get out of its place.
export function hostile(id) {
  const words = HOSTILE_WORDS.join(" ");
  return {
    id: id + HOSTILE_WORDS[2],
    title: words,
    outlet: HOSTILE_WORDS[3] + HOSTILE_WORDS[2],
    byline: HOSTILE_WORDS[4],
    section: HOSTILE_WORDS[1],
    url: "javascript:window.hit=1",
    date: "2026-03-0" + (1 + (id.length % 9)),
    text: STORY.replaceAll("Ana Dorn", "Ana <b onclick=window.hit=1>Dorn").replaceAll("ferry", HOSTILE_WORDS[0]) +
      "\n\n" + words + " \"" + words + "\" said Ana Dorn.\n",
  };
}

// So many articles of a few outlets over some months.
export function many(count) {
  const outlets = ["Coast Daily", "The Marr Post", "Rivertown Gazette", "Larn Today", "Northern Wire"];
  return Array.from({ length: count }, (_, at) => {
    const loaded = at % 3 === 0 ? " It was a disgraceful, reckless and shameful betrayal of honest people." : "";
    const shared = at % 2 === 0 ? "Mayor Ana Dorn said that the new bridge will open before the end of May." :
      "\"The new bridge will certainly open before the end of June,\" said Mayor Ana Dorn.";
    const own = `In district ${at} of the town, people who live at street ${at * 7} waited for the bus number ${at * 3}.`;
    return {
      id: "a" + at,
      title: `Bridge news ${at}`,
      outlet: outlets[at % outlets.length],
      date: `2026-0${1 + (at % 5)}-${10 + (at % 18)}`,
      text: `${own}${loaded}\n\n${shared}\n\n${STORY.split("\n\n").slice(2 + (at % 2)).join("\n\n")}\n\n${own.split(" ").reverse().join(" ")}.`,
    };
  });
}

export const lines = (articles) => articles.map((article) => JSON.stringify(article)).join("\n") + "\n";
