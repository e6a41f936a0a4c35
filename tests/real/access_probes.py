"""Probes of a page in a browser for what axe does not look at: text spacing, target sizes, and where the focus is."""

from __future__ import annotations

from typing import Any

from playwright.sync_api import Page

LEAST_TARGET = 24  # CSS pixels, WCAG 2.2 criterion 2.5.8
LEAST_RING = 2  # CSS pixels of a focus ring

# The spacing of WCAG 2.2 criterion 1.4.12, for every text of the page, or taken away again. A constructed style sheet
# is allowed by a content policy that forbids inline styles.
SPACE = """(on) => {
  const spacing = new CSSStyleSheet();
  spacing.replaceSync(`* { line-height: 1.5 !important; letter-spacing: .12em !important }
    * { word-spacing: .16em !important }
    p { margin-bottom: 2em !important }`);
  document.adoptedStyleSheets = on ? [spacing] : [];
}"""

# The texts that a box cuts off: whose lines reach out of an ancestor that hides what overflows it. Texts for screen
# readers alone, which a box of one pixel hides, do not count.
CUT_OFF = """() => {
  const found = [], range = document.createRange();
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  const hides = ({ overflowX, overflowY }) => [overflowX, overflowY].some((one) => ["hidden", "clip"].includes(one));
  for (let text; (text = walker.nextNode());) {
    range.selectNodeContents(text);
    const lines = [...range.getClientRects()].filter(({ width, height }) => width > 1 && height > 1);
    if (!text.data.trim() || !lines.length || !text.parentElement.checkVisibility()) continue;
    for (let box = text.parentElement; box !== document.body; box = box.parentElement) {
      const style = getComputedStyle(box), edge = box.getBoundingClientRect();
      if (style.clipPath !== "none" || style.clip !== "auto" || edge.width <= 1) break;
      if (!hides(style)) continue;
      if (lines.some(({ left, right, top, bottom }) =>
        right > edge.right + 1 || left < edge.left - 1 || bottom > edge.bottom + 1 || top < edge.top - 1)) {
        found.push(text.data.trim());
        break;
      }
    }
  }
  return found;
}"""

# Each control that is smaller than a number of pixels. Words within a sentence may be as low as their line.
TOO_SMALL = """(least) => [...document.querySelectorAll("button, input, a[href], [role=button]")]
  .filter((one) => one.checkVisibility() && !one.closest("[inert]") && getComputedStyle(one).display !== "inline")
  .map((one) => [one.closest("label") || one, one])
  .filter(([hit]) => Math.min(hit.getBoundingClientRect().width, hit.getBoundingClientRect().height) < least)
  .map(([, one]) => one.outerHTML.slice(0, 120))"""

# What has the focus: its id or words, how broad its ring is, and whether some of it can be seen.
FOCUS = """() => {
  const one = document.activeElement, style = getComputedStyle(one);
  const parts = [...one.getClientRects()];
  const seen = ({ left, top, width, height }) => [[.5, .5], [.1, .5], [.9, .5], [.5, .1], [.5, .9]].some(([x, y]) => {
    const hit = document.elementFromPoint(left + x * width, top + y * height);
    return hit && (one.contains(hit) || hit.contains(one) && hit.matches("label"));
  });
  return {
    name: one === document.body ? "" : one.id || one.textContent.trim() || one.nodeName,
    ring: style.outlineStyle === "none" ? 0 : parseFloat(style.outlineWidth),
    seen: parts.some(seen),
    drawn: document.getElementById("main")?.dataset.drawn ?? "",
  };
}"""

# All texts of a control by which it is called, where it is named otherwise than by them.
OTHER_NAMES = """() => [...document.querySelectorAll("button, a[href], [role=button]")]
  .filter((one) => one.checkVisibility() && one.textContent.trim())
  .filter((one) => one.hasAttribute("aria-label") || one.hasAttribute("aria-labelledby") || one.hasAttribute("title"))
  .map((one) => one.outerHTML.slice(0, 120))"""


def cut_off_when_spaced(page: Page) -> list[str]:
    """Return the texts that the spacing of criterion 1.4.12 cuts off, and "sideways" if the page then scrolls so."""
    page.evaluate(SPACE, True)
    found: list[str] = page.evaluate(CUT_OFF)
    fits = page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    page.evaluate(SPACE, False)
    return found if fits else [*found, "sideways"]


def small_targets(page: Page, least: int = LEAST_TARGET) -> list[str]:
    """Return the beginning of the markup of each control that is lower or narrower than `least` CSS pixels."""
    found: list[str] = page.evaluate(TOO_SMALL, least)
    return found


def other_names(page: Page) -> list[str]:
    """Return the beginning of the markup of each control whose name is not the text that is seen on it."""
    found: list[str] = page.evaluate(OTHER_NAMES)
    return found


def walk_focus(page: Page, most: int = 300) -> list[dict[str, Any]]:
    """Press Tab until the focus leaves the page or returns. Returns each place of the focus as {name, ring, seen,
    drawn}: the control, its ring's width in CSS pixels, whether it is in sight, and how often the page was drawn."""
    places: list[dict[str, Any]] = []
    page.evaluate("document.activeElement.blur()")
    for _ in range(most):
        page.keyboard.press("Tab")
        # Chromium scrolls to what has the focus in the next frame. A Tab before that leaves its own focus out of sight.
        page.evaluate("new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)))")
        place = page.evaluate(FOCUS)
        if not place["name"] or (places and place["name"] == places[0]["name"]):
            return places
        places.append(place)
    raise AssertionError(f"the focus goes round for ever: {[place['name'] for place in places]}")


def problems_of(page: Page) -> list[str]:
    """What is wrong with a page as it stands; its focus is elsewhere afterwards."""
    places = walk_focus(page)
    dim = [str(place) for place in places if place["ring"] < LEAST_RING or not place["seen"]]
    return [*cut_off_when_spaced(page), *small_targets(page), *other_names(page), *dim]
