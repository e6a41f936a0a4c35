/* The button in the bar that leads to the choices, while they are below the screen's edge. MIT licence, as the program: see
   LICENSE. */

const BELOW = .8; // of the screen's height: what begins further down is out of sight

/* Put the button into a bar when needed. `labelOf` gives its words, or "". Gives a function to call after each change. */
export function offerWayDown(bar, labelOf) {
  const button = Object.assign(document.createElement("button"), { id: "down", type: "button" });
  const choices = () => document.getElementById("choices");

  function update() {
    const label = labelOf();
    if (!label || !choices() || choices().getBoundingClientRect().top < window.innerHeight * BELOW) return button.remove();
    if (button.textContent !== label) button.textContent = label;
    if (!button.parentNode) bar.append(button);
    return undefined;
  }

  button.addEventListener("click", () => {
    if (!choices()) return;
    const calm = window.matchMedia("(prefers-reduced-motion: reduce)").matches;
    const first = choices().querySelector("button");
    if (first) first.focus({ preventScroll: true });
    const top = choices().getBoundingClientRect().top - bar.offsetHeight - 12;
    window.scrollBy({ top, behavior: calm ? "auto" : "smooth" });
  });
  window.addEventListener("scroll", update, { passive: true });
  window.addEventListener("resize", update);
  return update;
}
