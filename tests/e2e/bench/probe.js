// Put into every page before its own scripts. It hands files to the page as a person would, watches
// the page from outside, and posts what it saw to the host, so that nothing asks the page meanwhile.
(() => {
  const { performance } = window;
  const longTasks = [];
  const errors = [];
  addEventListener("error", (event) => errors.push(String(event.message)));
  const watch = (type, note) =>
    new PerformanceObserver((list) => list.getEntries().forEach(note)).observe({ type, buffered: true });
  watch("longtask", ({ startTime, duration }) => longTasks.push({ startTime, end: startTime + duration, duration }));

  const frame = () => new Promise(requestAnimationFrame);
  const pause = (ms) => new Promise((done) => setTimeout(done, ms));
  const report = (seen) =>
    fetch("/results", { method: "POST", body: JSON.stringify({ ...seen, errors: errors.splice(0) }) });
  const until = async (ms, look) => {
    const end = performance.now() + ms;
    for (;;) {
      const found = look();
      if (found || performance.now() > end) return found;
      await pause(5);
    }
  };

  // Whether one of the first, or of the last, pieces of text in an element has those words.
  function holds(selector, words, fromEnd) {
    const element = document.querySelector(selector);
    if (!element) return false;
    const walker = document.createTreeWalker(element, NodeFilter.SHOW_TEXT);
    if (fromEnd) while (walker.lastChild());
    let text = walker.currentNode;
    for (let left = 300; text && left > 0; left--) {
      if (text.nodeType === Node.TEXT_NODE && text.data.includes(words)) return true;
      text = fromEnd ? walker.previousNode() : walker.nextNode();
    }
    return false;
  }

  const texts = (selector) =>
    [...document.querySelectorAll(selector)].map((element) => element.textContent.trim()).join(" ").trim();

  // Milliseconds from `start` to the frame after the one that has the words; fails after `patience`,
  // or when the page has said meanwhile that something is wrong.
  async function shown(start, patience, selector, words, fromEnd) {
    const before = texts("[role=alert]");
    const complains = () => ![before, ""].includes(texts("[role=alert]"));
    do {
      await frame();
      const waited = performance.now() - start;
      if (waited > patience) throw new Error(`“${words}” was not shown in ${patience / 1000} s`);
      if (waited > 5000 && !fromEnd && complains()) throw new Error("it was not opened");
    } while (!holds(selector, words, fromEnd));
    await frame();
    return performance.now() - start;
  }

  // Long tasks are told late; waits until none was running for a while.
  async function rest() {
    await pause(150);
    await until(5000, () => performance.now() - (longTasks.at(-1)?.end ?? 0) > 300);
  }

  async function fetched(name) {
    const response = await fetch(`/inputs/${name}`);
    if (!response.ok) throw new Error(`/inputs/${name} answered ${response.status}`);
    return new File([await response.arrayBuffer()], name, { type: "text/markdown" });
  }

  async function open(page, file, clip) {
    const input = document.querySelector(page.input);
    const transfer = new DataTransfer();
    transfer.items.add(file);
    await frame();
    await pause(0);
    performance.clearMarks();
    const start = performance.now();
    input.files = transfer.files;
    for (const kind of ["input", "change"]) input.dispatchEvent(new Event(kind, { bubbles: true }));
    const [first, all] = await Promise.all([
      shown(start, clip.patience, page.body, clip.first, false),
      shown(start, clip.patience, page.body, clip.last, true),
    ]);
    await rest();
    const tasks = longTasks.filter((task) => task.end > start);
    const marks = performance.getEntriesByType("mark").map((mark) => [mark.name, mark.startTime - start]);
    return { first, all, longest: Math.max(0, ...tasks.map((task) => task.duration)), marks: Object.fromEntries(marks) };
  }

  // What the page says of itself, for when something goes wrong; without the crosses of its buttons.
  const said = () => texts("[role=status], [role=alert], #crash").replaceAll("×", "");
  const told = (step) => (...given) =>
    void step(...given).then(report, (error) => report({ failed: String(error.message ?? error), said: said() }));

  let file;
  window.bench = {
    // Waits until the page can take a file, and fetches the one that it will get.
    arrive: told(async (page, name) => {
      const mark = await until(60000, () => performance.getEntriesByName(page.mark)[0]);
      if (!mark) throw new Error("the page did not get ready");
      const loaded = await until(60000, () => performance.getEntriesByType("navigation")[0].loadEventEnd);
      const paint = await until(3000, () => performance.getEntriesByName("first-contentful-paint")[0]);
      await report({ arrived: true, ready: page.ready === "mark" ? mark.startTime : loaded, paint: paint?.startTime });
      file = await fetched(name);
      await rest();
      return { fetched: true };
    }),
    open: told((page, clip) => open(page, file, clip)),
    // Another clip, then the first one again.
    again: told(async (page, clip, between) => {
      await open(page, await fetched(between.file), between);
      await pause(100);
      return open(page, file, clip);
    }),
  };
})();
