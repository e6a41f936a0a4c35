/* The page of the game in a browser: draws what the worker shows, sends it what is pressed, keeps what it writes, and
   plays its sounds. MIT licence, as the program: see LICENSE.txt. */
import { pressByKey, write } from "./renderer.js";
import { Store } from "./store.js";
import { Platform, PlatformStore } from "./scorm.js";
import { Sound } from "./sound.js";
import { applySettings, drawScreens, pictureAlt, siteRenderer, spots } from "./site_tree.js";
import { cutWeighing } from "./weighing_cut.js";
import { address, blob, startWorker } from "./files.js";
import { keepForOffline, takeNewVersion } from "./offline.js";

const site = JSON.parse(document.getElementById("page-site").textContent); // what the site maker knows: see site_maker.py
const main = document.getElementById("main"), card = document.getElementById("page-card");
const veil = document.getElementById("page-veil"), backdrop = document.getElementById("page-picture");
const root = document.documentElement, marks = document.getElementById("page-spots");
const foot = document.getElementById("page-foot"), unfold = document.getElementById("page-unfold");
const DEBOUNCE = 300; // ms after a page turn in which a pointer presses nothing, as by the second half of a double tap
const LARGEST = 8_000_000; // bytes of a save's file that are looked at
const HASH = "#r="; // a reading's share code in the page's address

let view = null; // as it was last sent by the worker
let place = ""; // which screen is drawn
let shown = null; // the tree of that screen, under a card
let shownKey = ""; // which screen, and which page of the story, lies below a card
let drawnAt = 0, drawnDepth = 1; // when that was, and how many screens lay on each other
let ready = false, failed = "";
let early = null; // the trees from before the worker, in the reader's language
const pressedEarly = []; // ids pressed on them
const scrolled = []; // for each screen of the stack: which it was, and how far it was scrolled
const sound = new Sound((name) => blob(`sounds/${name}.mp3`), undefined, site.loops);
const elements = siteRenderer((id) => pictureAddress((view && view.thumbnails[id]) || "", "phone"));
let store = null;
let worker = null;
const platform = site.scorm ? new Platform(site.scorm === "choices") : null;

const words = (key, fill = {}) => Object.entries(fill).reduce((text, [name, value]) => text.replace(`{${name}}`, value), early.words[key] || key);


// The worker

const post = (message) => worker.postMessage(message);

function onMessage({ data }) {
  if (data.do === "view") {
    const first = !ready;
    ready = true;
    view = data;
    if (first) begun();
    draw();
    remember(data);
  } else if (data.do === "loaded") progress(data.bytes);
  else if (data.do === "write") keep(data);
  else if (data.do === "chose") platform?.chose(data.page, data.choice);
  else if (data.do === "finished") platform?.finished();
  else if (data.do === "play") sound.play(data.sound, data.level);
  else if (data.do === "copy") copy(data.text);
  else if (data.do === "share") shareLink(data.code);
  else if (data.do === "fullscreen") fullscreen();
  else if (data.do === "download") download(data.name, new Blob([data.text], { type: "application/json" }));
  else if (data.do === "import") chooseFile();
  else if (data.do === "journal") keepJournal(data);
  else if (data.do === "failed") fail(data.why);
}

/* `data-writing` on the page says to whoever drives it from outside that something is not kept yet. */
async function keep({ number, name, text }) {
  root.dataset.writing = number;
  const became = await store.write(number, name, text);
  if (root.dataset.writing === String(number)) delete root.dataset.writing;
  post(became);
}

/* What the title looked like when this browser left it: the next visit begins with that, and nothing jumps. */
let kept = "";
function remember({ again, settings, language }) {
  const now = JSON.stringify({ again, settings, language });
  if (site.scorm || now === kept) return; // on a platform the browser is the next learner's too
  kept = now;
  try {
    localStorage.setItem(storeName(), JSON.stringify({ of: site.starts[language].title, again, settings, language }));
  } catch { /* the browser keeps nothing */ }
}

function remembered() {
  if (site.scorm) return null;
  try {
    const found = JSON.parse(localStorage.getItem(storeName()));
    return JSON.stringify(site.starts[found.language].title) === JSON.stringify(found.of) ? found : null;
  } catch {
    return null;
  }
}

function begun() {
  if (!site.scorm) keepForOffline(size());
  write("page-progress", "");
  document.getElementById("page-progress").hidden = true;
  history.pushState({ deep: true }, "");
  for (const id of pressedEarly.splice(0)) post({ do: "press", id });
}

function progress(bytes) {
  if (ready || failed) return;
  const percent = Math.min(99, Math.floor(100 * bytes / site.bytes));
  const line = words("web.loading", { percent });
  const element = document.getElementById("page-progress");
  if (element.dataset.percent !== String(percent)) {
    element.dataset.percent = percent;
    if (percent % 25 === 0 || !element.textContent) write("page-progress", line); // a voice says it four times, not a hundred
    else element.firstChild.textContent = line;
    element.style.setProperty("--done", `${percent}%`);
  }
}

function fail(why) {
  failed = why || "?";
  document.getElementById("page-progress").hidden = false;
  write("page-progress", words("web.failed", { why: failed }));
  document.body.classList.add("failed");
}


// Drawing

const keyOf = ({ screen, argument }) => `${screen}/${argument} ${view ? view.page : ""}`;

function draw() {
  const screens = view ? view.screens : [early.shown];
  if (view) applyView(view);
  const now = screens.map((one) => `${one.screen}/${one.argument}`).join(" ") + (view ? ` ${view.page} ${view.depth}` : "");
  const anew = now !== place;
  const depth = view ? view.depth : 1;
  if (anew) scrolled[drawnDepth] = [shownKey, window.scrollY];
  const within = document.activeElement && document.activeElement.id;
  const { base, over, heading } = drawScreens(screens, elements, anew && depth >= drawnDepth, site.title, words("web.menu"));
  main.dataset.page = view && !over ? view.page : main.dataset.page || "";
  const before = shown;
  shown = base.tree;
  const turned = !over && keyOf(base) !== shownKey; // what lies under a card stays where it is
  if (turned) shownKey = keyOf(base);
  if (anew) openMenu(false);
  if (turned) opened = false;
  paint();
  pinChoices();
  if (anew && before) cutWeighing(before, shown, main);
  main.dataset.drawn = String(Number(main.dataset.drawn || 0) + 1); // for whoever drives the page from outside
  if (anew) {
    const back = depth < drawnDepth;
    const again = back && (!turned || scrolled[depth]?.[0] === shownKey); // it was left there, and is as it was
    if (turned) window.scrollTo(0, again ? scrolled[depth][1] : 0);
    if (over) card.scrollTop = 0;
    if (place) focusOn(again, heading);
    drawnAt = performance.now();
    place = now;
    drawnDepth = depth;
  } else if (within && !document.activeElement.id && document.getElementById(within)) {
    document.getElementById(within).focus({ preventScroll: true });
  }
}

/* Back on a screen, the focus is where it was; on a new one its heading is read first. A field has it at once. */
function focusOn(back, heading) {
  const holder = card.hidden ? main : card;
  const field = holder.querySelector("[data-field]");
  let before = back && view && view.focus && document.getElementById(view.focus);
  if (before && !before.offsetParent && before.closest(".tools")) before = document.getElementById("page-menu");
  const first = heading?.matches("[tabindex]") ? heading : holder.querySelector("[data-press]");
  (field || (before && holder.contains(before) ? before : null) || first)?.focus({ preventScroll: true });
}

/* The page's own look and sounds, after the settings. */
function applyView({ settings, language, loops, occasional }) {
  applySettings(settings, language);
  // tools of this size have no room beside the sheet
  root.toggleAttribute("data-large", settings.text_scale >= 150 || settings.targets === "large");
  sound.follow(loops, occasional);
  applyAround(language);
}

/* What a phone takes that keeps the page as an app, in the reader's language, and the colour around the page. */
let around = "";
function applyAround(language) {
  const now = `${language} ${root.dataset.theme}`;
  if (now === around) return;
  around = now;
  const manifest = document.querySelector("link[rel=manifest]"), own = Object.keys(site.starts)[0];
  const file = language === own ? "manifest.webmanifest" : `manifest-${language}.webmanifest`;
  if (manifest && manifest.getAttribute("href") !== file) manifest.setAttribute("href", file);
  const colour = getComputedStyle(root).getPropertyValue("--sheet").trim();
  for (const meta of document.querySelectorAll("meta[name=theme-color]")) meta.content = colour;
}

const matches = (query) => window.matchMedia(query).matches;

/* Where the sheet does not lie on the picture (site.css), it is a band above the text, for which the small one is made. */
const behind = () => screenSize.behind;
const size = () => screenSize.size;
let screenSize = measured(); // asked once for each size of the window: to ask is to lay the page out
function measured() {
  const { innerWidth, innerHeight, devicePixelRatio } = window, pixels = innerWidth * Math.min(devicePixelRatio || 1, 2);
  const behind = getComputedStyle(root).getPropertyValue("--picture").trim() === "behind";
  return { behind, height: innerHeight, width: innerWidth, size: !behind ? "phone" : pixels <= 1400 ? "laptop" : "large" };
}
const MAP = "map-"; // how the name of a map's picture begins; there is one size of it
const folderOf = (name, folder) => (name.startsWith(MAP) ? "maps" : site.sizes.includes(folder) ? folder : site.sizes.at(-1));
const pictureFile = (name, folder) => `pictures/${folderOf(name, folder)}/${name}.webp`;
const pictureAddress = (name, folder = size()) => (name ? address(pictureFile(name, folder)) : "");

function paint() {
  const name = view ? view.picture : site.picture;
  const source = pictureAddress(name);
  backdrop.alt = pictureAlt(shown);
  backdrop.hidden = !source;
  document.body.classList.toggle("pictured", Boolean(source));
  if (source && backdrop.getAttribute("src") !== source) {
    backdrop.classList.remove("there");
    backdrop.src = source;
    backdrop.decode().then(() => backdrop.classList.add("there"), () => backdrop.classList.add("there"));
  }
  const onMap = name.startsWith(MAP) && !backdrop.hidden;
  marks.hidden = !onMap;
  marks.replaceChildren(...(onMap ? spots(shown, view.map) : []));
  const scene = backdrop.parentElement, alone = document.body.dataset.screen === "picture" && !behind();
  scene.removeAttribute("tabindex");
  if (alone) scene.tabIndex = 0; // the arrows move it
  if (alone) scene.scrollLeft = .4 * (backdrop.offsetWidth - screenSize.width);
  for (const next of view ? view.ahead : []) new Image().src = pictureAddress(next);
}

/* Where a page is longer than the window, its choices stay in sight at the window's foot: whole where the sheet lies on its
   picture and they leave room for some lines of text, else behind a button that says how many there are. Above the whole
   ones stays what changed, where there is room for both: nobody decides without having seen a count. */
const LINES = 12.5; // rem: five of a page's lines, and what stands above them
const LEAST_BAND = 4; // rem: what is left of a picture that gives way so that the page is whole in one view
let opened = false; // whether the choices behind the button are shown
function pinChoices() {
  const page = main.matches(".reading"), rem = () => parseFloat(getComputedStyle(root).fontSize);
  const choices = page ? main.querySelector(":scope > .choices") : null, heading = choices?.querySelector("h2");
  main.classList.remove("pinned", "fold", "unfold", "counted");
  foot.hidden = true;
  for (const name of ["--band", "--drawer"]) root.style.removeProperty(name);
  const over = root.scrollHeight - screenSize.height, band = backdrop.offsetHeight;
  if (page && !behind() && over > 0 && over <= band - LEAST_BAND * rem()) root.style.setProperty("--band", `${band - over - 1}px`);
  const long = Boolean(choices) && root.scrollHeight > screenSize.height;
  const folds = long && !behind() && Boolean(heading);
  const pinned = long && (behind() ? choices.offsetHeight < screenSize.height - LINES * rem() : !heading);
  const changed = pinned && behind() ? main.querySelector(":scope > .changes") : null;
  const counted = changed && choices.offsetHeight + changed.offsetHeight < screenSize.height - LINES * rem();
  main.classList.toggle("pinned", pinned);
  main.classList.toggle("counted", Boolean(counted));
  if (counted) root.style.setProperty("--under", `${choices.offsetHeight}px`);
  main.classList.toggle("fold", folds);
  main.classList.toggle("unfold", folds && opened);
  foot.hidden = !folds;
  if (folds) {
    write("page-unfold", opened ? words("web.text") : heading.textContent);
    unfold.setAttribute("aria-expanded", String(opened));
  }
  if (folds) root.style.setProperty("--below", `${foot.offsetHeight}px`); // the choices stand on it
  const drawer = folds && opened ? choices.offsetHeight : 0;
  root.style.setProperty("--drawer", `${drawer}px`); // the text can be scrolled out from under it
  const under = pinned ? choices.offsetHeight + (counted ? changed.offsetHeight : 0) : folds ? foot.offsetHeight + drawer : 0;
  root.style.scrollPaddingBottom = under ? `${under + 16}px` : ""; // what has the focus is not under them
}

function openChoices(open) {
  opened = open;
  pinChoices();
  (open ? main.querySelector("[data-choice]") : unfold).focus({ preventScroll: true });
}

/* The tools of a page, where they have no room: a menu below the bar. */
function openMenu(open) {
  const button = document.getElementById("page-menu");
  if (open) root.style.setProperty("--menu", `${button.getBoundingClientRect().bottom}px`);
  document.body.classList.toggle("menu", open);
  button?.setAttribute("aria-expanded", String(open));
  if (open) main.querySelector(".tools [data-press]")?.focus({ preventScroll: true });
}
function closeMenu() {
  openMenu(false);
  document.getElementById("page-menu").focus({ preventScroll: true });
}
const menuIsOpen = () => document.body.classList.contains("menu");

/* A window that is turned or made larger may want another size of the picture. */
window.addEventListener("resize", () => {
  const before = screenSize;
  screenSize = measured();
  pinChoices();
  if (screenSize.size !== before.size) paint();
});
document.fonts.addEventListener("loadingdone", pinChoices);

/* Without a network there may be no picture; a map has its list. */
backdrop.onerror = () => {
  backdrop.hidden = marks.hidden = true;
};


// What is pressed

document.addEventListener("click", (event) => {
  sound.wake();
  if (event.target.closest("#page-menu")) return openMenu(!menuIsOpen());
  if (event.target.closest("#page-unfold")) return openChoices(!opened);
  if (menuIsOpen() && !event.target.closest(".tools")) return openMenu(false);
  const spot = event.target.closest("[data-for]");
  const button = spot ? document.getElementById(spot.dataset.for) : event.target.closest("[data-press]");
  if (!button) return event.target === veil ? back() : undefined;
  if (button.getAttribute("aria-disabled") === "true" || failed) return undefined;
  if (event.detail > 0 && performance.now() - drawnAt < DEBOUNCE) return undefined;
  return press(button.id);
});

function press(id) {
  if (ready) return id === "paste" ? paste() : post({ do: "press", id });
  if (pressedEarly.length && !id.startsWith("new:") && id !== "back") {
    pressedEarly.push(id);
    document.getElementById("page-progress").classList.add("asked");
    return undefined;
  }
  if (id === "back") {
    pressedEarly.pop();
    early.shown = { screen: "title", argument: "", tree: early.title };
  } else {
    pressedEarly.push(id);
    const note = id.startsWith("new:") && early.notes[id.slice(4)];
    if (note) early.shown = { screen: "content-note", argument: id.slice(4), tree: note };
    else document.getElementById("page-progress").classList.add("asked");
  }
  return draw();
}

const back = () => (ready ? post({ do: "back" }) : press("back"));

document.addEventListener("input", ({ target }) => {
  if (target.matches("[data-field]")) post({ do: "fill", text: target.value });
});

const KEYS = { l: "look", m: "mute", p: "people", w: "map" };

document.addEventListener("keydown", pressByKey);
document.addEventListener("keydown", (event) => {
  if (event.ctrlKey || event.metaKey || event.altKey || event.isComposing) return;
  const field = event.target.matches("input");
  if (event.key === "Escape" && menuIsOpen()) closeMenu();
  else if (event.key === "Escape" && opened) openChoices(false);
  else if (event.key === "Escape") back();
  else if (!ready) return;
  else if (event.key === "Enter" && field) press("open-code");
  else if (!field && /^[1-9]$/.test(event.key)) byNumber(Number(event.key));
  else if (!field && KEYS[event.key]) post({ do: KEYS[event.key] });
  else if (!field && (event.key === "+" || event.key === "-")) post({ do: "adjust", name: "volume", by: event.key === "+" ? 1 : -1 });
  else return;
  sound.wake();
  event.preventDefault();
});

/* A number presses a choice that is in sight, and goes to one that is not. */
function byNumber(number) {
  const choice = card.hidden ? main.querySelectorAll("[data-choice]")[number - 1] : null;
  if (choice && main.matches(".fold") && !opened) {
    openChoices(true);
    return choice.focus({ preventScroll: true });
  }
  const place = choice?.getBoundingClientRect();
  if (choice && (place.top < 0 || place.bottom > window.innerHeight)) choice.focus();
  else post({ do: "number", number });
  return undefined;
}

/* The browser's way back closes what lies on the page; from the page it goes to the title, and from there it leaves. */
window.addEventListener("popstate", () => {
  if (!ready || document.body.dataset.screen === "title") return;
  history.pushState({ deep: true }, "");
  if (menuIsOpen()) openMenu(false);
  else if (opened) openChoices(false);
  else post({ do: "up" });
});

window.addEventListener("hashchange", () => {
  const code = codeInAddress();
  if (code && ready) post({ do: "code", code });
});

function codeInAddress() {
  const { hash } = window.location;
  if (!hash.startsWith(HASH)) return "";
  history.replaceState(history.state, "", window.location.pathname + window.location.search);
  return hash.slice(HASH.length).slice(0, 10000);
}

async function copy(text) {
  try {
    await navigator.clipboard.writeText(text);
    return true;
  } catch {
    post({ do: "not-copied" });
    return false;
  }
}

/* A link that opens the reading of a code: the phone asks with whom to share it; elsewhere it is copied. */
async function shareLink(code) {
  const url = `${window.location.origin}${window.location.pathname}${HASH}${code}`;
  try {
    if (navigator.share) return await navigator.share({ title: site.title, url });
  } catch (error) {
    if (error.name === "AbortError") return undefined; // the reader thought better of it
  }
  return (await copy(url)) && post({ do: "copied" });
}

async function paste() {
  try {
    const text = await navigator.clipboard.readText(), field = document.querySelector("[data-field]");
    if (field) field.value = text;
    post({ do: "fill", text });
  } catch { /* the reader said no, and can type it */ }
}

function download(name, file) {
  const link = document.createElement("a");
  link.href = URL.createObjectURL(file);
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 60000);
}

function chooseFile() {
  const input = Object.assign(document.createElement("input"), { type: "file", accept: ".json,application/json" });
  input.onchange = async () => input.files[0] && post({ do: "imported", text: (await input.files[0].slice(0, LARGEST).text()) });
  input.click();
}

/* A journal with its pictures in it, as one file: those of this screen's size, which are there without a network. */
async function keepJournal({ name, html }) {
  try {
    for (const picture of new Set([...html.matchAll(/"picture:([\w-]*)"/g)].map(([, found]) => found))) {
      html = html.replaceAll(`"picture:${picture}"`, `"${await dataAddress(picture)}"`);
    }
    const file = new Blob([html], { type: "text/html" });
    download(name, file);
    post({ do: "journal-written", name, size: file.size });
  } catch (error) {
    post({ do: "journal-failed", why: String(error.message || error) });
  }
}

async function dataAddress(picture) {
  if (!picture) return "data:,";
  const found = await blob(pictureFile(picture, size())).catch(() => null); // one that is not there has its words
  if (!found) return "data:,";
  const file = new File([found], "", { type: "image/webp" });
  return new Promise((done, fail) => {
    const reader = new FileReader();
    reader.onload = () => done(reader.result);
    reader.onerror = () => fail(reader.error);
    reader.readAsDataURL(file);
  });
}

function fullscreen() {
  if (document.fullscreenElement) document.exitFullscreen();
  else root.requestFullscreen?.().catch(() => {});
}


// The start

async function start() {
  const languages = navigator.languages || [navigator.language];
  const before = remembered(), language = before ? before.language : languageFor(languages);
  early = site.starts[language];
  if (before) early.title = withAgain(early.title, before.again);
  early.shown = { screen: "title", argument: "", tree: early.title };
  const theme = matches("(prefers-contrast: more)") ? "contrast" : matches("(prefers-color-scheme: dark)") ? "night" : "paper";
  const first = { theme, motion: matches("(prefers-reduced-motion: reduce)") ? "reduced" : "full" };
  if (before) applySettings(before.settings, language);
  else Object.assign(root.dataset, first);
  root.lang = language;
  applyAround(language);
  progress(0);
  draw();
  if (!site.scorm && (await takeNewVersion())) return;
  const code = codeInAddress();
  worker = await startWorker();
  worker.onmessage = onMessage;
  worker.onerror = (event) => fail(event.message || "app/worker.js"); // a script that cannot be had has no message
  const changed = (name, text) => post({ do: "changed", name, text });
  store = platform ? await PlatformStore.open(platform, words) : await Store.open(storeName(), changed, words);
  const device = matches("(pointer: coarse)") ? "touch" : "keyboard";
  worker.postMessage({ do: "first", files: store.files, languages, prefers: first, code, link: !site.scorm && window.location.protocol !== "file:", device, place: words("web.place") });
}

/* The title with the button that goes on, above its others. */
const withAgain = (title, again) => ({ ...title, children: title.children.map((child) =>
  (child.id === "choices" ? { ...child, children: [...again, ...child.children] } : child)) });

/* Each site keeps its own readings: in another folder of the same address there may be another version of the story. A file
   on a disk is moved and renamed; there the readings are the story's. */
const storeName = () => {
  const { href, protocol } = window.location;
  return `grain-${site.pack}${protocol === "file:" ? "" : ` ${new URL(".", href).pathname}`}`;
};

function languageFor(languages) {
  const short = (tag) => tag.split("-")[0].toLowerCase();
  for (const wanted of languages) {
    const found = Object.keys(site.starts).find((one) => short(one) === short(wanted));
    if (found) return found;
  }
  return Object.keys(site.starts)[0];
}

start().catch((error) => fail(String(error)));
