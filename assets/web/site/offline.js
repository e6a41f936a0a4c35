/* The site without a network, and its new versions: the page's side of service_worker.js. MIT licence, as the program:
   see LICENSE.txt. */
import { oneFile } from "./files.js";

const LONGEST = 3000; // ms for the answer of a new version's service worker: without one the old version goes on

/* From the second visit on no network is needed; where a browser keeps nothing, each visit needs one. `size` names the
   pictures that are fetched ahead. */
export async function keepForOffline(size) {
  if (oneFile || !navigator.serviceWorker) return;
  try {
    await navigator.serviceWorker.register("service_worker.js");
    const { active } = await navigator.serviceWorker.ready;
    if (!navigator.connection?.saveData) active.postMessage({ pictures: size });
  } catch { /* a private window */ }
}

/* Whether a new version that waits is taken now, before anything of the old one runs: where no other page of the site is
   open. Then the page is loaded anew. Else somebody whose one tab is never closed would never have it. */
export async function takeNewVersion() {
  const workers = navigator.serviceWorker;
  if (oneFile || !workers?.controller) return false;
  try {
    const registration = await workers.getRegistration();
    if (registration?.scope !== new URL(".", window.location.href).href || !registration.waiting) return false;
    const { port1, port2 } = new MessageChannel();
    const alone = new Promise((done) => {
      port1.onmessage = ({ data }) => done(data);
      setTimeout(done, LONGEST, false);
    });
    workers.addEventListener("controllerchange", () => window.location.reload());
    registration.waiting.postMessage({ take: true }, [port2]);
    const taken = await alone;
    if (taken) setTimeout(() => window.location.reload(), LONGEST); // where nobody says that it was taken
    return taken;
  } catch {
    return false;
  }
}
