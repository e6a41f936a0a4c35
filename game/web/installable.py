"""What makes a site installable: a web app manifest in each language, and icons drawn from the game's bowl."""

from __future__ import annotations

import io
import json
from base64 import b64encode
from collections.abc import Iterator, Mapping

from game.story.model import Story
from game.ui.icon_outlines import BOWL, BOWL_HEIGHT, STROKE, bowl_food
from game.ui.theme import THEMES, Colour

# The icons by their files: the side in pixels, and the share of it that the bowl takes. Of a maskable icon a phone
# shows a circle of four fifths.
ICONS: Mapping[str, tuple[int, float]] = {
    "icon-192.png": (192, 0.7),
    "icon-512.png": (512, 0.7),
    "maskable-512.png": (512, 0.5),
    "touch-180.png": (180, 0.66),
}
FOLDER = "icons"
FLATTER = 0.82  # the height of the bowl, in shares of the one in a weighing: alone it would look like a glass
FILLED = 0.45  # the share of its height to which the bowl is filled
OVERSAMPLE = 4
LIGHT, DARK = THEMES["paper"], THEMES["night"]


def manifest_name(language: str, own: str) -> str:
    """Return the file name of the manifest in a language; `own` is the site's first language."""
    return "manifest.webmanifest" if language == own else f"manifest-{language}.webmanifest"


def installable_files(stories: Mapping[str, Story]) -> Iterator[tuple[str, bytes]]:
    """Yield the manifests and the icons, by path. Raises ImportError without Pillow."""
    own = next(iter(stories))
    for language, story in stories.items():
        yield manifest_name(language, own), _manifest(story)
    for name, (side, share) in ICONS.items():
        yield f"{FOLDER}/{name}", icon(side, share)


def _manifest(story: Story) -> bytes:
    """Return the site's manifest in the story's language. All languages have one `id`, so that a browser takes them for
    one app."""
    icons = [
        {"src": f"{FOLDER}/{name}", "sizes": f"{side}x{side}", "type": "image/png",
         "purpose": "maskable" if name.startswith("maskable") else "any"}
        for name, (side, _) in ICONS.items()
    ]  # fmt: skip
    content = {
        "id": "./", "start_url": "./", "scope": "./", "display": "standalone", "lang": story.language,
        "name": story.title, "short_name": story.title, "description": " ".join(story.subtitle),
        "theme_color": _hex(LIGHT.sheet), "background_color": _hex(LIGHT.sheet), "categories": ["books", "education"],
        "icons": icons,
    }  # fmt: skip
    return json.dumps(content, ensure_ascii=False, indent=1).encode()


def head_lines(own: str) -> str:
    """Return lines for the head of the page in the language `own`: manifest, Apple's icon, and the browser's colour."""
    return "\n".join([
        f'<link rel="manifest" href="{manifest_name(own, own)}">',
        f'<link rel="apple-touch-icon" href="{FOLDER}/touch-180.png">',
        f'<meta name="theme-color" content="{_hex(LIGHT.sheet)}" media="(prefers-color-scheme: light)">',
        f'<meta name="theme-color" content="{_hex(DARK.sheet)}" media="(prefers-color-scheme: dark)">',
    ])  # fmt: skip


def icon_address() -> str:
    """Return the small icon of the browser's tab as a data URI, so that a site in one file has it too."""
    return f"data:image/png;base64,{b64encode(icon(48, 0.86)).decode()}"


def icon(side: int, share: float) -> bytes:
    """Return a half-empty bowl on paper, as a square PNG of `side` pixels. The bowl takes `share` of the width."""
    from PIL import Image, ImageDraw  # an extra, which only this command needs

    large = side * OVERSAMPLE
    image = Image.new("RGB", (large, large), LIGHT.sheet)
    draw = ImageDraw.Draw(image)
    unit, left = large * share, large * (1 - share) / 2
    top = (large - unit * FLATTER * BOWL_HEIGHT) / 2
    wide = STROKE * unit

    def placed(points: tuple[tuple[float, float], ...], edge: float = 0) -> list[tuple[float, float]]:
        return [
            (left + edge / 2 + x * (unit - edge), top + FLATTER * (edge / 2 + y * (unit - edge))) for x, y in points
        ]

    draw.polygon(placed(bowl_food(FILLED)), LIGHT.line)
    for outline in BOWL.solid:
        draw.polygon(placed(outline), LIGHT.accent)
    for outline in BOWL.lined:
        points = placed(outline, wide)
        draw.line(points, LIGHT.accent, round(wide), joint="curve")
        for x, y in (points[0], points[-1]):
            draw.ellipse((x - wide / 2, y - wide / 2, x + wide / 2, y + wide / 2), LIGHT.accent)
    stream = io.BytesIO()
    image.resize((side, side), Image.Resampling.LANCZOS).save(stream, "PNG", optimize=True)
    return stream.getvalue()


def _hex(colour: Colour) -> str:
    return f"#{bytes(colour).hex()}"
