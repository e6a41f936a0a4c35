/* The phones' page of The Weight of Grain: one seat from the code to the last page. It holds what this phone knows, draws it
   (phone_tree.js), and takes what is pressed. Every text is set as text, never as markup. MIT licence, as the program: see
   LICENSE. */

import { Connection, fetchHello, isAlsoAt, isRelayed, PATIENCE, post, retryDelay } from "./connection.js";
import { chapterTold, choicesLink, joinForm, lineElements, pageElements, statusOf, welcomeElements } from "./phone_tree.js";
import { fit, kids, make, patchChildren, pressByKey, write } from "./renderer.js";
import { loadSeat, saveSeat, seatOf, setAside, takeAside } from "./seat.js";
import { Vote } from "./vote.js";
import { offerWayDown } from "./way_down.js";

const main = document.getElementById("main");
const bar = document.getElementById("bar");

let hello = null; // what the class says before anybody joined, in this phone's language
let seat = null; // once joined: see seat.js
let seatNumber = 0; // as the teacher sees it
let page = { tree: null, version: 0, round: 0 }; // as it was last sent
let joining = { busy: false, refused: "", left: {} }; // a request is out; the key of why not; the seat in another class
let trouble = "", notice = ""; // what is said of the connection, and of votes
let lostSince = 0; // when the class went out of reach
let over = false; // the class has ended
let shown = ""; // what is drawn: a form, the note, or one page
const opened = new Set(); // ids of what stands open

const connection = new Connection({ onMessage: receive, onLost: showLost, version: () => page.version });
const vote = new Vote(connection);
const updateWayDown = offerWayDown(bar, () => (seat && seat.read && page.tree && !over ? choicesLink(page.tree) : ""));

const MAYBE_OVER = 20000, SURELY_OVER = 1800000; // ms out of reach

const text = (key) => hello.words["phone." + key] || key;

function keepSeat(value) {
  seat = value;
  saveSeat(seat);
}

/* What the class says in a language, with its `others`; in its own, where it has not that one. */
function inLanguage(said, tag) {
  const all = [said, ...(said.others || [])];
  const found = all.find(({ language }) => language === tag) || said;
  document.documentElement.lang = found.language;
  return { ...said, ...found, others: all.filter((other) => other !== found) };
}

const askClass = async () => inLanguage(await fetchHello(), hello && hello.language);

/* Whether a hard chapter is told here in a few words, as this pupil asked. Nothing of it is sent. */
const leftOut = () => Boolean(seat.leftOut) && seat.leftOut === chapterTold(page.tree);


// Drawing

function content() {
  const view = { text, opened, leftOut: false, pressed: null, seatNumber, over, others: hello.others };
  if (!seat) return { name: "join", made: joinForm(hello, formView()) };
  if (seat.wait) return { name: "wait", made: lineElements(hello.title, text(over ? "over" : "wait"), "wait") };
  if (!seat.read) return { name: "welcome", made: welcomeElements(seat.welcome, view) };
  if (!page.tree) return { name: "fetching", made: lineElements(hello.title, text(over ? "over" : "fetching")) };
  const now = { ...view, leftOut: leftOut(), pressed: vote.pressedIn(page.round) };
  return { name: now.leftOut ? `told:${seat.leftOut}` : page.tree.id, made: pageElements(page.tree, now) };
}

/* The form tells the class that is here from the one before. */
function formView() {
  const { busy, refused, left } = joining;
  const why = refused && text(refused).replace("{met}", hello.began || "?").replace("{left}", left.began || "?");
  return { text, code: codeInPath(), refused: why, wrong: refused === "refused.wrong-code", busy };
}

function draw() {
  const { name, made } = content();
  const anew = name !== shown;
  const first = main.querySelector("h1");
  const above = !anew && first ? first.getBoundingClientRect().top : 0;
  const within = main.contains(document.activeElement);
  const awaited = seat && page.tree ? awaitedHere() : {};
  write("status", awaited.label || "");
  write("line", seat ? trouble || notice : "");
  bar.dataset.state = awaited.style || "";
  main.className = seat ? (seat.read ? "page" : "welcome") : "join";
  if (anew) main.textContent = "";
  patchChildren(main, made.filter(Boolean));
  updateWayDown();
  fit(main);
  const heading = main.querySelector("h1");
  document.title = [heading && heading.firstChild && heading.firstChild.textContent, hello.title]
    .filter((part, i, all) => part && all.indexOf(part) === i).join(" – ");
  if (anew) {
    window.scrollTo(0, 0);
    if (shown) (main.querySelector("#telling-title") || heading).focus({ preventScroll: true });
    shown = name;
    return;
  }
  // what is read stays where it is
  if (window.scrollY > 0) window.scrollBy(0, heading.getBoundingClientRect().top - above);
  // the focus goes to what came in place of what had it
  if (within && !main.contains(document.activeElement)) {
    (main.querySelector("#tally-title") || heading).focus({ preventScroll: true });
  }
}

/* What the class waits for. Who leaves the chapter out can wait. Before the first page, only an open vote is shown. */
function awaitedHere() {
  if (over || lostFor() > MAYBE_OVER) return {};
  const { label, style } = statusOf(page.tree);
  if (seat.read && leftOut() && !["paused", "over", "ended"].includes(style)) return { label: text("left-out"), style: "left-out" };
  if (seat.read) return { label, style };
  return style === "open" ? { label: text("vote.open"), style } : {};
}

function showNotice(line) {
  notice = line;
  draw();
}

const lostFor = () => (lostSince ? Date.now() - lostSince : 0);

function showLost() {
  lostSince = navigator.onLine === false ? 0 : lostSince || Date.now();
  if (lostFor() > SURELY_OVER) return endClass();
  trouble = text(!lostSince ? "offline" : lostFor() > MAYBE_OVER ? "gone" : "lost");
  return draw();
}

/* The class is over, and is looked for no more. What was read stays. */
function endClass() {
  over = true;
  connection.stop();
  trouble = text("over");
  if (page.tree && vote.settle(page.tree, page.round, "ended")) trouble += ` ${text("vote.late")}`;
  draw();
}

/* A phone that is taken out again looks once whether the class is held again. */
document.addEventListener("visibilitychange", async () => {
  lostSince = 0; // while it slept it did not look
  if (!over || document.hidden) return;
  const here = await askClass().catch(() => hello);
  if (here === hello || here.class !== hello.class) return;
  over = false;
  connection.start(seat);
});


// What is pressed

const ACTIONS = {
  begin: () => keepSeat({ ...seat, read: true }),
  "leave-out": () => keepSeat({ ...seat, leftOut: chapterTold(page.tree) }),
  read: () => keepSeat({ ...seat, leftOut: "" }),
  open: ({ id }) => opened.delete(id) || opened.add(id),
  speak: (button) => speak(button.lang),
  vote: (button) => {
    if (button.getAttribute("aria-pressed") === "true") return;
    notice = "";
    vote.press(button.id.slice("choice:".length), page.round);
  },
};

main.addEventListener("click", (event) => {
  const button = event.target.closest("[data-do]");
  if (!button || button.getAttribute("aria-disabled") === "true") return;
  ACTIONS[button.dataset.do](button);
  draw();
});

main.addEventListener("keydown", pressByKey);
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


// What the class says

/* `last`: no other vote of this phone is still to be answered. */
function receive(data, last) {
  lostSince = 0;
  if (data.over) return endClass();
  if (data.refused === "unknown-seat" || data.refused === "removed") return leaveSeat(data.refused);
  if (Boolean(data.wait) !== Boolean(seat.wait) && (data.wait || data.page)) keepSeat({ ...seat, wait: Boolean(data.wait) });
  if (trouble) {
    trouble = "";
    notice = text("back");
    setTimeout(() => notice === text("back") && showNotice(""), PATIENCE);
  }
  seatNumber = data.seat || seatNumber;
  if (data.voted !== undefined) vote.acknowledge(data, last);
  const told = data.page || (data.parts && page.tree) ? turn(data) : data.refused ? vote.refuse(data) : "";
  if (told) notice = text(told);
  draw();
  if (data.voted === undefined && !data.refused) vote.deliver();
  return undefined;
}

/* A page has come, or what a vote changed of it. Gives the key of what to say of the vote, or "". */
function turn({ page: sent, parts, version, round }) {
  const tree = sent || { ...page.tree, children: kids(page.tree).map((node, at) => parts[at] || node) };
  if (!page.tree || page.tree.id !== tree.id) opened.clear();
  page = { tree, version, round };
  return vote.settle(tree, round, statusOf(tree).style);
}


// Joining and leaving

const bare = (code) => (code || "").replace(/\s/g, "").toUpperCase();

function codeInPath() {
  const code = location.pathname.slice(1);
  return /^\w{1,12}$/.test(code) ? bare(code) : "";
}

async function join(typed, door) {
  const code = bare(typed);
  if (joining.busy) return;
  joining = { ...joining, busy: true, refused: "" };
  draw();
  let answer;
  try {
    answer = await post("/join", { code, door: door && door !== "any" ? door : null, language: hello.language });
  } catch {
    answer = { refused: isRelayed ? "away" : "unreached" };
  }
  joining.busy = false;
  if (answer.token) return enterSeat({ ...seatOf(answer, hello), code, read: false });
  const reason = `refused.${{ malformed: "wrong-code", "too-fast": "slow-down" }[answer.refused] || answer.refused}`;
  joining.refused = hello.words[`phone.${reason}`] ? reason : "refused.unreached";
  draw();
  return document.getElementById("code").focus();
}

function enterSeat(found) {
  keepSeat(found);
  forgetPage();
  draw();
  connection.start(found);
}

/* Read on in another language. The note comes again, where it is not yet read. */
async function speak(tag) {
  hello = inLanguage(hello, tag);
  if (!seat) return;
  keepSeat({ ...seat, language: tag });
  connection.stop();
  connection.start(seat);
  const { welcome } = await post("/seat", { language: tag }).catch(() => ({}));
  if (!welcome || !seat) return;
  keepSeat({ ...seat, welcome });
  draw();
}

/* The class does not know this seat: the teacher took it away, or another class is here now. */
async function leaveSeat(reason) {
  const left = seat;
  setAside(left);
  keepSeat(null);
  forgetPage();
  seatNumber = 0;
  connection.stop();
  trouble = notice = "";
  joining = { busy: false, refused: reason === "removed" ? "join.removed" : "join.again", left };
  draw();
  if (reason !== "removed") await meetOther(left);
}

function forgetPage() {
  page = { tree: null, version: 0, round: 0 };
  vote.forget();
}

/* Another class is here: this seat is kept until its own class is back. */
async function meetOther(left) {
  for (let failed = 0; !seat; failed++) {
    try {
      hello = await askClass();
      if (hello.class !== left.class && joining.refused === "join.again") {
        joining.refused = "join.other";
        draw();
      } else if (hello.class === left.class && joining.refused === "join.other") {
        const found = await seatInBrowser();
        if (found && !seat) enterSeat({ ...found, read: left.read });
        return;
      } else if (hello.class === left.class) return;
    } catch { /* nobody is here at the moment */ }
    await connection.pause(retryDelay(failed));
  }
}

/* This browser's seat in the class that is here; null: none. Throws where the class cannot be reached. */
async function seatInBrowser() {
  const found = await post("/seat", { language: hello.language });
  return found.token ? { ...seatOf(found, hello), read: true } : takeAside(hello.class);
}

/* The seat that this browser had, once the class can be asked. */
async function findSeat() {
  for (let failed = 0; ; failed++) {
    try {
      hello = hello || await askClass();
      const before = loadSeat();
      return before && before.class === hello.class ? before : await seatInBrowser();
    } catch (error) {
      showLooking(error.message === "unknown-room");
      await connection.pause(retryDelay(failed));
    }
  }
}

/* Nobody is there yet; `unknown`: a relay has no class under this code. */
function showLooking(unknown) {
  const line = unknown ? main.dataset.unknown : main.dataset.looking;
  if (main.dataset.said === line) return;
  main.dataset.said = line;
  const heading = main.querySelector("h1");
  main.textContent = "";
  main.append(heading, make("p", {}, line));
  if (unknown) main.append(make("p", {}, make("a", { href: "/" }, main.dataset.again)));
}

async function start() {
  const before = await findSeat();
  // a browser keeps its seat by address: all join at the same one, where they can reach it
  if (!before && hello.home && hello.home !== location.origin && await isAlsoAt(hello.home, hello)) {
    location.replace(hello.home + location.pathname);
    return;
  }
  main.textContent = "";
  if (before) hello = inLanguage(hello, before.language);
  const code = codeInPath();
  if (before && (!code || before.code === code || before.class === hello.class)) {
    seat = before;
    draw();
    connection.start(seat);
    return;
  }
  draw();
  if (code && !hello.doors.length) join(code, "");
}

start();
