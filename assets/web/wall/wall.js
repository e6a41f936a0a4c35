/* A page of a class on the teacher's own computer: the wall, or the teacher's screen. It draws what the program shows,
   and sends it what is pressed; it decides nothing. MIT licence, as the program: see LICENSE. */
import { patchChildren, pressByKey, write } from "./renderer.js";
import { applySettings, drawScreens, pictureAlt } from "./site_tree.js";
import { Sound } from "./sound.js";
import { cutWeighing } from "./weighing_cut.js";
import { waiting, wallRenderer } from "./wall_tree.js";

const body = document.body, root = document.documentElement, { page, title, waiting: beforeClass, lost, ended, sound: ofSound } = body.dataset;
const main = document.getElementById("main"), card = document.getElementById("page-card");
const veil = document.getElementById("page-veil"), backdrop = document.getElementById("page-picture");
const AGAIN = 1000; // ms until the program is looked for again
const SOON = 800; // ms in which a browser that lets a page sound by itself has begun
const SIZES = [[1024, "small"], [1500, "laptop"], [Infinity, "large"]]; // a window's width, and the picture's size
// Sizes of the wall's text and columns, tried until all of it is in sight; what is too long for the last is scrolled.
const FITS = [[1, 1], [.94, 1], [.88, 1], [.82, 1], [.94, 2], [.88, 2], [.82, 2], [.76, 1], [.76, 2], [.7, 2], [.64, 2], [.6, 2]];
const SCROLLED = [.82, 1];
const GIVES_A_PRESS = ["Enter", " "];
const PAGES = { PageDown: .34, PageUp: -.34 }; // by how much of what is out of sight the wall is scrolled

let view = null; // as it was last sent by the program
let place = ""; // which screen is drawn
let shown = null; // its tree
let over = false; // the program ended
let socket = null;
let share = 0; // by which the wall was scrolled last, of all that is out of sight
let pressed = false; // on this page, since it was loaded, in a way that lets it play
let offered = 0; // the timer of the line that offers the sounds, also once it is shown
const elements = wallRenderer((id) => view.codes[id]);
const sound = new Sound((name) => fetch(`sounds/${name}.wav`).then((answer) => answer.blob()), offerSound);


// The program

function connect() {
  socket = new WebSocket(`ws://${window.location.host}${window.location.pathname}socket`);
  socket.onmessage = ({ data }) => onMessage(JSON.parse(data));
  socket.onclose = () => {
    updateSounds({});
    if (over) return;
    showBanner(lost);
    setTimeout(connect, AGAIN);
  };
}

function onMessage(message) {
  if (message.do === "ended") {
    over = true;
    showBanner(ended);
    return;
  }
  showBanner("");
  if (message.do === "wait") wait(message);
  else draw(message);
}

const post = (message) => socket.readyState === WebSocket.OPEN && socket.send(JSON.stringify(message));

/* What is to be known of the program itself. Nothing can be pressed meanwhile. */
function showBanner(text) {
  body.classList.toggle("away", Boolean(text));
  write("page-line", text);
}


// Sounds

/* The wall alone has those of its place. What was played before this page was there is over. */
function updateSounds({ loops = {}, occasional = {}, effects = null }, before = null) {
  sound.follow(loops, occasional);
  offerSound();
  if (!effects || !before?.effects || before.effects.number === effects.number) return;
  for (const [name, level] of Object.entries(effects.levels)) sound.play(name, level);
}

/* Where the browser waits for a press before this page may sound, it says so. Updates do not put that off. */
function offerSound() {
  const offer = (text) => {
    write("page-sound", text);
    fitWall();
  };
  if (sound.blocked && !pressed) offered ||= setTimeout(offer, SOON, ofSound);
  else if (offered) {
    clearTimeout(offered);
    offered = 0;
    offer("");
  }
}

/* To a browser Escape and Shift are no press: after these it still plays nothing. */
function pressedNow() {
  pressed ||= navigator.userActivation?.isActive ?? true;
  sound.wake();
  offerSound();
}


// Drawing

function wait({ settings, language }) {
  applySettings(settings, language);
  updateSounds({});
  view = null;
  place = "";
  body.dataset.screen = "waiting";
  main.className = "waiting";
  patchChildren(main, waiting(title, beforeClass));
  drawn();
}

function draw(made) {
  const before = view;
  view = made;
  const now = view.screens.map((one) => `${one.screen}/${one.argument}`).join(" ");
  const anew = now !== place;
  applySettings(view.settings, view.language);
  updateSounds(view, before);
  const { base } = drawScreens(view.screens, elements, anew, title);
  paint(base.tree);
  place = now;
  if (anew || (page === "teacher" && view.scroll === 0 && before.scroll > 0)) window.scrollTo(0, 0);
  if (page === "teacher") {
    fill();
    focusOn(anew || !before || before.focus !== view.focus, anew);
  }
  drawn();
  if (shown) cutWeighing(shown, base.tree, main);
  shown = base.tree;
}

/* For whoever drives the page from outside; and all of a wall in sight. */
function drawn() {
  if (page === "wall") fitWall();
  main.dataset.drawn = String(Number(main.dataset.drawn || 0) + 1);
}

/* A field holds what the program took of what was typed. */
function fill() {
  const field = document.querySelector("[data-field]");
  if (!field) return;
  const taken = field.getAttribute("value") || "";
  if (field.value !== taken && (document.activeElement !== field || view.typed === field.value)) field.value = taken;
}

/* The focus is where the program has it; it is moved only when that moved. A new screen is read from its top. */
function focusOn(moved, anew) {
  // a question may have ids that the screen below it has, too
  const found = view.focus && (card.hidden ? main : card).querySelector(`#${CSS.escape(view.focus)}`);
  const wanted = found && (found.matches("fieldset") ? found.querySelector("[data-press]") : found);
  if (wanted && (moved || document.activeElement === body) && document.activeElement !== wanted) wanted.focus({ preventScroll: anew });
}

function paint(tree) {
  const name = view.picture;
  const size = SIZES.find(([most]) => window.innerWidth * Math.min(window.devicePixelRatio || 1, 2) <= most)[1];
  const address = name ? `picture/${size}/${name}.jpg` : "";
  backdrop.alt = pictureAlt(tree);
  backdrop.hidden = !address;
  if (address && backdrop.getAttribute("src") !== address) backdrop.src = address;
}

/* The largest text by which all of the wall is in sight. The browser's own zoom makes it larger all the same. */
function fitWall() {
  const at = window.scrollY;
  const base = Math.min(.02 * window.outerWidth, .0278 * window.outerHeight); // px: 30 at 1080 lines
  const single = Boolean(main.querySelector(".joining")) || (main.querySelector(".halves") && !main.querySelector("p.line"));
  const set = ([step, columns]) => {
    root.style.setProperty("--wall", `${base * step}px`);
    main.classList.toggle("columns", columns > 1);
  };
  for (const one of FITS) {
    if (single && one[1] > 1) continue;
    set(one);
    if (root.scrollHeight <= window.innerHeight + 1) return;
  }
  set(SCROLLED);
  scrollWall(at);
}

/* The wall is scrolled as the teacher's screen is, by the same share; else it stays where it was, `at` so many pixels. */
function scrollWall(at) {
  const followed = view && view.scroll !== share;
  if (followed) share = view.scroll;
  window.scrollTo(0, followed ? share * (root.scrollHeight - window.innerHeight) : at);
}

if (page === "wall") {
  window.addEventListener("resize", fitWall);
  document.fonts.addEventListener("loadingdone", fitWall);
} else {
  let asked = 0; // one message a frame
  window.addEventListener("scroll", () => {
    cancelAnimationFrame(asked);
    asked = requestAnimationFrame(() => {
      const room = root.scrollHeight - window.innerHeight, now = room > 0 ? Math.min(1, window.scrollY / room) : 0;
      if (view && Math.abs(now - view.scroll) > .002) post({ do: "scroll", share: now });
    });
  });
}


// What is pressed

document.addEventListener("click", ({ target }) => {
  pressedNow();
  const button = target.closest("[data-press]");
  if (button) post({ do: "press", id: button.id });
  else if (target === veil) post({ do: "key", key: "Escape" });
});

document.addEventListener("input", ({ target }) => {
  if (target.matches("[data-field]")) post({ do: "fill", text: target.value });
});

document.addEventListener("focusin", ({ target }) => {
  if (view && target.id && target.id !== view.focus && target.matches("[data-press], [data-field]")) post({ do: "focus", id: target.id });
});

/* Keys mean what they mean in a window. What a browser does by itself with a field and a button is left to it; a key that
   is held down presses once. */
document.addEventListener("keydown", pressByKey);
document.addEventListener("keydown", (event) => {
  const { key, target } = event;
  if (event.ctrlKey || event.metaKey || event.altKey || event.isComposing) return;
  const inField = target.matches("[data-field]"), field = document.querySelector("[data-field]");
  const typed = key.length === 1 && key !== " ";
  pressedNow();
  if (inField && key === "Enter") {
    if (!event.repeat) post({ do: "press", id: target.id });
  } else if (inField && key !== "Escape" && key !== "ArrowDown" && key !== "ArrowUp") return;
  else if (field && typed) {
    field.focus(); // and there it is typed
    return;
  } else if (GIVES_A_PRESS.includes(key) && target.closest("[data-press]")) {
    if (event.repeat) event.preventDefault();
    return;
  } else if (key.startsWith("Arrow") && page === "wall") return; // it may be longer than its window
  else if (key in PAGES && page === "teacher" && !field && root.scrollHeight <= window.innerHeight + 1) {
    post({ do: "scroll", share: Math.min(1, Math.max(0, view.scroll + PAGES[key])) }); // there is but the wall to scroll
  } else if (KNOWN.test(key)) {
    if (!event.repeat || key.startsWith("Arrow")) post({ do: "key", key });
  } else return;
  event.preventDefault();
});

const KNOWN = /^([1-9a-zA-Z +-]|Enter|Escape|Backspace|Arrow(Up|Down|Left|Right))$/;

sound.wake(); // some browsers let a page of this computer sound at once
connect();
