/* How the game in a browser draws what phones draw otherwise or never see: pages that are pressed, menus, settings,
   slots, the talk. MIT licence, as the program: see LICENSE.txt. */
import { bowls, chart, fit, kids, make, patchChildren, pressedWords, quoted, renderer, section, spoken, title } from "./renderer.js";

/* What has an action is a button whose press is sent by its id; some say besides what they are, for whoever drives the
   page from outside. */
export function pressable(node, attributes, ...content) {
  const { verb, target } = node.action || {};
  const says = { new: { "data-begin": target }, begin: { "data-start": true }, choose: { "data-choice": target } }[verb];
  return make("button", {
    type: "button", class: [node.role === "button" ? "" : node.role, node.style].filter(Boolean).join(" "), ...pressedBy(node),
    ...says, ...attributes,
  }, ...content);
}

const pressedBy = (node) => ({ id: node.id, "data-press": Boolean(node.action), "aria-disabled": !node.action && "true",
  lang: node.language, "aria-description": node.hint });

const isYear = (node) => node.style === "year";
/* A year, of whose bowls the name is over them, where the style sheet can show it once for all years. */
const bowlsNamed = (year) => ({ ...year, children: kids(year).map((child) => (child.style !== "bowls" ? child
  : { ...child, label: kids(child)[0].label, children: kids(child).map((row) => ({ ...row, label: "" })) })) });
const labelled = (node) => [make("span", { class: "say" }, spoken(node.label)),
  node.value && [" ", make("span", { class: "value" }, spoken(node.value))]];

/* `pictures` gives an inline image's address by its id; `own` has what a page draws otherwise, as `renderer` takes it. */
export function siteRenderer(pictures, own = {}) {
  const items = (node, elements, attributes = {}) =>
    make("ul", { id: node.id, class: node.style || node.id, "aria-label": node.label, ...attributes },
      kids(node).map((child) => make("li", {}, elements(child))));
  const link = (text, node) => (node.action ? pressedWords({ ...pressedBy(node), class: `term ${node.style}` }, text)
    : make("span", { id: node.id, class: `term ${node.style}` }, spoken(text))); // on a wall, where nothing is pressed
  const elements = renderer({
    image: (node) => (pictures(node.id) ? make("img", { id: node.id, class: "thumbnail", src: pictures(node.id), alt: node.label }) : null),
    button: (node) => pressable(node, node.style === "place" ? { "aria-pressed": String(Boolean(node.chosen)) } : {}, labelled(node)),
    "button.spot": (node) => pressable(node, {}, Boolean(node.level) && [make("span", { class: "number" }, String(node.level)), " "], labelled(node)),
    choice: (node) => pressable(node, {}, make("span", { class: "number" }, String(node.level)), " ",
      make("span", { class: "say" }, spoken(node.label)), node.value && [" ", make("span", { class: "reason" }, spoken(node.value))]),
    "choice.continue": (node) => pressable(node, {}, make("span", { class: "say" }, spoken(node.label))),
    link: (node) => pressable(node, {}, labelled(node), kids(node).map(elements)),
    option: (node) => pressable(node, { "aria-pressed": String(Boolean(node.chosen)) }, spoken(node.label)),
    setting: (node) => make("fieldset", { id: node.id, class: "setting" }, make("legend", {}, spoken(node.label)),
      make("div", { class: "options" }, kids(node).map(elements))),
    field: (node) => make("label", { class: "field" }, make("span", {}, spoken(node.label)), make("input", {
      id: node.id, type: "text", "data-field": true, value: node.value, autocomplete: "off", autocapitalize: "characters",
      autocorrect: "off", spellcheck: "false", enterkeyhint: "go", "aria-describedby": "field-error", "aria-description": node.hint,
    })),
    "group.progress": (node) => make("p", { class: "progress", id: node.id }, kids(node).length > 0 && make("span",
      { class: "dots", "aria-hidden": "true" }, kids(node).map((mark) => make("i", { class: mark.chosen ? "past" : "" }))),
      make("span", { class: "at" }, node.label)),
    mark: (node) => make("i", { class: `mark ${node.style || ""}`, "aria-hidden": "true" }),
    ornament: (node) => make("p", { class: `ornament ${node.style || "end"}`, "aria-hidden": node.style === "grain" && "true" },
      node.style === "grain" ? null : spoken(node.label)),
    paragraph: (node) => quoted(node, link, node.spans ? [] : kids(node).map(elements)),
    "paragraph.code": (node) => make("p", { id: node.id, class: "code" }, node.label),
    list: (node) => (kids(node).some((child) => child.role === "choice")
      ? section(node, make("ol", {}, kids(node).map((child) => make("li", {}, elements(child)))))
      : items(node, elements)),
    "group.tools": (node) => make("div", { id: node.id, class: "tools", role: "group" }, kids(node).map(elements)),
    "group.years": (node, elements) => section(node, [
      make("div", {}, kids(node).filter(isYear).map((year) =>
        make("section", { id: year.id, class: "chart year" }, title(3, year.label), chart(bowlsNamed(year), node.level)))),
      kids(node).filter((one) => !isYear(one)).map(elements)]),
    "group.bowls": (node) => bowls(node),
    "group.map": (node) => section(node, kids(node).map(elements)),
    "group.date": (node) => make("div", { class: "dates" }, kids(node).map(elements)),
    "group.station": (node) => make("section", { class: `station lane-${node.level || 0}` }, title(3, node.label),
      node.value && make("p", { class: "small" }, spoken(node.value)), kids(node).map(elements)),
    "group.doors": (node) => make("p", { class: "doors" }, kids(node).map((mark) => make("i", { class: mark.chosen ? "door taken" : "door", "aria-hidden": "true" })),
      " ", make("span", { class: "small" }, spoken(node.label))),
    "group.item": (node) => make("div", { id: node.id, class: "item" }, make("p", {}, spoken(node.label)),
      node.value && make("p", { class: "small" }, spoken(node.value)), kids(node).map(elements)),
    "group.deed": (node) => make("p", { id: node.id, class: "deed" }, spoken(node.label)),
    "group.view": (node) => make("div", { id: node.id, class: "view" }, make("p", { class: "lead" }, spoken(node.label)),
      node.value && make("p", {}, spoken(node.value)), kids(node).map(elements)),
    "group.fate": (node) => make("div", { id: node.id, class: "fate" }, kids(node).map(elements)),
    "group.slot": (node) => make("div", { id: node.id, class: "slot", role: "group" }, kids(node).map(elements)),
    "group.note": (node) => make("div", { id: node.id, class: "note" }, make("p", {}, spoken(node.label)), kids(node).map(elements)),
    ...own,
  });
  return elements;
}

/* A screen: what is read and pressed in the order of the tree; the picture is drawn behind it, the title has its
   Chinese beside it, tools and progress may stand outside of the sheet. A picture alone is headed for voices only. With
   `menu`, the words of a button that opens the tools where they have no room, progress, date and button are one bar. */
export function screen(tree, elements, menu = "") {
  const parts = kids(tree).filter((node) => !(node.role === "image" && BEHIND.includes(node.id)));
  const date = parts.find((node) => node.role === "date");
  const made = parts.map((node) => [node, elements(node)]);
  const heading = made.find(([node]) => node.role === "heading");
  if (date && date.value && heading) heading[1].append(" ", make("span", { class: "hanzi" }, spoken(date.value)));
  const unseen = heading || !tree.label ? [] : [make("h1", { class: "unseen" }, spoken(tree.label))];
  const barred = menu ? IN_BAR : [];
  const elementsOf = (inBar) => made.filter(([{ id }]) => barred.includes(id) === inBar).map(([, element]) => element);
  const bar = menu && make("div", { id: "page-bar" }, elementsOf(true),
    make("button", { id: "page-menu", type: "button", "aria-expanded": "false", "aria-controls": "tools" }, spoken(menu)));
  return [unseen, bar, elementsOf(false)].flat(4).filter(Boolean);
}

const IN_BAR = ["progress", "date"];

const BEHIND = ["picture", "shown"]; // the images of a screen that lie behind it
export const pictureAlt = (tree) => (kids(tree).find((node) => node.role === "image" && BEHIND.includes(node.id)) || {}).label || "";

/* Numbers on the picture of a map, for eye and finger: its list says the same. `places`: the share of the picture's width
   and height at which each node lies. */
export function spots(tree, places) {
  const nodes = (node) => [node, ...kids(node).flatMap(nodes)];
  return nodes(tree).filter((node) => places[node.id]).map((node) => {
    const spot = make("span", { class: node.chosen ? "map-mark here" : "map-mark", "data-for": node.id }, String(node.level));
    [spot.style.left, spot.style.top] = places[node.id].map((share) => `${100 * share}%`);
    return spot;
  });
}

/* The language of what is shown, and the settings that the style sheet looks at. */
export function applySettings(settings, language) {
  const root = document.documentElement;
  root.lang = language;
  for (const name of ["theme", "font", "spacing", "targets", "motion"]) root.dataset[name] = settings[name];
  root.style.setProperty("--scale", settings.text_scale / 100);
}

/* Draw screens, of which one may be a card over the other, and name the tab after the topmost; `anew`: keep no element of
   another screen; `name` is the page's own, `menu` as for `screen`, on the page that is read. Gives the screen below, the
   card, and the heading that is read first. */
export function drawScreens(screens, elements, anew, name, menu = "") {
  const main = document.getElementById("main"), card = document.getElementById("page-card");
  const base = screens.find((one) => !one.card) || screens[0];
  const over = screens.find((one) => one.card);
  main.className = [base.tree.style, base.screen].filter(Boolean).join(" ");
  document.body.dataset.screen = base.screen;
  main.inert = Boolean(over);
  if (anew && !over) main.textContent = "";
  patchChildren(main, [...screen(base.tree, elements, base.screen === "reading" ? menu : "")]);
  card.hidden = document.getElementById("page-veil").hidden = !over;
  card.setAttribute("aria-labelledby", "page-card-title");
  patchChildren(card, over ? screen(over.tree, elements) : []);
  const cardTitle = card.querySelector("h1");
  if (cardTitle) cardTitle.id = "page-card-title";
  fit(main);
  fit(card);
  const heading = (over ? card : main).querySelector("h1");
  document.title = [heading?.firstChild?.textContent, name].filter((part, i, all) => part && all.indexOf(part) === i).join(" – ");
  return { base, over, heading };
}
