// Has the app kept in the browser, so that it starts without a network, and says when another build
// waits. Where a browser has no service workers, or refuses them, the page is the same but for that.

const HOUR_MS = 3_600_000;

const container = navigator.serviceWorker;
let registration;
let asked = false;

// Called when the page is at rest; `tell` when a new build waits.
export async function keep(address, tell) {
  try {
    registration = await container.register(address, { updateViaCache: "none" });
  } catch {
    return;
  }
  const waits = () => registration.waiting && container.controller && tell();
  waits();
  registration.addEventListener("updatefound", () => {
    registration.installing?.addEventListener("statechange", waits);
  });
  container.addEventListener("controllerchange", () => asked && location.reload());
  let looked = Date.now();
  document.addEventListener("visibilitychange", () => {
    if (document.hidden || Date.now() - looked < HOUR_MS) return;
    looked = Date.now();
    registration.update().catch(() => {});
  });
}

// Lets the build that waits take over, and loads the page anew with it.
export function update() {
  asked = true;
  if (registration?.waiting) registration.waiting.postMessage("take over");
  else location.reload();
}
