/* Where the site's files are: beside the page, or within it where the whole site is one file. MIT licence, as the
   program: see LICENSE.txt. */

const within = (name) => document.querySelector(`script[data-file="${name}"]`);

/* Whether the page has all files in itself. */
export const oneFile = Boolean(document.querySelector("script[data-file]"));

/* The address of a picture. */
export const address = (name) => (oneFile ? `data:image/webp;base64,${within(name)?.textContent || ""}` : name);

/* A file as a Blob. It is in base 64 within the page, and some are packed too. */
export async function blob(name) {
  if (!oneFile) {
    const response = await fetch(name);
    if (!response.ok) throw new Error(`${name}: ${response.status}`);
    return response.blob();
  }
  const element = within(name);
  if (!element) throw new Error(`${name}: 404`);
  const file = new Blob([Uint8Array.from(atob(element.textContent), (letter) => letter.charCodeAt(0))]);
  if (!element.hasAttribute("data-packed")) return file;
  return new Response(file.stream().pipeThrough(new DecompressionStream("gzip"))).blob();
}

/* The worker, with the files that it would fetch. */
export async function startWorker() {
  if (!oneFile) return new Worker("app/worker.js", { type: "module" });
  const script = new Blob([await blob("app/worker.js")], { type: "text/javascript" });
  const names = [...document.querySelectorAll("script[data-worker]")].map((element) => element.dataset.file);
  const files = await Promise.all(names.map(async (name) => [name.split("/").pop(), await (await blob(name)).arrayBuffer()]));
  const worker = new Worker(URL.createObjectURL(script));
  worker.postMessage({ do: "files", files: Object.fromEntries(files) }, files.map(([, bytes]) => bytes));
  return worker;
}
