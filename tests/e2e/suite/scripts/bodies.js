// Drops clips that are made to break a reader, one after the other, waits until each has come to an end, looks at
// its last lines, and tells what came of it: whether it is shown, what is told of it, how long it took, and how
// long the page stood still meanwhile.
const [clips] = arguments;
const finished = arguments[arguments.length - 1];
const count = (name) => performance.getEntriesByName(name).length;
const problems = () => document.querySelectorAll("#problems li").length;

// How long the page stood still at most, in milliseconds: whatever held it up held this up, too.
let still = 0;
let last = performance.now();
const beat = setInterval(() => {
  const now = performance.now();
  still = Math.max(still, now - last - 10);
  last = now;
}, 10);

const frame = () => Promise.race([new Promise(requestAnimationFrame), pause(200)]);

function arrived(rendered, told) {
  const clip = document.querySelector("article#clip");
  const settled = clip?.dataset.state !== "loading" && clip?.getAttribute("aria-busy") !== "true";
  return settled && (count("clip:rendered") > rendered || problems() > told || clip?.dataset.state === "failed");
}

async function one({ name, text }) {
  const [rendered, told, start] = [count("clip:rendered"), problems(), performance.now()];
  const long = page.long?.length ?? 0;
  still = 0;
  drop(name, text);
  const ended = await until(() => arrived(rendered, told) || document.getElementById("crash"), 25000);
  const took = performance.now() - start;
  // What was not in sight was not laid out either.
  scrollTo(0, document.documentElement.scrollHeight);
  for (let n = 0; n < 3; n += 1) await frame();
  await pause(20);
  const tasks = [...(page.long ?? [])].slice(long).map(({ duration }) => duration);
  return {
    name, ended,
    took: Math.round(took),
    crashed: !!document.getElementById("crash"),
    shown: count("clip:rendered") > rendered,
    chunks: document.querySelectorAll("#clip .chunk").length,
    told: [...document.querySelectorAll("#problems li")].slice(told).map((li) => li.textContent.slice(0, 160)),
    still: Math.round(still),
    longest: Math.round(Math.max(0, ...tasks)),
  };
}

const came = [];
// A driver waits for half a minute at most: what is left by then is for the next time.
const end = performance.now() + 4000;
(async () => {
  for (const clip of clips) {
    came.push(await one(clip));
    if (performance.now() > end) break;
  }
  clearInterval(beat);
  finished(came);
})();
