/* The game inside a learning platform, by SCORM 1.2. The platform is told that a reading was finished, and nothing else,
   unless the teacher asked for the choices too. It also keeps the reading under way, so that each learner and each attempt
   has its own, in any browser: this browser keeps nothing, because the next learner may use it. MIT licence, as the
   program: see LICENSE.txt. */

const DEPTH = 20; // frames up which the platform is looked for
const KEPT = ["current.json", "settings.json"]; // the files that the platform keeps; others last until the page is closed
const ROOM = 4096; // characters of cmi.suspend_data; the shipped story's longest readings take some 3,000
const FORMAT = "1:"; // begins what is kept

export class Platform {
  constructor(reportsChoices) {
    this.reportsChoices = reportsChoices;
    this.api = found(window) || (window.opener && found(window.opener)) || null;
    this.open = Boolean(this.api) && this.api.LMSInitialize("") !== "false";
    if (!this.open) return;
    const status = this.api.LMSGetValue("cmi.core.lesson_status");
    if (status === "not attempted" || status === "") this.set("cmi.core.lesson_status", "incomplete");
    this.set("cmi.core.exit", "suspend"); // without it a platform need not keep anything of this attempt
    window.addEventListener("pagehide", () => this.close());
  }

  /* Whether the platform took a value. */
  set(name, value) {
    return this.open && String(this.api.LMSSetValue(name, value)) !== "false";
  }

  /* Have it store what it took; whether it did. */
  commit() {
    return this.open && String(this.api.LMSCommit("")) !== "false";
  }

  finished() {
    this.set("cmi.core.lesson_status", "completed");
    this.commit();
  }

  /* The files that it keeps of this learner's attempt, with their texts by name; none of an attempt that begins now. */
  async files() {
    if (!this.open || this.api.LMSGetValue("cmi.core.entry") === "ab-initio") return {};
    try {
      return await unpacked(this.api.LMSGetValue("cmi.suspend_data"));
    } catch {
      return {}; // nothing, or what another program left there
    }
  }

  chose(page, choice) {
    if (!this.open || !this.reportsChoices) return;
    const at = `cmi.interactions.${this.api.LMSGetValue("cmi.interactions._count") || 0}`;
    this.set(`${at}.id`, page.replace(/\W/g, "_"));
    this.set(`${at}.type`, "fill-in");
    this.set(`${at}.student_response`, choice);
    this.commit();
  }

  close() {
    if (!this.open) return;
    this.commit();
    this.api.LMSFinish("");
    this.open = false;
  }
}

/* What stands in the place of the browser's store (store.js) inside a platform. `words` says why something is not kept. */
export class PlatformStore {
  static async open(platform, words) {
    const store = new PlatformStore();
    return Object.assign(store, { platform, words, files: await platform.files() });
  }

  queue = Promise.resolve();

  /* Write a text, or delete it (null); what became of that, as the message for the worker. One after the other. */
  write(number, name, text) {
    this.queue = this.queue.then(() => this.#trouble(name, text)).catch((error) => error.message || error.name);
    return this.queue.then((why) => (why ? { do: "refused", number, why } : { do: "stored", number }));
  }

  /* Why a text could not be kept; "" where it was. */
  async #trouble(name, text) {
    if (name.startsWith("slot-")) return this.words("web.platform.slots");
    if (!KEPT.includes(name)) return "";
    if (text === null) delete this.files[name];
    else this.files[name] = text;
    const whole = await packed(this.files);
    if (whole.length > ROOM) return this.words("web.platform.room");
    return this.platform.set("cmi.suspend_data", whole) && this.platform.commit() ? "" : this.words("web.platform.none");
  }
}

async function packed(files) {
  const bytes = await through(new CompressionStream("deflate-raw"), JSON.stringify(files));
  return FORMAT + btoa(Array.from(bytes, (byte) => String.fromCharCode(byte)).join(""));
}

async function unpacked(text) {
  if (!text.startsWith(FORMAT)) return {};
  const bytes = Uint8Array.from(atob(text.slice(FORMAT.length)), (letter) => letter.charCodeAt(0));
  return JSON.parse(new TextDecoder().decode(await through(new DecompressionStream("deflate-raw"), bytes)));
}

const through = async (stream, content) =>
  new Uint8Array(await new Response(new Blob([content]).stream().pipeThrough(stream)).arrayBuffer());

/* The platform's own object, in this window or in one around it. */
function found(start) {
  for (let here = start, depth = 0; depth < DEPTH; depth++) {
    try {
      if (here.API) return here.API;
    } catch {
      return null; // another site's window
    }
    if (here.parent === here) return null;
    here = here.parent;
  }
  return null;
}
