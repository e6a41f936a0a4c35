/* The carts cut a weighing while one looks: what was taken slides out of what came in, then the bowls step down. With
   reduced motion nothing moves. MIT licence, as the program: see LICENSE. */
import { kids } from "./renderer.js";

const AFTER = 500, STEP = 900; // ms until the cut, and of each of its two steps: as in a window of the desktop

const chartOf = (node) => (node.style === "chart" ? node : kids(node).map(chartOf).find(Boolean));
const rowOf = (node, style) => kids(node).find((row) => row.style === style);

/* Whether the carts came between two screens: of the same grain, nothing was taken on the one before. */
function cuts(before, after) {
  const grain = before && rowOf(before, "brought_in");
  return grain && !rowOf(before, "taken") && rowOf(after, "taken") && rowOf(after, "brought_in")?.level === grain.level;
}

/* Move from the tree `before` to the tree that is drawn in `main`. */
export function cutWeighing(before, after, main) {
  const chart = chartOf(after), { motion } = document.documentElement.dataset;
  if (!chart || !cuts(chartOf(before), chart)) return;
  if (motion === "reduced" || window.matchMedia("(prefers-reduced-motion: reduce)").matches) return;
  const drawn = [...main.querySelectorAll(".chart > .row")], rows = kids(chart).filter((row) => row.role === "row");
  const barOf = (style) => drawn[rows.findIndex((row) => row.style === style)]?.querySelector(".bar");
  const place = (style) => barOf(style).getBoundingClientRect();
  const paper = getComputedStyle(main).backgroundColor;
  for (const style of ["taken", "left"].filter(barOf)) {
    const whole = place("brought_in"), own = place(style); // which may be in another column
    const away = `translate(${whole.left - own.left}px, ${whole.top - own.top}px)`;
    for (const part of barOf(style).children) {
      const look = part.className ? { backgroundColor: paper } : {}; // it covers what it crosses
      part.animate([{ transform: away, ...look }, { transform: "none", ...look }],
        { delay: AFTER, duration: STEP, easing: "ease-in-out", fill: "backwards" });
    }
  }
  const steps = kids(kids(chart).find((child) => child.style === "bowls") || {}).filter((row) => row.style !== "cause");
  const left = steps.findIndex((row) => row.style === "left");
  if (left > 0) main.querySelectorAll(".bowl-row.left [data-fill]").forEach((bowl, i) => pour(bowl, i, steps[left - 1].level, steps[left].level));
}

/* Empty or fill a row's bowl `place` tenth by tenth, while the row goes `from` so many tenths `to` others. */
function pour(bowl, place, from, to) {
  const frames = Array.from({ length: Math.abs(to - from) + 1 }, (_, i) => from + i * Math.sign(to - from))
    .map((tenths) => ({ height: `${10 * Math.min(10, Math.max(0, tenths - 10 * place))}%` }));
  if (frames.length > 1) bowl.animate(frames, { delay: AFTER + STEP, duration: STEP, fill: "backwards" });
}
