// Put into every page before its own scripts. It watches what the page marks (`import:start`,
// `search:shown` …) and paints, and posts what it saw to the host, so that nothing asks meanwhile.
(() => {
  const { performance } = window;
  const ROW = "#library [data-clip-id]";
  const longTasks = [];
  const errors = [];
  addEventListener("error", (event) => errors.push(String(event.message)));
  const watch = (type, note) =>
    new PerformanceObserver((list) => list.getEntries().forEach(note)).observe({ type, buffered: true });
  watch("longtask", ({ startTime, duration }) => longTasks.push({ end: startTime + duration, duration }));

  const frame = () => new Promise(requestAnimationFrame);
  const pause = (ms) => new Promise((done) => setTimeout(done, ms));
  const turn = () =>
    new Promise((done) => {
      const channel = new MessageChannel();
      channel.port1.onmessage = done;
      channel.port2.postMessage(null);
    });
  const painted = async () => {
    await frame();
    await turn();
    return performance.now();
  };
  const report = (seen) =>
    fetch("/results", { method: "POST", body: JSON.stringify({ ...seen, errors: errors.splice(0) }) });
  const marks = (name) => performance.getEntriesByName(name).map((mark) => mark.startTime);
  const until = async (what, ms, look) => {
    const end = performance.now() + ms;
    for (;;) {
      const found = look();
      if (found) return found;
      if (performance.now() > end) throw new Error(`waited in vain until ${what}`);
      await pause(20);
    }
  };
  const longest = (since) => Math.max(0, ...longTasks.filter((task) => task.end > since).map((task) => task.duration));

  // Long tasks are told late; waits until none was running for a while.
  async function rest() {
    await pause(150);
    await until("the page rests", 30000, () => performance.now() - (longTasks.at(-1)?.end ?? 0) > 300);
  }

  // The first frame that has a row of the list.
  let listed;
  const rows = new MutationObserver(async () => {
    if (!document.querySelector(ROW)) return;
    rows.disconnect();
    listed = await painted();
  });
  rows.observe(document, { childList: true, subtree: true });

  // The first frame after each answer.
  const frames = [];
  watch("mark", ({ name, startTime }) => {
    if (name === "search:shown") void painted().then((at) => frames.push({ shown: startTime, at }));
  });

  const box = () => document.querySelector("#search");
  const said = () =>
    [...document.querySelectorAll("[role=status], [role=alert], #crash")].map((e) => e.textContent.trim()).join(" ");
  const told = (step) => (...given) =>
    void step(...given).then(report, (error) => report({ failed: String(error.message ?? error), said: said() }));

  window.bench = {
    arrive: told(async () => {
      await until("the page is ready", 60000, () => marks("app:ready").length);
      await rest();
      performance.clearMarks();
      return { arrived: true };
    }),
    // Called before a file is picked.
    importing: told(async (patience) => {
      const begun = performance.now();
      const end = await until("the import is over", patience, () => marks("import:done")[0]);
      const start = marks("import:start")[0];
      await rest();
      performance.clearMarks();
      return { took: end - start, longest: longest(begun) };
    }),
    listed: told(async () => {
      await until("a row is shown", 60000, () => listed);
      const ready = await until("the page is ready", 60000, () => marks("app:ready")[0]);
      await rest();
      return { listed, fromReady: Math.max(0, listed - ready) };
    }),
    // From top to bottom, a screen for each frame.
    scroll: told(async (count) => {
      await rest();
      scrollTo({ top: 0, behavior: "instant" });
      await painted();
      const begun = performance.now();
      const times = [];
      const root = document.scrollingElement;
      while (root.scrollTop + innerHeight < root.scrollHeight - 1 && times.length < 20000) {
        times.push(await frame());
        scrollBy({ top: innerHeight, behavior: "instant" });
      }
      times.push(await frame(), await frame());
      const gaps = times.slice(1).map((time, at) => time - times[at]);
      await until("the last row is there", 5000, () => document.querySelector(`#library [aria-rowindex="${count}"]`));
      await rest();
      const dropped = gaps.reduce((sum, gap) => sum + Math.max(0, Math.round((gap * 60) / 1000) - 1), 0);
      return { longest: longest(begun), dropped, worst: Math.max(...gaps), frames: gaps.length };
    }),
    // Nothing is looked for, and the keyboard is in the box.
    clear: told(async () => {
      box().focus();
      // An empty box is left alone: the first key shall be the first that the page hears of.
      if (box().value) {
        box().value = "";
        box().dispatchEvent(new Event("input", { bubbles: true }));
      }
      await pause(200);
      performance.clearMarks();
      frames.length = 0;
      return { cleared: true };
    }),
    // After a key: its answer is whole when no more comes of it for a while.
    answered: told(async (quiet, patience) => {
      const typed = await until("a key arrives", 5000, () => marks("search:typed").at(-1));
      const shown = () => marks("search:shown").filter((at) => at >= typed);
      await until("an answer is whole", patience, () => performance.now() - (shown().at(-1) ?? Infinity) > quiet);
      const [first, whole] = [shown()[0], shown().at(-1)];
      const frame = await until("an answer is painted", 5000, () => frames.find((one) => one.shown >= typed));
      performance.clearMarks();
      frames.length = 0;
      return { first: first - typed, whole: whole - typed, painted: frame.at - typed, longest: longest(typed) };
    }),
  };
})();
