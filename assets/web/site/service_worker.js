/* Keeps the site for when there is no network. MIT licence, as the program: see LICENSE.txt.

   The site maker writes VERSION, FILES (what the program is made of, with hashes) and PICTURES (each size's) above this.
   All files of a version are kept together and given from there alone: a page is never half old and half new. A new
   version is taken only with every file as it was made, so not while a server has but some of its files; and it waits
   until every page of the old one is closed, as browsers do by themselves, or until the only one is opened anew: a
   reading in progress is not disturbed. */

const OWN = `grain-site ${self.registration.scope} `; // other sites of this address, in other folders, have caches of theirs
const CACHE = OWN + VERSION;

self.addEventListener("install", (event) => {
  const requests = Object.entries(FILES).map(([file, hash]) => new Request(file, { cache: "no-cache", integrity: `sha256-${hash}` }));
  event.waitUntil(caches.open(CACHE).then((cache) => cache.addAll(requests)));
});

self.addEventListener("activate", (event) => {
  event.waitUntil(caches.keys().then((names) =>
    Promise.all(names.filter((name) => name.startsWith(OWN) && name !== CACHE).map((name) => caches.delete(name))))
    .then(() => self.clients.claim())); // the page of the first visit too goes on without a network
});

self.addEventListener("fetch", (event) => {
  const { request } = event;
  if (request.method === "GET" && isOurs(request.url)) event.respondWith(kept(request));
});

/* Whether a file is of this site. Another site may lie in a folder below it. */
function isOurs(url) {
  if (!url.startsWith(self.registration.scope)) return false;
  const file = url.slice(self.registration.scope.length).split(/[?#]/)[0];
  return Object.hasOwn(FILES, file || "./") || file.startsWith("pictures/");
}

async function kept(request) {
  const cache = await caches.open(CACHE);
  const found = await cache.match(request, { ignoreSearch: true });
  if (found) return found;
  const response = await fetch(request);
  if (response.status === 200) await cache.put(request, response.clone()).catch(() => {}); // a full disk keeps no more
  return response;
}

/* A page that is read asks for the pictures of its size and the maps, which come one after the other; one that is being
   opened asks for the version that waits. */
self.addEventListener("message", (event) => {
  const { pictures, take } = event.data || {};
  if (PICTURES[pictures]) event.waitUntil(fetchAhead([...PICTURES[pictures], ...PICTURES.maps]));
  if (take) event.waitUntil(takeOver(event.ports[0]));
});

async function takeOver(answer) {
  let alone = await onePage();
  for (let again = 0; again < LOOKS && !alone; again += 1) {
    await new Promise((done) => setTimeout(done, MOMENT));
    alone = await onePage();
  }
  answer.postMessage(alone);
  if (alone) await self.skipWaiting();
}

const LOOKS = 5, MOMENT = 200; // ms: a page that was just closed, or loaded anew, may be counted a moment longer

async function onePage() {
  const pages = await self.clients.matchAll({ includeUncontrolled: true, type: "window" });
  return pages.filter((page) => page.url.startsWith(self.registration.scope)).length === 1;
}

async function fetchAhead(files) {
  const cache = await caches.open(CACHE);
  for (const file of files) {
    try {
      if (!(await cache.match(file))) await cache.add(file);
    } catch {
      return; // no network, or a full disk: the rest comes when it is looked at
    }
  }
}
