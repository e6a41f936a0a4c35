/* The phones' page of The Weight of Grain. MIT licence, as the program: see LICENSE.

   It draws the tree that the class sends for this seat, and sends its votes. Every text is set as text, never as markup.
   What a seat is known by stays in this tab, and in a cookie of this one class, which ends by itself; no script reads it. */

import { fit, kids, make, marked, patchChildren, quoted, renderer, section, spoken, title, write } from "./renderer.js";

const QUICKEST = 500, SLOWEST = 4000; // ms between two tries to connect
const POLL = 2000; // ms between two polls
const PATIENCE = 4000; // ms that a socket may take to say something, and a vote to be acknowledged
const SOCKET_AGAIN = 30000; // ms after which somebody who polls tries a socket once more
const STALE = 10000; // ms in a pocket after which a socket is not trusted any more

const main = document.getElementById("main");
const bar = document.getElementById("bar");
const down = Object.assign(document.createElement("button"), { id: "down", type: "button" });

let told = null; // what /hello says: title, language, words, doors
let seat = null; // {token, code, class, welcome, read, wait}, once joined
let leftClass = {}; // the seat of another class that was here before
let number = 0; // of the seat, as the teacher sees it
let tree = null, version = 0, round = 0; // the page as it was last sent
let mine = null; // {vote, round, sure}: what was pressed here, until a page has it
let shown = ""; // what is drawn: a form, the note, or one page
let joining = false, refused = "", trouble = "", notice = "";
const opened = new Set(); // the words and people whose explanation stands open, and the lists of sources and people

const base = (location.pathname.match(/^\/\w{8}$/) || [""])[0]; // of a relay's room; a class's own codes have four letters
const AWAY = ["away", "store-lost", "unknown-room", "too-slow"]; // a relay is there, and the class is not

const say = (key) => told.words["phone." + key] || key;


// What is kept: in this tab, or where that is forbidden, until it is loaded again

function kept() {
  try {
    return JSON.parse(sessionStorage.getItem("seat"));
  } catch {
    return null;
  }
}

function keep(value) {
  seat = value;
  try {
    if (seat) sessionStorage.setItem("seat", JSON.stringify(seat));
    else sessionStorage.removeItem("seat");
  } catch { /* then it holds until the page is loaded again */ }
}

/* The seat that this browser has in the class that is here now, from another tab or before it was closed; null: none.
   Throws where the class cannot be reached. */
async function seatInBrowser() {
  const found = await post("/seat", {});
  return found.token ? { ...seatOf(found), read: true } : asideOf(told.class);
}

const seatOf = ({ token, code, welcome, wait, class: held }) => ({ token, code, class: held, began: told.began, welcome, wait });

/* A seat of a class that is not here now, for a browser that keeps no cookie. */
function setAside(left) {
  try {
    sessionStorage.setItem(`seat:${left.class}`, JSON.stringify(left));
  } catch { /* then it is lost with the class that was met */ }
}

function asideOf(held) {
  try {
    const found = JSON.parse(sessionStorage.getItem(`seat:${held}`));
    sessionStorage.removeItem(`seat:${held}`);
    return found;
  } catch {
    return null;
  }
}


// A tree as elements

const elements = renderer({
  image: (node) => make("p", { class: "unseen" }, `${say("picture")} `, spoken(node.label)),
  button: (node) => make("button", { type: "button", class: node.style, id: node.id, "data-do": node.action.verb }, node.label),
  list: (node) => section(node, make("ol", {}, kids(node).map(choice))),
  paragraph,
  "group.tally": (node) => section(node, make("ol", {}, kids(node).map((row) => count(row, node.level)))),
  "#people": (node) => folded(node, make("dl", {}, kids(node).map(explained))),
  "group.words": (node) => section(node, make("dl", {}, kids(node).map(explained))),
  "#telling": (node) => (leftOut() ? section(node, kids(node).slice(1).map(elements)) : elements(kids(node)[0])),
  "group.rests": (node) => folded(node, kids(node).map(elements)),
});

/* What would make the page longer, and what it rests on: one line, which opens the rest. */
function folded(node, content) {
  const open = opened.has(node.id);
  const attributes = { type: "button", id: node.id, "data-do": "open", "aria-expanded": String(open) };
  return make("section", { class: `${node.style} folded` },
    make("button", { ...attributes, "aria-controls": open && `${node.id}-list` }, spoken(node.label)),
    open && make("div", { id: `${node.id}-list` }, content));
}

function paragraph(node) {
  if (node.style === "fact") {
    const { id, style, value } = node;
    return make("p", { id, class: style }, spoken(node.label), value && make("small", {}, spoken(value)));
  }
  const links = kids(node);
  if (!links.length) return quoted(node, node.spans ? marked(node, spoken) : spoken(node.label));
  const glosses = links.filter((link) => opened.has(link.id)).map((link) => {
    const card = explanation(link.action);
    return make("p", { class: "gloss", id: `${link.id}-gloss` }, make("b", {}, spoken(card.value)), " ", spoken(card.label));
  });
  return make("div", {}, quoted(node, marked(node, mark)), glosses);
}

/* A term, and a person, can be opened where they stand. */
function mark(text, link, { kind }) {
  const open = opened.has(link.id);
  const attributes = { type: "button", class: `term ${kind}`, id: link.id, "data-do": "open", "aria-expanded": String(open) };
  return make("button", { ...attributes, "aria-controls": open && `${link.id}-gloss` }, spoken(text));
}

/* Whether a hard chapter is told here in a few words, as this pupil asked: that is kept in this tab, and sent to nobody. */
const telling = () => kids(tree).find((node) => node.id === "telling");
const leftOut = () => Boolean(telling()) && seat.leftOut === chapterTold();
const chapterTold = () => kids(telling())[0].action.target;

const status = () => kids(tree).find((node) => node.role === "status");
const CARDS = { term: "words", person: "people" }; // what a mark is -> the part of the page that explains it
const explanation = ({ verb, target }) =>
  kids(kids(tree).find((part) => part.id === CARDS[verb])).find((card) => card.id === `${verb}:${target}`);
const explained = (term) => make("div", { id: term.id }, make("dt", {}, spoken(term.value)), make("dd", {}, spoken(term.label)));

function choice(node) {
  const pressed = mine && mine.round === round ? node.id === `choice:${mine.vote}` : Boolean(node.chosen);
  const sending = pressed && mine && mine.round === round && !mine.sure;
  const attributes = { type: "button", id: node.id, "data-do": "vote", "aria-pressed": String(pressed) };
  return make("li", {}, make("button", { ...attributes, "aria-disabled": !node.action && "true" },
    make("span", { class: "number" }, String(node.level)), " ", make("span", { class: "say" }, spoken(node.label)), " ",
    node.value && make("span", { class: "reason" }, spoken(node.value)), node.value && " ",
    pressed && make("span", { class: "mark" }, say(sending ? "sending" : "mine"))));
}

function count(row, all) {
  return make("li", { id: row.id, class: row.chosen && "mine" },
    make("p", { class: "say" }, spoken(row.label)),
    make("p", { class: "votes" }, row.value, " ", row.chosen && make("span", { class: "mark" }, say("mine"))),
    make("div", { class: "whole" }, make("div", { class: "part", "data-part": all ? (row.level || 0) / all : 0 })));
}

/* A page: what is read, what is chosen, and the words of the time; of a chapter that is left out, what is told of it. The
   title has its Chinese beside it. */
function page() {
  const shown = (node) => (leftOut() ? TOLD.includes(node.role) || node.id === "telling" : node.role !== "status");
  const parts = kids(tree).filter(shown);
  const voting = parts.findIndex((node) => node.id === "choices" || node.id === "tally");
  const words = parts.findIndex((node) => Object.values(CARDS).includes(node.id));
  const end = [voting, words, parts.length].find((at) => at >= 0);
  const reading = parts.slice(0, end).map(elements);
  const date = parts.find((node) => node.role === "date");
  const heading = reading.find((element) => element && element.nodeName === "H1");
  if (date && date.value && heading) heading.append(" ", make("span", { class: "hanzi" }, spoken(date.value)));
  return [make("article", {}, reading), ...parts.slice(end).map(elements), seatNumber()];
}

const TOLD = ["date", "heading"]; // what stands over a chapter in a few words, too

const seatNumber = () => number > 0 && make("p", { class: "small", id: "seat" }, say("seat").replace("{n}", number));

/* Why the code is asked for; where another class is here than the one before, which of them is which. */
const why = () => say(refused).replace("{met}", told.began || "?").replace("{left}", leftClass.began || "?");

/* Joined, but not let in yet: the class is full, or its teacher locked it. */
const waiting = () => [title(1, told.title), make("p", { id: "wait" }, say("wait"))];

function form() {
  const code = make("input", {
    id: "code", name: "code", type: "text", value: codeInPath(), autocomplete: "off", autocapitalize: "characters",
    autocorrect: "off", spellcheck: "false", enterkeyhint: "go", required: true, maxlength: "12",
    "aria-describedby": "refused hint", "aria-invalid": refused === "refused.wrong-code" && "true",
  });
  const doors = [{ id: "", name: say("door.any") }, ...told.doors].map((door, i) =>
    make("label", { class: "door" }, make("input", { type: "radio", name: "door", value: door.id || "any", checked: i === 0 }),
      make("span", {}, spoken(door.name), door.about ? make("span", { class: "small about" }, spoken(door.about)) : null)));
  return [
    title(1, told.title),
    make("form", { id: "join", novalidate: true },
      make("p", { class: "refused", id: "refused", role: "alert" }, refused && why()),
      make("label", { for: "code" }, say("code")), code, make("p", { class: "small", id: "hint" }, say("code.hint")),
      told.doors.length ? make("fieldset", {}, make("legend", {}, say("door")), doors) : null,
      make("button", { type: "submit", class: "main", "aria-disabled": joining && "true" }, say("join"))),
  ];
}


// Drawing

function view() {
  if (!seat) return { name: "join", made: form() };
  if (seat.wait) return { name: "wait", made: waiting() };
  if (!seat.read) return { name: "welcome", made: kids(seat.welcome).map(elements) };
  if (!tree) return { name: "fetching", made: [title(1, told.title), make("p", {}, say("fetching"))] };
  return { name: leftOut() ? `told:${chapterTold()}` : tree.id, made: page() };
}

function draw() {
  const { name, made } = view();
  const anew = name !== shown;
  const first = main.querySelector("h1");
  const above = !anew && first ? first.getBoundingClientRect().top : 0;
  const within = main.contains(document.activeElement);
  const awaited = seat && tree ? awaitedHere() : {};
  write("status", awaited.label || "");
  write("line", seat ? trouble || notice : "");
  bar.dataset.state = awaited.style || "";
  main.className = seat ? (seat.read ? "page" : "welcome") : "join";
  if (anew) main.textContent = "";
  patchChildren(main, made.filter(Boolean));
  offerWayDown();
  fit(main);
  const heading = main.querySelector("h1");
  document.title = [heading && heading.firstChild && heading.firstChild.textContent, told.title]
    .filter((part, i, all) => part && all.indexOf(part) === i).join(" – ");
  if (anew) {
    window.scrollTo(0, 0);
    if (shown) (main.querySelector("#telling-title") || heading).focus({ preventScroll: true });
    shown = name;
    return;
  }
  // what is being read stays where it is, whatever came or went above it
  if (window.scrollY > 0) window.scrollBy(0, heading.getBoundingClientRect().top - above);
  // and whoever stood on something that is gone stands on what came in its place
  if (within && !main.contains(document.activeElement)) {
    (main.querySelector("#tally-title") || heading).focus({ preventScroll: true });
  }
}

/* What the class waits for: quietly where the chapter is left out; whoever still reads the note before the first page is
   told of an open vote alone. */
function awaitedHere() {
  const { label, style } = status();
  if (seat.read) return { label, style: leftOut() ? "left-out" : style };
  return style === "open" ? { label: say("vote.open"), style } : {};
}

/* While there is something to choose below the screen's edge, a way leads there. */
function offerWayDown() {
  const way = seat && seat.read && tree ? kids(status()).find((node) => node.id === "to-choices") : null;
  const choices = document.getElementById("choices");
  if (!way || !choices || choices.getBoundingClientRect().top < window.innerHeight * 0.8) return down.remove();
  if (down.textContent !== way.label) down.textContent = way.label;
  if (!down.parentNode) bar.append(down);
}

window.addEventListener("scroll", offerWayDown, { passive: true });
window.addEventListener("resize", offerWayDown);

down.addEventListener("click", () => {
  const choices = document.getElementById("choices");
  if (!choices) return;
  const calm = window.matchMedia("(prefers-reduced-motion: reduce)").matches;
  const first = choices.querySelector("button");
  if (first) first.focus({ preventScroll: true });
  window.scrollBy({ top: choices.getBoundingClientRect().top - bar.offsetHeight - 12, behavior: calm ? "auto" : "smooth" });
});

// What is pressed

main.addEventListener("click", (event) => {
  const button = event.target.closest("[data-do]");
  if (!button || button.getAttribute("aria-disabled") === "true") return;
  if (button.dataset.do === "begin") {
    keep({ ...seat, read: true });
  } else if (button.dataset.do === "leave-out" || button.dataset.do === "read") {
    keep({ ...seat, leftOut: button.dataset.do === "read" ? "" : chapterTold() });
  } else if (button.dataset.do === "open") {
    if (!opened.delete(button.id)) opened.add(button.id);
  } else if (button.dataset.do === "vote") {
    const vote = button.id.slice("choice:".length);
    if (button.getAttribute("aria-pressed") === "true") return;
    mine = { vote, round, sure: false };
    notice = "";
    deliver();
  }
  draw();
});

main.addEventListener("submit", (event) => {
  event.preventDefault();
  const fields = new FormData(event.target);
  join(fields.get("code"), fields.get("door"));
});

main.addEventListener("input", (event) => {
  const { id, value, selectionStart } = event.target;
  if (id !== "code" || event.isComposing || value === value.toUpperCase()) return;
  event.target.value = value.toUpperCase();
  event.target.setSelectionRange(selectionStart, selectionStart);
});


// Joining

const bare = (code) => (code || "").replace(/\s/g, "").toUpperCase();

function codeInPath() {
  const code = location.pathname.slice(1);
  return /^\w{1,12}$/.test(code) ? bare(code) : "";
}

async function join(typed, door) {
  const code = bare(typed);
  if (joining) return;
  joining = true;
  refused = "";
  draw();
  let answer;
  try {
    answer = await post("/join", door && door !== "any" ? { code, door } : { code });
  } catch {
    answer = { refused: base ? "away" : "unreached" };
  }
  joining = false;
  if (answer.token) return sitDown({ ...seatOf(answer), code, read: false });
  const reason = `refused.${{ malformed: "wrong-code", "too-fast": "slow-down" }[answer.refused] || answer.refused}`;
  refused = told.words[`phone.${reason}`] ? reason : "refused.unreached";
  draw();
  return document.getElementById("code").focus();
}

function sitDown(found) {
  keep(found);
  tree = mine = null;
  version = 0;
  draw();
  stayConnected(found.token);
}

/* The class does not know this seat: the teacher took it away, or another class is here now. */
async function standUp(reason) {
  const left = leftClass = seat;
  setAside(left);
  keep(null);
  tree = mine = null;
  number = 0;
  if (line.socket) line.socket.end(); // a relay leaves it open
  trouble = notice = "";
  refused = reason === "removed" ? "join.removed" : "join.again";
  draw();
  if (reason !== "removed") await meetOther(left);
}

/* Another class is where this seat's was: its seat is kept, and taken up again when that class is back. */
async function meetOther(left) {
  for (let failed = 0; !seat; failed++) {
    try {
      const met = await hello();
      told = met;
      if (met.class !== left.class && refused === "join.again") {
        refused = "join.other";
        draw();
      } else if (met.class === left.class && refused === "join.other") {
        const found = await seatInBrowser();
        if (found && !seat) sitDown({ ...found, read: left.read });
        return;
      } else if (met.class === left.class) return;
    } catch { /* nobody is here at the moment */ }
    await pause(growing(failed));
  }
}

async function hello() {
  const found = await (await fetchSoon("/hello")).json();
  if (!found.words) throw new Error(found.refused);
  return found;
}

async function post(path, body) {
  const request = { method: "POST", headers: { "Content-Type": "application/json" }, body: JSON.stringify(body) };
  const answer = await (await fetchSoon(path, request)).json();
  if (AWAY.includes(answer.refused)) throw new Error(answer.refused);
  return answer;
}

async function fetchSoon(path, request = {}) {
  const stop = new AbortController();
  const late = setTimeout(() => stop.abort(), 2 * PATIENCE);
  try {
    return await fetch(base + path, { ...request, cache: "no-store", credentials: "same-origin", signal: stop.signal });
  } finally {
    clearTimeout(late);
  }
}


// The line to the class: a socket where one can be had, and polling where not

const line = { socket: null, polls: false, posting: false, unopened: 0, hurry: false, wake: () => {}, hiddenAt: 0 };

const growing = (failed) => QUICKEST + Math.random() * (Math.min(SLOWEST, QUICKEST * 2 ** (failed + 1)) - QUICKEST);

function pause(ms) {
  if (line.hurry) {
    line.hurry = false;
    return Promise.resolve();
  }
  return new Promise((done) => {
    const timer = setTimeout(done, ms);
    line.wake = () => { clearTimeout(timer); done(); };
  });
}

async function stayConnected(token) {
  let failed = 0, socketAt = 0;
  while (seat && seat.token === token) {
    const polling = line.unopened >= 2 && Date.now() < socketAt;
    const heard = polling ? await poll(token) : await listen(token);
    if (!seat || seat.token !== token) return;
    failed = heard ? 0 : failed + 1;
    if (!polling) {
      line.unopened = heard ? 0 : line.unopened + 1;
      socketAt = Date.now() + SOCKET_AGAIN;
    }
    line.polls = polling && heard;
    if (!line.polls && !line.hurry && (polling || heard || failed > 2)) lost();
    if (polling || line.unopened < 2) await pause(line.polls ? POLL : growing(failed));
  }
}

/* One socket for as long as it holds; whether anything was heard on it. */
function listen(token) {
  return new Promise((done) => {
    let heard = false, socket = null;
    const end = () => {
      clearTimeout(late);
      if (line.socket === socket) line.socket = null;
      if (socket) socket.onclose = socket.onerror = socket.onmessage = null;
      if (socket) socket.close();
      done(heard);
    };
    const late = setTimeout(end, PATIENCE);
    try {
      socket = new WebSocket(`${location.protocol === "https:" ? "wss" : "ws"}://${location.host}${base}/socket`);
    } catch {
      end();
      return;
    }
    socket.end = end;
    socket.unanswered = 0;
    socket.onopen = () => socket.send(JSON.stringify({ token }));
    socket.onmessage = (event) => {
      clearTimeout(late);
      heard = true;
      line.socket = socket;
      const data = JSON.parse(event.data);
      if (data.voted !== undefined || data.refused) socket.unanswered -= 1;
      receive(data, socket.unanswered === 0);
    };
    socket.onclose = socket.onerror = end;
  });
}

async function poll(token) {
  try {
    const answer = await post("/poll", { token, version });
    line.polls = true;
    receive(answer);
    return true;
  } catch {
    return false;
  }
}

/* What the class says. `last`: no other vote of this phone is still to be answered, so that an answer is the last word. */
function receive(data, last = true) {
  if (data.refused === "unknown-seat" || data.refused === "removed") return standUp(data.refused);
  if (Boolean(data.wait) !== Boolean(seat.wait) && (data.wait || data.page)) keep({ ...seat, wait: Boolean(data.wait) });
  if (trouble) {
    trouble = "";
    notice = say("back");
    setTimeout(() => notice === say("back") && remark(""), PATIENCE);
  }
  number = data.seat || number;
  if (data.voted !== undefined && mine && mine.vote === data.voted && mine.round === data.round) mine.sure = last;
  // through a relay, what a vote changes of the page comes with the answer
  if (data.parts && tree) data.page = { ...tree, children: kids(tree).map((node, at) => data.parts[at] || node) };
  if (data.page) {
    if (!tree || tree.id !== data.page.id) opened.clear();
    ({ page: tree, version, round } = data);
    settle();
  } else if (data.refused && mine && mine.round === data.round) {
    refuse(data.refused);
  }
  draw();
  return data.voted === undefined && !data.refused ? deliver() : undefined;
}

function remark(text) {
  notice = text;
  draw();
}

function lost() {
  trouble = say(navigator.onLine === false ? "offline" : "lost");
  draw();
}


// A vote: shown at once, sure when it is acknowledged, sent again as long as its round is open

let doubt = 0;

function deliver() {
  if (!mine || mine.sure) return;
  const { vote, round: number } = mine;
  clearTimeout(doubt);
  if (line.socket) {
    const { socket } = line;
    socket.send(JSON.stringify({ vote, round: number }));
    socket.unanswered += 1;
    doubt = setTimeout(() => mine && !mine.sure && socket.end(), PATIENCE);
  } else if (line.polls && !line.posting) {
    line.posting = true; // one at a time, so that the last one pressed is the last one sent
    post("/vote", { token: seat.token, vote, round: number }).then((answer) => {
      line.posting = false;
      receive(answer);
      if (mine && mine.vote !== vote) deliver();
    }, () => { line.posting = false; }); // the next poll sends it again
  }
}

/* A page has come: what was pressed here is in it, or can be sent again, or was too late. */
function settle() {
  if (!mine) return;
  const slips = kids(kids(tree).find((node) => node.id === "choices") || {});
  const there = slips.find((node) => node.id === `choice:${mine.vote}`);
  const asked = line.socket ? line.socket.unanswered > 0 : line.posting; // then a page may be from before this press
  if (mine.round === round && (mine.sure || (there && there.chosen && !asked))) mine = null;
  else if (mine.round !== round || !["open", "voted", "paused"].includes(status().style)) {
    if (!mine.sure) notice = say("vote.late");
    mine = null;
  }
}

function refuse(reason) {
  if (reason === "paused") return;
  if (reason === "too-fast") {
    clearTimeout(doubt);
    doubt = setTimeout(deliver, 1000);
    return;
  }
  mine = null;
  notice = say(["closed", "other-round"].includes(reason) ? "vote.late" : "vote.again");
}


// Coming and going

window.addEventListener("online", () => hurry());
window.addEventListener("offline", () => {
  if (line.socket) line.socket.end();
  if (seat) lost();
});
document.addEventListener("visibilitychange", () => {
  if (document.hidden) {
    line.hiddenAt = Date.now();
    return;
  }
  if (line.socket && Date.now() - line.hiddenAt < STALE) return;
  hurry();
});

/* Try at once, with a new socket. */
function hurry() {
  line.unopened = 0;
  line.hurry = true;
  if (line.socket) line.socket.end();
  else {
    line.hurry = false;
    line.wake();
  }
}

/* Nobody is there yet; `unknown`: a relay is, and has no class under this code. */
function sayLooking(unknown) {
  const line = unknown ? main.dataset.unknown : main.dataset.looking;
  if (main.dataset.said === line) return;
  main.dataset.said = line;
  const heading = main.querySelector("h1");
  main.textContent = "";
  main.append(heading, make("p", {}, line));
  if (unknown) main.append(make("p", {}, make("a", { href: "/" }, main.dataset.again)));
}

/* The seat that this browser had before, once the class is there to be asked. */
async function findSeat() {
  for (let failed = 0; ; failed++) {
    try {
      told = told || await hello();
      const before = kept();
      return before && before.class === told.class ? before : await seatInBrowser();
    } catch (error) {
      sayLooking(error.message === "unknown-room");
      await pause(growing(failed));
    }
  }
}

async function start() {
  const before = await findSeat();
  main.textContent = "";
  document.documentElement.lang = told.language;
  const code = codeInPath();
  if (before && (!code || before.code === code || before.class === told.class)) {
    seat = before;
    draw();
    stayConnected(seat.token);
    return;
  }
  draw();
  if (code && !told.doors.length) join(code, "");
}

start();
