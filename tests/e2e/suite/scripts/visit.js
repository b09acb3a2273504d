// Opens the clips of the list between two rows, one after the other, waits for the picture of each, and
// goes back. Tells which clips were opened.
const [first, last] = arguments;
const finished = arguments[arguments.length - 1];
const pause = (ms) => new Promise((done) => setTimeout(done, ms));
const row = (at) => document.querySelector(`#library [aria-rowindex="${at}"]`);

async function until(what, met) {
  for (const end = performance.now() + 25000; !met(); await pause(10)) {
    if (performance.now() > end) throw new Error(`waited in vain until ${what} (at ${location.search}, ${document.querySelectorAll("#library [data-clip-id]").length} rows; ${document.querySelector("article#clip")?.dataset.state} “${document.body.innerText.slice(0, 400)}” ${document.querySelector(".clip-body img")?.outerHTML})`);
  }
}

async function visit(at) {
  await until(`row ${at} is there`, () => {
    if (!row(at)) scrollTo(0, (at - 1) * 76);
    return row(at);
  });
  const id = row(at).dataset.clipId;
  const title = row(at).querySelector("a").textContent;
  row(at).querySelector("a").click();
  await until(`the picture of row ${at} is shown`, () => {
    const clip = document.querySelector("article#clip");
    const picture = clip?.querySelector(".clip-body img");
    // The clip before stands there until this one has come.
    return title.includes(clip?.querySelector("h1")?.textContent ?? "-") && location.search.includes(id) && clip.dataset.state === "ready" && picture?.naturalWidth > 0;
  });
  history.back();
  await until(`the list is back from row ${at}`, () => !location.search.includes(id) && document.querySelector("#library [data-clip-id]"));
  return id;
}

(async () => {
  const ids = [];
  for (let at = first; at <= last; at += 1) ids.push(await visit(at));
  scrollTo(0, 0);
  await pause(300);
  return ids;
})().then(finished, (problem) => finished(String(problem)));
