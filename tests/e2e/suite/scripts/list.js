// Scrolls through the list and looks through the document at each screen of it, then the same with what
// a search found.
const finished = arguments[arguments.length - 1];
const rows = () => [...document.querySelectorAll("#library [data-clip-id]")];

async function through(found, seen) {
  for (let top = 0; top < document.body.scrollHeight; top += innerHeight) {
    scrollTo(0, top);
    await pause(60);
    rows().forEach((row) => seen.add(row.dataset.clipId));
    found.push(...inspect());
  }
  scrollTo(0, 0);
}

async function search(words) {
  const box = document.querySelector("#search");
  box.value = words;
  box.dispatchEvent(new Event("input", { bubbles: true }));
  return until(() => document.querySelector("#library mark"), 5000);
}

(async () => {
  const [found, seen, hits] = [[], new Set(), new Set()];
  await through(found, seen);
  if (!(await search("alert"))) found.push("nothing was found by its words");
  await through(found, hits);
  finished({ found, seen: seen.size, hits: hits.size });
})();
