/* What a phone shows, as elements: the trees that the class sends, and the way in. It keeps nothing.
   MIT licence, as the program: see LICENSE. */

import { kids, make, pressedWords, quoted, renderer, section, spoken, title } from "./renderer.js";

const CARDS = { term: "words", person: "people" }; // what a mark is -> the part of the page that explains it
const TOLD = ["date", "heading"]; // what stands over a chapter in a few words, too

const part = (tree, id) => kids(tree).find((node) => node.id === id);

/* What is awaited: its style is the state of the vote. */
export const statusOf = (tree) => kids(tree).find((node) => node.role === "status");

/* The words of the way to the choices; "" while no vote is open. */
export const choicesLink = (tree) => (kids(statusOf(tree)).find((node) => node.id === "to-choices") || { label: "" }).label;

/* The hard chapter that this page can tell in a few words, or "". */
export const chapterTold = (tree) => (part(tree, "telling") ? kids(part(tree, "telling"))[0].action.target : "");


// The class's trees

/* The other languages of the class, each with a button in its own words. */
const languages = (others) => others.length > 0 && make("p", { id: "languages" }, others.map(({ language, name: label }) =>
  make("button", { type: "button", class: "quiet", id: `speak:${language}`, lang: language, "data-do": "speak" }, label)));

/* The note that is read before the first page. */
export const welcomeElements = (tree, view) => [languages(view.others), ...kids(tree).map(treeRenderer(tree, view))];

/* A page: the text, the choices, the words of the time; or of a chapter that is left out, its few words. `view`:
     text(key)       a text of the page's own
     opened          ids of what is unfolded
     leftOut         whether the chapter is told in a few words
     pressed         {choice, sure}: the vote that is in no page yet, or null
     seatNumber      as the teacher sees it
     others          the other languages of the class
     over            whether the class is over */
export function pageElements(tree, view) {
  const elements = treeRenderer(tree, view);
  const parts = kids(tree).filter(({ role, id }) =>
    (view.leftOut ? TOLD.includes(role) || id === "telling" : role !== "status"));
  const voting = parts.findIndex((node) => node.id === "choices" || node.id === "tally");
  const words = parts.findIndex((node) => Object.values(CARDS).includes(node.id));
  const end = [voting, words, parts.length].find((at) => at >= 0);
  const reading = parts.slice(0, end).map(elements);
  const date = parts.find((node) => node.role === "date");
  const heading = reading.find((element) => element && element.nodeName === "H1");
  if (date && date.value && heading) heading.append(" ", make("span", { class: "hanzi" }, spoken(date.value)));
  const seat = view.seatNumber > 0
    && make("p", { class: "small", id: "seat" }, view.text("seat").replace("{n}", view.seatNumber));
  return [make("article", {}, reading), ...parts.slice(end).map(elements), seat, languages(view.others)];
}

function treeRenderer(tree, view) {
  const { text, opened, leftOut, pressed, over } = view;

  /* A button that opens the element with the id `opens`. */
  function opening(id, opens) {
    const open = opened.has(id);
    return { id, "data-do": "open", "aria-expanded": String(open), "aria-controls": open && opens };
  }

  /* One line, which opens the rest. */
  function folded(node, content) {
    const rest = `${node.id}-list`;
    return make("section", { class: `${node.style} folded` },
      make("button", { type: "button", ...opening(node.id, rest) }, spoken(node.label)),
      opened.has(node.id) && make("div", { id: rest }, content));
  }

  function paragraph(node) {
    const links = kids(node);
    if (!links.length) return quoted(node);
    const glosses = links.filter((link) => opened.has(link.id)).map((link) => {
      const card = cardOf(tree, link.action);
      return make("p", { class: "gloss", id: `${link.id}-gloss` }, make("b", {}, spoken(card.value)), " ", spoken(card.label));
    });
    return make("div", {}, quoted(node, mark), glosses);
  }

  /* Terms and people open where they stand. */
  const mark = (label, { id }, { kind }) => pressedWords({ ...opening(id, `${id}-gloss`), class: `term ${kind}` }, label);

  function choice(node) {
    const chosen = pressed ? node.id === `choice:${pressed.choice}` : Boolean(node.chosen);
    const attributes = { type: "button", id: node.id, "data-do": "vote", "aria-pressed": String(chosen) };
    return make("li", {}, make("button", { ...attributes, "aria-disabled": (over || !node.action) && "true" },
      make("span", { class: "number" }, String(node.level)), " ", make("span", { class: "say" }, spoken(node.label)), " ",
      node.value && make("span", { class: "reason" }, spoken(node.value)), node.value && " ",
      chosen && make("span", { class: "mark" }, text(pressed && !pressed.sure ? "sending" : "mine"))));
  }

  function count(row, all) {
    return make("li", { id: row.id, class: row.chosen && "mine" },
      make("p", { class: "say" }, spoken(row.label)),
      make("p", { class: "votes" }, row.value, " ", row.chosen && make("span", { class: "mark" }, text("mine"))),
      make("div", { class: "whole" }, make("div", { class: "part", "data-part": all ? (row.level || 0) / all : 0 })));
  }

  const elements = renderer({
    image: (node) => make("p", { class: "unseen" }, `${text("picture")} `, spoken(node.label)),
    button: ({ id, style, label, action }) => make("button", { type: "button", class: style, id, "data-do": action.verb }, label),
    list: (node) => section(node, make("ol", {}, kids(node).map(choice))),
    paragraph,
    "paragraph.fact": ({ id, label, value }) =>
      make("p", { id, class: "fact" }, spoken(label), value && make("small", {}, spoken(value))),
    "group.tally": (node) => section(node, make("ol", {}, kids(node).map((row) => count(row, node.level)))),
    "#telling": (node) => (leftOut ? section(node, kids(node).slice(1).map(elements)) : elements(kids(node)[0])),
    "#people": (node) => folded(node, make("dl", {}, kids(node).map(explained))),
    "group.words": (node) => section(node, make("dl", {}, kids(node).map(explained))),
    "group.rests": (node) => folded(node, kids(node).map(elements)),
  });
  return elements;
}

const cardOf = (tree, { verb, target }) => kids(part(tree, CARDS[verb])).find((card) => card.id === `${verb}:${target}`);
const explained = (card) => make("div", { id: card.id }, make("dt", {}, spoken(card.value)), make("dd", {}, spoken(card.label)));


// The way in

/* The code, and the door where there are two. `refused` says why the last try failed, `wrong` that the code was wrong;
   `busy`: no answer has come yet. */
export function joinForm({ title: name, doors, others }, { text, code, refused, wrong, busy }) {
  const field = make("input", {
    id: "code", name: "code", type: "text", value: code, autocomplete: "off", autocapitalize: "characters",
    autocorrect: "off", spellcheck: "false", enterkeyhint: "go", required: true, maxlength: "12",
    "aria-describedby": "refused hint", "aria-invalid": wrong && "true",
  });
  const choices = [{ id: "", name: text("door.any") }, ...doors].map((door, i) =>
    make("label", { class: "door" }, make("input", { type: "radio", name: "door", value: door.id || "any", checked: i === 0 }),
      make("span", {}, spoken(door.name), door.about ? make("span", { class: "small about" }, spoken(door.about)) : null)));
  return [
    languages(others),
    title(1, name),
    make("form", { id: "join", novalidate: true },
      make("p", { class: "refused", id: "refused", role: "alert" }, refused),
      make("label", { for: "code" }, text("code")), field, make("p", { class: "small", id: "hint" }, text("code.hint")),
      doors.length ? make("fieldset", {}, make("legend", {}, text("door")), choices) : null,
      make("button", { type: "submit", class: "main", "aria-disabled": busy && "true" }, text("join"))),
  ];
}

/* A title over one line. */
export const lineElements = (name, line, id = "") => [title(1, name), make("p", { id }, line)];
