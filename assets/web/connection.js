/* The connection of a phone to its class: requests, and for a seat a socket, or polling where no socket can be had. A lost
   one is tried again. MIT licence, as the program: see LICENSE. */

const QUICKEST = 500, SLOWEST = 4000; // ms between two tries to connect
const POLL = 2000; // ms between two polls
export const PATIENCE = 4000; // ms to wait for a socket's first word, and for the answer to a vote
const SOCKET_AGAIN = 30000; // ms until a phone that polls tries a socket again
const COME_BACK = 1012; // a relay's close code: the class has moved, connect again
const FORGOTTEN = 12; // polls of a room unknown to its relay, after which the class is over
const STALE = 10000; // ms in a pocket after which a socket is no longer trusted
const AWAY = ["away", "store-lost", "unknown-room", "too-slow"]; // a relay is there, and the class is not

const room = (location.pathname.match(/^\/\w{8}$/) || [""])[0]; // of a relay; a class's own codes have four letters

/* Whether the class is reached through a relay. */
export const isRelayed = Boolean(room);


// Requests. Each throws where the class cannot be reached.

/* What the page needs before anybody joins: title, language, words, doors, the class. */
export async function fetchHello() {
  const hello = await request("/hello");
  if (!hello.words) throw new Error(hello.refused);
  return hello;
}

/* Whether the same class is at another address, too. */
export async function isAlsoAt(address, hello) {
  try {
    return (await fetchJson(`${address}/hello`, PATIENCE / 2, { credentials: "omit" })).class === hello.class;
  } catch {
    return false; // this phone's network does not lead there
  }
}

/* The class's answer, which may be a refusal. */
export async function post(path, body) {
  const headers = { "Content-Type": "application/json" };
  const answer = await request(path, { method: "POST", headers, body: JSON.stringify(body) });
  if (AWAY.includes(answer.refused)) throw new Error(answer.refused);
  return answer;
}

const request = (path, options) => fetchJson(room + path, 2 * PATIENCE, options);

async function fetchJson(address, ms, options) {
  const abort = new AbortController();
  const timer = setTimeout(() => abort.abort(), ms);
  try {
    const { signal } = abort;
    return await (await fetch(address, { cache: "no-store", credentials: "same-origin", signal, ...options })).json();
  } finally {
    clearTimeout(timer);
  }
}


// A seat's connection

/* ms until the next try after so many failures: longer each time, and by chance. */
export const retryDelay = (failed) =>
  QUICKEST + Math.random() * (Math.min(SLOWEST, QUICKEST * 2 ** (failed + 1)) - QUICKEST);

export class Connection {
  /* `onMessage(data, last)` is given what the class says; `last`: no vote is still to be answered. `onLost()` is called
     when it is out of reach. `version()` is that of the phone's page. */
  constructor({ onMessage, onLost, version }) {
    this._onMessage = onMessage;
    this._onLost = onLost;
    this._version = version;
    this._seat = null; // {token, language}, while there is one to connect
    this._socket = null; // once the class said something on it
    this._polls = false; // and was answered
    this._posting = false; // one vote at a time, so that the last one pressed is the last one sent
    this._unopened = 0; // sockets, one after the other, on which the class said nothing
    this._unknown = 0; // polls of an unknown room, one after the other
    this._hurried = false;
    this._wake = () => {};
    this._hiddenAt = 0;
    this._watchDevice();
  }

  /* Whether a vote is on its way: then a page may be from before it. */
  get awaitsAnswer() {
    return this._socket ? this._socket.unanswered > 0 : this._posting;
  }

  /* Connect a seat, until `stop` or the next `start`. */
  async start({ token, language }) {
    const seat = this._seat = { token, language };
    let failed = 0, socketAt = 0;
    while (this._seat === seat) {
      const polling = this._unopened >= 2 && Date.now() < socketAt;
      const { answered, called = false } = polling ? { answered: await this._poll(seat) } : await this._listen(seat);
      if (this._seat !== seat) return;
      failed = answered || called ? 0 : failed + 1;
      if (!polling) {
        this._unopened = answered || called ? 0 : this._unopened + 1;
        socketAt = Date.now() + SOCKET_AGAIN;
      }
      this._polls = polling && answered;
      if (!this._polls && !this._hurried && (polling || answered || failed > 2)) this._onLost();
      if (polling || this._unopened < 2) await this.pause(this._polls ? POLL : retryDelay(failed));
    }
  }

  stop() {
    this._seat = null;
    this.dropSocket(); // a relay leaves it open
  }

  /* Try at once, with a new socket. */
  hurry() {
    this._unopened = 0;
    if (this._socket) {
      this._hurried = true;
      this.dropSocket();
    } else this._wake();
  }

  /* Wait so many ms, or until there is reason to hurry. */
  pause(ms) {
    if (this._hurried) {
      this._hurried = false;
      return Promise.resolve();
    }
    return new Promise((done) => {
      const timer = setTimeout(done, ms);
      this._wake = () => { clearTimeout(timer); done(); };
    });
  }

  /* Send a vote, {vote, round}, if that is possible now. The answer is a message. */
  send(vote) {
    if (this._socket) {
      this._socket.send(JSON.stringify(vote));
      this._socket.unanswered += 1;
    } else if (this._polls && !this._posting) {
      const seat = this._seat;
      this._posting = true;
      post("/vote", { token: seat.token, ...vote }).then((answer) => {
        this._posting = false;
        this._receive(seat, answer, true);
      }, () => { this._posting = false; });
    }
  }

  /* Try another socket than the one that is open. */
  dropSocket() {
    if (this._socket) this._socket.end();
  }

  /* Use one socket as long as it lasts. Gives whether the class said anything, and whether a relay then called back. */
  _listen(seat) {
    return new Promise((done) => {
      let answered = false, socket = null;
      const end = ({ code } = {}) => {
        clearTimeout(late);
        if (this._socket === socket) this._socket = null;
        if (socket) socket.onclose = socket.onerror = socket.onmessage = null;
        if (socket) socket.close();
        done({ answered, called: code === COME_BACK });
      };
      const late = setTimeout(end, PATIENCE);
      try {
        socket = new WebSocket(`${location.protocol === "https:" ? "wss" : "ws"}://${location.host}${room}/socket`);
      } catch {
        end();
        return;
      }
      socket.end = end;
      socket.unanswered = 0;
      socket.onopen = () => socket.send(JSON.stringify(seat));
      socket.onmessage = (event) => {
        clearTimeout(late);
        answered = true;
        this._socket = socket;
        const data = JSON.parse(event.data);
        if (data.voted !== undefined || data.refused) socket.unanswered -= 1;
        this._receive(seat, data, socket.unanswered === 0);
      };
      socket.onerror = socket.onclose = end;
    });
  }

  async _poll(seat) {
    try {
      const answer = await post("/poll", { ...seat, version: this._version() });
      this._polls = true;
      this._unknown = 0;
      this._receive(seat, answer, true);
      return true;
    } catch (error) {
      this._unknown = error.message === "unknown-room" ? this._unknown + 1 : 0;
      if (this._unknown > FORGOTTEN) this._receive(seat, { over: true });
      return false;
    }
  }

  /* Drop what comes for a seat that was left. */
  _receive(seat, data, last) {
    if (this._seat === seat) this._onMessage(data, last);
  }

  /* The network comes and goes; the page was out of sight. */
  _watchDevice() {
    window.addEventListener("online", () => this.hurry());
    window.addEventListener("offline", () => {
      this.dropSocket();
      if (this._seat) this._onLost();
    });
    document.addEventListener("visibilitychange", () => {
      if (document.hidden) this._hiddenAt = Date.now();
      else if (!this._socket || Date.now() - this._hiddenAt >= STALE) this.hurry();
    });
  }
}
