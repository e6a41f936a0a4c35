/* The worker of the game in a browser: boots Python, and passes messages between its session and the page. MIT licence,
   as the program: see LICENSE.txt. */
import { loadPyodide } from "../runtime/pyodide.js";

const ALONE = import.meta.url.startsWith("blob:"); // the site is one file: the page has all others, and gives them
const BASE = ALONE ? "file:///" : new URL("../", import.meta.url).href;
let session = null;
const waiting = []; // messages of the page from before the session
let give = null;
const given = new Promise((done) => { give = done; });

/* Each file's bytes are counted as they come, so that the page can say how far it is. */
const fetched = self.fetch.bind(self);
const fetchAsEver = ALONE ? async (name) => new Response((await given)[lastPart(name)]) : fetched;
const lastPart = (name) => String(name.url || name).split("/").pop();
let loaded = 0;
self.fetch = async (...request) => {
  const response = await fetchAsEver(...request);
  if (!response.ok || !response.body) return response;
  const counting = new TransformStream({
    transform(chunk, controller) {
      loaded += chunk.byteLength;
      post({ do: "loaded", bytes: loaded });
      controller.enqueue(chunk);
    },
  });
  const type = String(request[0].url || request[0]).endsWith(".wasm") ? "application/wasm" : response.headers.get("content-type") || "";
  return new Response(response.body.pipeThrough(counting), { status: response.status, headers: { "content-type": type } });
};

const post = (message) => self.postMessage(message);
const machine = import("../runtime/pyodide.asm.js");

/* Where its WebAssembly cannot be had (a school's filter, an old browser), Pyodide only warns, and waits for ever: then
   this is rejected. What else goes wrong at its start without anybody asking is rejected here too. */
const broken = new Promise((_, reject) => {
  const { instantiateStreaming } = self.WebAssembly || {};
  if (!instantiateStreaming) reject(new Error("WebAssembly"));
  else WebAssembly.instantiateStreaming = (...given) => {
    const made = instantiateStreaming.apply(WebAssembly, given);
    made.catch(reject);
    return made;
  };
  self.addEventListener("unhandledrejection", ({ reason }) => reject(reason));
});

async function boot() {
  const core = self.fetch(`${BASE}core.zip`).then((response) => {
    if (!response.ok) throw new Error(`core.zip: ${response.status}`);
    return response.arrayBuffer();
  });
  const createPyodideModule = async (settings) => (await machine).default(settings);
  const loading = loadPyodide({ indexURL: `${BASE}runtime/`, checkAPIVersion: false, createPyodideModule });
  const python = await Promise.race([loading, broken]);
  python.unpackArchive(await core, "zip", { extractDir: "/core" });
  python.runPython("import sys; sys.path.insert(0, '/core')");
  return python.pyimport("game.web.worker");
}

const booted = boot();

self.onmessage = async ({ data }) => {
  if (data.do === "files") give(data.files);
  else if (data.do === "first") {
    try {
      const module = await booted;
      session = module.Worker("/core/site", JSON.stringify(data), (text) => post(JSON.parse(text)));
      for (const message of waiting.splice(0)) take(message);
    } catch (error) {
      fail(error);
    }
  } else if (session) take(data);
  else waiting.push(data);
};

function take(message) {
  try {
    session.handle(JSON.stringify(message));
  } catch (error) {
    fail(error);
  }
}

/* The last line of an error says what is wrong; those above it say where. */
function fail(error) {
  post({ do: "failed", why: String(error && error.message || error).split("\n").filter(Boolean).pop() || "" });
}

booted.catch(fail);
