// Serves `dist/` as a good host would, and has Lighthouse judge pages of it as a slow phone sees them.
// Called by `xtask/src/lighthouse.rs`: node lighthouse.mjs DIST RUNS NAME=QUERY… [NAME=FILE.md…]

import { existsSync, readFileSync } from "node:fs";
import { createServer } from "node:http";
import { basename, join } from "node:path";
import { launch } from "chrome-launcher";
import lighthouse from "lighthouse";

const [dist, runs, ...asked] = process.argv.slice(2);
const TYPES = {
  html: "text/html; charset=utf-8",
  js: "text/javascript",
  md: "text/markdown; charset=utf-8",
  png: "image/png",
  svg: "image/svg+xml",
  wasm: "application/wasm",
  webmanifest: "application/manifest+json",
};
const clips = new Map();

const server = createServer((request, response) => {
  const path = new URL(request.url, "http://host").pathname.replace(/^\/app\//, "");
  const file = clips.get(path) ?? join(dist, path === "" ? "index.html" : basename(path));
  if (!existsSync(file)) return response.writeHead(404).end();
  const forEver = /-[0-9a-f]{14,16}(_bg)?\.\w+$/.test(path);
  const headers = {
    "content-type": TYPES[path.split(".").pop()] ?? TYPES.html,
    "cache-control": forEver ? "public, max-age=31536000, immutable" : "no-cache",
  };
  const packed = existsSync(`${file}.br`);
  if (packed) headers["content-encoding"] = "br";
  response.writeHead(200, headers).end(readFileSync(packed ? `${file}.br` : file));
});

// The flags that a test machine needs, and none that make a page faster.
const FLAGS = ["--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking"];

async function judged(address) {
  const chrome = await launch({ chromeFlags: FLAGS });
  try {
    const { lhr } = await lighthouse(address, { port: chrome.port, logLevel: "error", output: "json" });
    return lhr;
  } finally {
    chrome.kill();
  }
}

const median = (numbers) => numbers.toSorted((a, b) => a - b)[Math.floor(numbers.length / 2)];

// What each page has to reach. How fast it is on a throttled phone is told, and bounded where it does not
// depend on how busy this machine is: what is seen first, and that nothing moves once it is.
const PERFECT = ["accessibility", "best-practices", "seo"];
const LIMITS = { "first-contentful-paint": 1500, "cumulative-layout-shift": 0.1 };

const failed = [];
await new Promise((listening) => server.listen(0, "127.0.0.1", listening));
for (const page of asked) {
  const [name, what] = page.split("=");
  if (existsSync(what)) clips.set("clip.md", what);
  const query = existsSync(what) ? "?clip=clip.md" : what;
  const reports = [];
  for (let run = 0; run < Number(runs); run++) {
    reports.push(await judged(`http://127.0.0.1:${server.address().port}/app/${query}`));
  }
  const score = (category) => Math.round(100 * median(reports.map((one) => one.categories[category].score)));
  const value = (audit) => median(reports.map((one) => one.audits[audit].numericValue ?? 0));
  const scores = ["performance", ...PERFECT].map(score).join(" / ");
  const seconds = (audit) => `${(value(audit) / 1000).toFixed(1)} s`;
  console.log(
    `figure: Lighthouse, ${name}: ${scores} (first paint ${seconds("first-contentful-paint")}, largest ` +
      `${seconds("largest-contentful-paint")}, blocked ${value("total-blocking-time").toFixed(0)} ms, moved ` +
      `${value("cumulative-layout-shift").toFixed(3)})`,
  );
  for (const category of PERFECT) {
    if (score(category) === 100) continue;
    const refs = reports[0].categories[category].auditRefs.map(({ id }) => reports[0].audits[id]);
    const faults = refs.filter((audit) => audit.score !== null && audit.score < 1);
    const details = faults.flatMap((audit) => [`  ${audit.title}`, ...(audit.details?.items ?? []).map((item) => `    ${JSON.stringify(item)}`)]);
    failed.push(`${name}: ${category} is ${score(category)}.`, ...details);
  }
  for (const [audit, limit] of Object.entries(LIMITS)) {
    if (value(audit) > limit) failed.push(`${name}: ${audit} is ${value(audit)}; ${limit} is the most.`);
  }
}
server.close();
failed.forEach((line) => console.error(line));
process.exit(failed.length ? 1 : 0);
