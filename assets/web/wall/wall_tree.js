/* How the pages of a class draw what the game in a browser never shows: halves side by side, votes, the code to scan.
   MIT licence, as the program: see LICENSE. */
import { kids, make, section, spoken, title } from "./renderer.js";
import { pressable, siteRenderer } from "./site_tree.js";

const SVG = "http://www.w3.org/2000/svg";
const QUIET = 4; // modules: the quiet zone that scanners need around a code

/* `codes` gives the dark runs of a code's rows by the id of its image: [first module, length] of each. */
export function wallRenderer(codes) {
  const numbered = (node) => [Boolean(node.level) && make("span", { class: "number" }, String(node.level)), " ",
    make("span", { class: "say" }, spoken(node.label))];
  return siteRenderer(() => "", {
    // its seconds and counts would be said all the time; a vote that ends moves the focus, which is said
    "status.standing": (node) => make("p", { id: node.id, class: node.style }, spoken(node.label)),
    "image.qr": (node) => code(node, codes(node.id) || []),
    "button.option": (node) => pressable(node, { "aria-pressed": node.chosen ? "true" : null }, numbered(node)),
    "paragraph.option": (node) => make("p", { id: node.id, class: node.level ? "option numbered" : "option" }, numbered(node)),
    "paragraph.taken": (node) => make("p", { id: node.id, class: "taken" },
      node.value && make("span", { class: "by" }, spoken(node.value)), " ", spoken(node.label)),
    "group.halves": (node, elements) => make("div", { id: node.id, class: "halves", role: "group", "aria-label": node.label },
      kids(node).map(elements)),
    "group.half": (node, elements) => section(node, kids(node).map(elements)),
    "group.tally": (node) => make("div", { id: node.id, class: "tally" }, make("p", { class: "tally-title" }, spoken(node.label)),
      make("ol", { "aria-label": node.label }, kids(node).map((row) => counted(row, node.level)))),
    "group.joining": beside,
    "group.take-along": beside,
    "group.keys": (node, elements) => make("div", { id: node.id, class: "keys", role: "group", "aria-label": node.label },
      kids(node).map(elements)),
    field: (node) => make("label", { class: "field" }, make("span", {}, spoken(node.label)), make("input", {
      id: node.id, type: "text", "data-field": true, value: node.value || null, autocomplete: "off", spellcheck: "false",
      "aria-description": node.hint,
    })),
  });
}

/* A code to scan, and its words beside it. */
function beside(node, elements) {
  const [image, ...words] = kids(node);
  return make("div", { id: node.id, class: node.style }, elements(image), make("div", {}, words.map(elements)));
}

/* A choice with a bar of its share of all votes, and their number. */
function counted(row, of) {
  return make("li", { id: row.id }, make("span", { class: "say" }, spoken(row.label)),
    make("span", { class: "counted" }, make("span", { class: "whole", "aria-hidden": "true" },
      make("i", { class: "part", "data-part": of ? (row.level || 0) / of : 0 })),
    make("b", { class: "votes" }, spoken(row.value))));
}

function code(node, rows) {
  const side = rows.length + 2 * QUIET;
  const svg = document.createElementNS(SVG, "svg");
  for (const [name, value] of Object.entries({ id: node.id, class: "qr", viewBox: `0 0 ${side} ${side}`, role: "img", "aria-label": node.label })) {
    svg.setAttribute(name, value);
  }
  const dark = document.createElementNS(SVG, "path");
  dark.setAttribute("d", rows.map((runs, y) => runs.map(([x, length]) => `M${x + QUIET} ${y + QUIET}h${length}v1h-${length}z`).join("")).join(""));
  svg.append(dark);
  return svg;
}

/* What the wall says before the class. */
export const waiting = (name, text) => [title(1, name), make("p", { class: "lead" }, spoken(text))];
