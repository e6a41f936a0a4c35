"""Key bindings: what a key means on a screen, which depends on the screen's layout."""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

from game.play.base32_check import LONGEST
from game.ui.intents import (
    Activate,
    Adjust,
    Back,
    Erase,
    Focus,
    FocusStep,
    Fullscreen,
    Intent,
    LookAtPicture,
    MoveCaret,
    Mute,
    Paste,
    PickNumber,
    Press,
    SayAgain,
    Scroll,
    ShowMap,
    ShowPeople,
    SwitchVoice,
)
from game.ui.layout.layout_model import Layout, in_sight, reveal, scrolled_by_page
from game.ui.tree import TreeNode, at_number, choices, field_of, find, focus_order, walk

# Keys that mean the same on every screen, by their names in lower case. A numeric keypad alone must be enough, so 0,
# the point and the signs have meanings. In a field letters are typed, so F2 and F3 do what V and R do.
SIMPLE_KEYS: Mapping[str, Intent] = {
    "escape": Back(), "f11": Fullscreen(), "l": LookAtPicture(), "m": Mute(), "p": ShowPeople(), "w": ShowMap(),
    "v": SwitchVoice(), "f2": SwitchVoice(), "0": SwitchVoice(), "r": SayAgain(), "f3": SayAgain(), ".": SayAgain(),
    "*": SayAgain(whole=True), "+": Adjust(1, "volume"), "-": Adjust(-1, "volume"),
}  # fmt: skip
TEXT_SIZE = {"+": 1, "=": 1, "-": -1}  # keys that, with Control, change the size of the text
MODIFIERS = frozenset(
    f"{side} {name}" for side in ("left", "right") for name in ("shift", "ctrl", "alt", "meta")
) | {"numlock", "caps lock"}  # fmt: skip


class Held(NamedTuple):
    """The modifier keys that are held. `command` is Control, or Command on a Mac."""

    shift: bool = False
    control: bool = False
    command: bool = False
    alt: bool = False


class ViewState(NamedTuple):
    """The topmost screen, with all that decides what a key means.

    Attributes:
        voiced: self-voicing reads it aloud, so arrow keys go from node to node, visible or not.
        presses_unseen: keys also press nodes that are out of sight, as on a kiosk's keypad, whose user listens.
        any_key_starts_voice: every key only turns the voice on, as on an unused kiosk.
    """

    plan: Layout
    tree: TreeNode
    focus: str | None
    scroll: int
    voiced: bool = False
    presses_unseen: bool = False
    any_key_starts_voice: bool = False

    def scrolled(self, to: int) -> list[Intent]:
        """Return the intent to scroll to a place in pixels; empty if the screen is there already."""
        to = self.plan.clamped(to)
        return [Scroll(to)] if to != self.scroll else []

    def paged(self, by: float) -> int:
        """Return the scroll in pixels after `by` screenfuls."""
        return scrolled_by_page(self.plan, self.scroll, by)


def key_intents(key: str, view: ViewState, held: Held | None, debouncing: bool) -> list[Intent]:
    """Return the intents of a key that went down, in order; empty if the key means nothing.

    Args:
        key: its name in lower case; on the numeric keypad in brackets, as "[5]". A gamepad's button has the name of the
            key that does the same, or "start".
        held: the modifiers; None for a gamepad, whose buttons edit no field.
        debouncing: whether presses do nothing yet, because the page has just turned.
    """
    field = field_of(view.tree) if held is not None else None
    held = held or Held()
    if field is not None and (edited := edit_intents(key, held, field, view.focus)) is not None:
        return edited
    key = key[1] if len(key) == 3 and key[0] == "[" else key
    simple = SIMPLE_KEYS.get(key)
    if isinstance(simple, SayAgain) and held.shift and key in ("r", "f3"):
        simple = SayAgain(whole=True)
    if view.tree.style == "picture":
        return from_picture(simple, key in MODIFIERS)
    if held.control:
        return [Adjust(TEXT_SIZE[key], "text_scale")] if key in TEXT_SIZE else []
    if held.alt:
        return [Fullscreen()] if key == "return" else []
    match key:
        case "tab":
            return [FocusStep(-1 if held.shift else 1)]
        case "up" | "down":
            by = 1 if key == "down" else -1
            return [Focus(_next_focus(view.tree, view.focus, by)) if view.voiced else _up_or_down(view, by)]
        case "left" | "right":
            return [_across(view.tree, view.focus, 1 if key == "right" else -1)]
        case "return" | "enter" | "space":
            return _choose(view, debouncing)
        case "backspace":
            return [] if debouncing else [Press("undo")]
        case "page down" | "page up":
            return view.scrolled(view.paged(1 if key == "page down" else -1))
        case "home" | "end":
            return view.scrolled(0 if key == "home" else view.plan.max_scroll)
        case "start":  # a gamepad's button: opens and closes the pause without moving the focus
            return [Back()] if find(view.tree, "pause") is not None else []
        case digit if len(digit) == 1 and digit in "123456789":
            return [] if debouncing else _pick(int(digit), view)
    return [simple] if simple is not None else []


def edit_intents(key: str, held: Held, field: TreeNode, focus: str | None) -> list[Intent] | None:
    """Return the intents by which a key edits the field; empty for a letter, which arrives as a text event; None if the
    key has its usual meaning."""
    if (key == "v" and held.command) or (key == "insert" and held.shift):
        return [Paste()]
    if held.command or held.alt:
        return None
    if key in ("backspace", "delete"):
        return [Erase(-1 if key == "backspace" else 1)]
    if focus == field.id:
        by = {"left": -1, "right": 1, "home": -LONGEST, "end": LONGEST}.get(key)
        if by is not None:
            return [MoveCaret(by)]
        if key == "space":
            return []
    return [] if len(key) == 1 or key in KEYPAD else None


KEYPAD = frozenset(f"[{sign}]" for sign in "0123456789.")


def from_picture(meaning: Intent | None, is_modifier: bool = False) -> list[Intent]:
    """Return the intents of a key while only the picture shows. Keys for voice, sound and window keep their `meaning`,
    and a modifier alone means nothing. Any other key brings the page back."""
    if isinstance(meaning, (SwitchVoice, SayAgain, Adjust, Mute, Fullscreen)):
        return [meaning]
    return [] if is_modifier else [Back()]


def _choose(view: ViewState, debouncing: bool) -> list[Intent]:
    """Return the intents of Enter and Space. They press the focused node if it is visible, and otherwise scroll to it.
    Without a focus they page down through the text (not with self-voicing), and then focus the first choice."""
    plan, scroll, page_on = view.plan, view.scroll, view.paged(1)
    if view.focus is None:
        first = next(iter(choices(view.tree)), None)
        pinned = first is not None and plan.is_pinned(first.id) and page_on != scroll
        if first is None or (not view.voiced and (pinned or not in_sight(plan, scroll, first.id))):
            return view.scrolled(page_on)
        return [Focus(first.id)]
    if not view.presses_unseen:
        further, focused = scroll, find(view.tree, view.focus)
        if not in_sight(plan, scroll, view.focus):
            further = reveal(plan, scroll, view.focus)
        if further != scroll:
            further = min(further, page_on)
        elif focused and focused.style in ("main", "continue") and plan.is_pinned(focused.id):
            further = page_on  # `continue` is always visible below a longer text; read the rest of the text first
        if further != scroll:  # with self-voicing each key must say something, here what it leads to
            return [Scroll(further), SayAgain()] if view.voiced else [Scroll(further)]
    return [] if debouncing else [Activate()]


def _pick(number: int, view: ViewState) -> list[Intent]:
    """Return the intents of a number key: press its choice if it is visible, otherwise focus it. In a class, press the
    option even if it is out of sight, because all have read the options before."""
    option = at_number(view.tree, number)
    if option is None:
        return []
    if view.presses_unseen or option.style == "option" or in_sight(view.plan, view.scroll, option.id):
        return [PickNumber(number)]
    # A focus that does not move is spoken again, because the screen scrolls to it.
    return [Focus(option.id), *([SayAgain()] if view.voiced and view.focus == option.id else [])]


def _across(tree: TreeNode, focus: str | None, by: int) -> Intent:
    """Return the intent of Right (+1) or Left (-1): step the focused setting, else move the focus. If nothing has the
    focus, focus the first choice (Right) or the last (Left)."""
    focused = find(tree, focus)
    if focused is None and (page_choices := choices(tree)):
        return Focus(page_choices[0 if by > 0 else -1].id)
    return Adjust(by) if focused and focused.role == "setting" else FocusStep(by)


def _next_focus(tree: TreeNode, focus: str | None, by: int) -> str | None:
    """Return the focus after arrow down (+1) or up (-1) with self-voicing: the next node. If no node has the focus,
    return the first choice; None if there is no node."""
    order = _focusable(tree)
    if focus in order:
        return _beside(order, focus, by)
    page_choices = [node.id for node in choices(tree)]
    return next(iter(page_choices or order), focus)


def _focusable(tree: TreeNode) -> list[str]:
    """Return the ids of the nodes that arrows reach: all except words inside a paragraph."""
    return [name for name in focus_order(tree) if "." not in name]


def _beside(order: list[str], name: str, by: int) -> str:
    """Return the id that stands `by` places further in the order, but not beyond the first or last."""
    return order[max(0, min(len(order) - 1, order.index(name) + by))]


def _up_or_down(view: ViewState, by: int) -> Intent:
    """Return the intent of arrow down (+1) or up (-1): focus the next node if it is near, else scroll half a screen."""
    plan, focus, scroll = view.plan, view.focus, view.scroll
    order = _focusable(view.tree)
    target: str | None = None
    keys = next((node for node in walk(view.tree) if node.style == "keys"), None)
    if keys is not None and focus in (letters := [key.id for key in keys.children]):
        target = _key_above_or_below(plan, order, letters, focus, by)
    elif focus in order and not in_sight(plan, scroll, focus) and (reveal(plan, scroll, focus) - scroll) * by > 0:
        target = focus  # scroll first, so that what stands before it is seen
    elif focus in order:
        target = _beside(order, focus, by)
    elif order:
        target = _nearest(plan, order, scroll, by)
    if by > 0 and scroll < plan.max_scroll and target is not None and plan.is_pinned(target):
        target = None  # it is pinned below a text that goes on, so scroll through the text first
    reach = plan.main.view.h * 0.6
    if target is None or target == focus or abs(reveal(plan, scroll, target) - scroll) > reach:
        return Scroll(view.paged(0.5 * by))
    return Focus(target)


def _key_above_or_below(plan: Layout, order: list[str], letters: list[str], focus: str, by: int) -> str:
    """Return the id of the keypad's key below (+1) or above (-1) the key `focus`. Beyond the last or first row, return
    the node after or before the keypad. `letters` are the ids of the keypad's keys, `order` all ids on the screen."""
    here = plan.rects(focus)[0]
    column = [name for name in letters if plan.rects(name)[0].x == here.x]
    place = column.index(focus) + by
    if 0 <= place < len(column):
        return column[place]
    return _beside(order, letters[-1] if by > 0 else letters[0], by)


def _nearest(plan: Layout, order: list[str], scroll: int, by: int) -> str:
    seen = [name for name in order if plan.rects(name) and in_sight(plan, scroll, name)
            and any(item.id == name for item in plan.main.items)]  # fmt: skip
    return (seen or order)[0 if by > 0 else -1]
