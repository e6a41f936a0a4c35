/* The renderer of the game's semantic tree as HTML: for a class's phones, and for the game in a browser. MIT licence, as
   the program: see LICENSE.

   A tree is what game/ui/tree.py gives as JSON. Every text is set as text, never as markup. */


// Elements

export function make(name, attributes = {}, ...children) {
  const element = document.createElement(name);
  for (const [key, value] of Object.entries(attributes)) {
    if (value === true) element.setAttribute(key, "");
    else if (value !== false && value !== "" && value != null) element.setAttribute(key, value);
  }
  element.append(...children.flat(3).filter(Boolean));
  return element;
}

const HAN = /(\p{Script=Han}[\p{Script=Han}·、。 ]*)/u;

/* A text whose Chinese says that it is Chinese. */
export function spoken(text) {
  if (document.documentElement.lang.startsWith("zh")) return [text || ""];
  return (text || "").split(HAN).map((part, i) => (i % 2 ? make("span", { lang: "zh-Hans" }, part) : part));
}

/* Make `old` equal to `made`. Elements that are the same stay, so the reader keeps the place and the focus. */
export function patch(old, made) {
  if (old.nodeName !== made.nodeName || old.id !== made.id) return old.replaceWith(made);
  if (old.nodeType === Node.TEXT_NODE) {
    if (old.data !== made.data) old.data = made.data;
    return undefined;
  }
  for (const { name } of [...old.attributes]) {
    if (!made.hasAttribute(name) && name !== "style") old.removeAttribute(name);
  }
  for (const { name, value } of made.attributes) {
    if (old.getAttribute(name) !== value) old.setAttribute(name, value);
  }
  return patchChildren(old, [...made.childNodes]);
}

export function patchChildren(old, made) {
  const there = [...old.childNodes];
  made.forEach((child, i) => (i < there.length ? patch(there[i], child) : old.append(child)));
  there.slice(made.length).forEach((child) => child.remove());
}

/* Size bars and bowls by script: styles in the markup would need a laxer content policy. */
export function fit(element) {
  for (const part of element.querySelectorAll("[data-part]")) part.style.width = `${100 * part.dataset.part}%`;
  for (const part of element.querySelectorAll("[data-fill]")) part.style.height = `${100 * part.dataset.fill}%`;
}

/* Set a live region only when it changes, so that it is said once. */
export function write(id, text) {
  const element = document.getElementById(id);
  if (element.textContent !== text) {
    element.textContent = "";
    element.append(...spoken(text));
  }
}


// A tree as elements

export const kids = (node) => node.children || [];
export const title = (level, label, id) => make(`h${level}`, { id, tabindex: "-1" }, spoken(label));

/* A renderer. `own` has functions by `#id`, `role.style`, `.style` or `role`. The first that fits draws a node; of equal
   ones COMMON's comes last. Each gives an element, several, or null. */
export function renderer(own = {}) {
  const elements = (node) => {
    const { id, role, style = "" } = node;
    const keys = [`#${id}`, `${role}.${style}`, `.${style}`, role];
    const draw = keys.flatMap((key) => [own[key], COMMON[key]]).find(Boolean);
    return draw ? draw(node, elements) : section(node, kids(node).map(elements));
  };
  return elements;
}

const COMMON = {
  date: (node) => (node.label ? make("p", { class: "date" }, spoken(node.label)) : null),
  heading: (node) => title(node.level || 1, node.label),
  paragraph: (node) => quoted(node),
  "paragraph.change": (node) => make("p", { id: node.id, class: node.style },
    make("span", { class: "unseen" }, spoken(node.label)), make("span", { "aria-hidden": "true" }, marked(node))),
  status: (node) => make("p", { id: node.id, class: node.style, role: "status" }, spoken(node.label)),
  "group.chart": (node) => section(node, chart(node)),
  "group.progress": (node) => make("p", { class: "progress", id: node.id }, node.label),
  "group.note": (node, elements) => (kids(node).length ? section(node, kids(node).map(elements))
    : make("p", { class: "note", id: node.id }, spoken(node.label))),
};

export function section(node, content) {
  const id = `${node.id}-title`;
  const head = node.label ? title(2, node.label, id) : null;
  return make("section", { id: node.id, class: node.style || node.id, "aria-labelledby": head && id }, head, content);
}

/* A paragraph, after who says it. `link` draws what opens a card, and `rest` stands after the words. */
export function quoted(node, link = spoken, rest = []) {
  const by = node.value ? [make("span", { class: "by" }, spoken(node.value)), " "] : [];
  return make("p", { id: node.id, class: node.style }, by, node.spans ? marked(node, link) : spoken(node.label), rest);
}

/* A paragraph's words with emphasis. `link` draws what opens a card. */
export function marked(node, link) {
  let next = 0;
  return node.spans.map((span) => {
    if (OPENING.includes(span.kind) && span.target) return link(span.text, kids(node)[next++], span);
    return span.kind === "emphasis" ? make("em", {}, spoken(span.text)) : spoken(span.text);
  });
}

const OPENING = ["term", "person"];

/* Words that are pressed as a button is, but break over lines, and never from a comma after them. */
export const pressedWords = (attributes, text) => make("span", { role: "button", tabindex: "0", ...attributes }, spoken(text));

/* A key on such words presses them. */
export function pressByKey(event) {
  if (!["Enter", " "].includes(event.key) || !event.target.matches("span[role=button]")) return;
  event.preventDefault();
  event.target.click();
}

/* A weighing: bars to one scale, and bowls; the words beside them say the same. */
export function chart(node, full = node.level) {
  return kids(node).map((row) => {
    if (row.style === "bowls") return bowls(row);
    if (row.role !== "row") return make("p", { class: row.style }, spoken(row.label));
    const marks = kids(row).map((mark) => make("i", { class: mark.style, "data-part": mark.level / full }));
    return make("div", { class: "row" }, make("p", {}, spoken(row.label), " ", make("b", {}, spoken(row.value))),
      marks.length ? make("p", { class: "bar", "aria-hidden": "true" }, marks) : null);
  });
}

/* Bowls, each filled to its level: ten tenths are a whole one. */
export function bowls(node) {
  const rows = kids(node).map((row) => {
    const said = make("p", {}, spoken(row.label), " ", make("b", {}, spoken(row.value)));
    if (!kids(row).length) return make("div", { class: `bowl-row ${row.style}` }, said);
    const drawn = kids(row).map((mark) =>
      make("i", { class: "bowl" }, make("i", {}, make("i", { "data-fill": (mark.level || 0) / 10 }))));
    return make("div", { class: `bowl-row ${row.style}` }, make("p", { "aria-hidden": "true" }, drawn), said);
  });
  return make("div", { id: node.id, class: "bowls" }, make("p", { class: "key" }, spoken(node.label)), rows);
}
