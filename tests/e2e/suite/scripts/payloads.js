// Drops clip after clip, looks through the document after each, and tells what was found and how many
// places of the clips came as far as the page.
const [clips] = arguments;
const finished = arguments[arguments.length - 1];

async function one({ name, text, mark }) {
  drop(name, text);
  const holds = (selector) => document.querySelector(selector)?.textContent.includes(mark);
  const shown = () => {
    const clip = document.querySelector("article#clip");
    return clip?.dataset.state === "ready" && clip.getAttribute("aria-busy") === "false"
      && holds(".clip-body") && holds("#metadata");
  };
  const told = document.querySelectorAll("#problems li").length;
  const ended = await until(() => shown() || document.querySelectorAll("#problems li").length > told, 8000);
  const found = ended ? inspect() : ["it is neither shown nor told of"];
  if (!location.pathname.startsWith(home)) found.push(`the address is ${location.href}`);
  const reached = shown() ? document.querySelector(".clip-body").textContent.match(/reached-\d+/g)?.length ?? 0 : 0;
  if (!shown()) sum.told.push(`${mark}: ${[...document.querySelectorAll("#problems li")].at(-1)?.textContent}`);
  return { found: found.map((what) => `${mark}: ${what}`), reached, shown: shown() };
}

const home = location.pathname;
const sum = { found: [], told: [], reached: 0, shown: 0, done: 0 };
// A driver waits for half a minute at most: what is left by then is for the next time.
const end = performance.now() + 15000;
(async () => {
  for (const clip of clips) {
    const { found, reached, shown } = await one(clip);
    sum.found.push(...found);
    sum.reached += reached;
    sum.shown += shown ? 1 : 0;
    sum.done += 1;
    if (performance.now() > end) break;
  }
  finished(sum);
})();
