/* What this browser keeps of a reading: files by name in IndexedDB, as a desktop keeps them in a folder. MIT licence, as
   the program: see LICENSE.txt.

   `known` is what is there as far as this page has read or written it. A write is one transaction: only where that is
   still so is something else put there. Other pages of this browser are told of each write. */

const FILES = "files";
const LONGEST = 10000; // ms in which a storage answers; a browser's may wait for ever for another page, or for its disk

export class Store {
  /* Opens the store; where the browser keeps nothing (a private window), each write is refused with `trouble`. `words`
     says why where the storage does not answer, or is deleted. */
  static async open(name, changed, words) {
    const store = new Store();
    store.words = words;
    try {
      store.db = await store.#answer(opened(name));
      for (const [key, text] of await store.#answer(everything(store.db))) store.known.set(key, text);
      store.db.onversionchange = store.db.onclose = () => store.#deleted();
      store.channel = new BroadcastChannel(name);
      store.channel.onmessage = ({ data }) => {
        store.learn(data.name, data.text);
        changed(data.name, data.text);
      };
    } catch (error) {
      store.db = null;
      store.trouble = reason(error);
    }
    return store;
  }

  known = new Map();
  db = null;
  channel = null;
  trouble = "";
  queue = Promise.resolve();

  /* What a storage's promise gives, if it comes in time. */
  #answer(promise) {
    let timer;
    const late = new Promise((_, reject) => {
      timer = setTimeout(() => reject(new Error(this.words("web.store.silent"))), LONGEST);
    });
    return Promise.race([promise, late]).finally(() => clearTimeout(timer));
  }

  #deleted() {
    this.db?.close();
    this.db = null;
    this.trouble = this.words("web.store.gone");
  }

  get files() {
    return Object.fromEntries(this.known);
  }

  learn(name, text) {
    if (text === null) this.known.delete(name);
    else this.known.set(name, text);
  }

  /* Write a text, or delete it (null); what became of that, as the message for the worker. One after the other. */
  write(number, name, text) {
    const done = this.queue.then(() => this.#write(number, name, text));
    this.queue = done.catch(() => {});
    return done;
  }

  async #write(number, name, text) {
    if (!this.db) return { do: "refused", number, why: this.trouble };
    try {
      const there = await this.#answer(exchange(this.db, name, this.known.get(name) ?? null, text));
      if (there !== undefined) {
        this.learn(name, there);
        return { do: "conflict", number, name, text: there };
      }
    } catch (error) {
      return { do: "refused", number, why: reason(error) };
    }
    this.learn(name, text);
    this.channel?.postMessage({ name, text });
    return { do: "stored", number };
  }
}

const reason = (error) => (error && (error.name === "QuotaExceededError" ? "QuotaExceededError" : error.message || error.name)) || "";

function opened(name) {
  return new Promise((resolve, reject) => {
    const request = indexedDB.open(name, 1);
    request.onupgradeneeded = () => request.result.createObjectStore(FILES);
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error);
  });
}

function everything(db) {
  return new Promise((resolve, reject) => {
    const found = [];
    const cursor = db.transaction(FILES).objectStore(FILES).openCursor();
    cursor.onerror = () => reject(cursor.error);
    cursor.onsuccess = () => {
      if (!cursor.result) return resolve(found);
      if (typeof cursor.result.value === "string") found.push([cursor.result.key, cursor.result.value]);
      return cursor.result.continue();
    };
  });
}

/* Put a text there if `known` is there now; else what is there (null: nothing). Nothing is returned where it was put. */
function exchange(db, name, known, text) {
  return new Promise((resolve, reject) => {
    const transaction = db.transaction(FILES, "readwrite", { durability: "strict" });
    const files = transaction.objectStore(FILES);
    let other;
    const now = files.get(name);
    now.onsuccess = () => {
      const there = now.result ?? null;
      if (there !== known && there !== text) other = there;
      else if (text === null) files.delete(name);
      else files.put(text, name);
    };
    transaction.oncomplete = () => resolve(other);
    transaction.onerror = transaction.onabort = () => reject(transaction.error || now.error);
  });
}
