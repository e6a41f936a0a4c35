"""A visit's sheets: as high as their text, with the way on in one place, every choice in sight, and the picture visible
to bystanders."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from itertools import combinations, product

import pytest

from game.desktop.render.fonts import Fonts
from game.kiosk.app import offer_of
from game.kiosk.config.configuration import Config
from game.play import Playthrough, begin
from game.resources import assets_folder, story_folder
from game.story import load
from game.story.model import Story
from game.ui.handlers.visit_handlers import show_idle_countdown, start_kiosk
from game.ui.i18n import Catalogue, catalogue_for
from game.ui.kiosk_state import KioskEdition, KioskOffer, KioskVisit
from game.ui.layout.geometry import Box, Rect, Run
from game.ui.layout.linebreak import is_han
from game.ui.layout.page_layout import layouts
from game.ui.settings import Settings
from game.ui.state import AppState, ScreenView
from game.ui.theme import THEMES
from game.ui.tree import find, focus_order, walk
from tests.access.every_screen import LONG, Eye, Shown, laid_out, trees
from tests.ui.stand_ins import check_layout, wandered

STANDING = [(1080, 1920), (1920, 1080)]
SMALL = [(1280, 720), (1024, 768)]
SCALES = [120, 150, 200]
CARRIES = ("main", "continue")
Editions = tuple[KioskEdition, ...]
Size = tuple[int, int]


@pytest.fixture(scope="module")
def editions(shipped: Story, words: Catalogue) -> Editions:
    """The shipped story in both its languages."""
    chinese = load(story_folder(), language="zh-Hans")
    said = catalogue_for(assets_folder() / "locale", chinese)
    ids = [chapter.object for chapter in shipped.chapters.values() if chapter.object]
    objects = dict.fromkeys(ids, "It stands in the case behind you.")
    return (
        KioskEdition(shipped, words, shipped.words["invite"], objects),
        KioskEdition(chinese, said, chinese.words["invite"]),
    )


def kiosk(editions: Editions, scale: int = 120, **look: object) -> AppState:
    """A kiosk in the first of these languages, which offers them all."""
    offer = KioskOffer(editions, tuple(editions[0].story.roles), "kiosk", "full")
    return start_kiosk(offer, Settings(targets="large", text_scale=scale, **look))  # type: ignore[arg-type]


def first_page(app: AppState) -> AppState:
    """The villager's first page of a visit."""
    return replace(app, playthrough=begin(app.story, "villager", "kiosk"), views=(app.home, ScreenView("reading")))


def every_page(app: AppState, role: str) -> Iterator[tuple[str, AppState]]:
    """Each page of a visit through a door, by every branch, in brief and in full, and its lead-in; a page once for each
    form."""
    met, todo = set(), [begin(app.story, role, "kiosk")]
    while todo:
        p = todo.pop()
        if (known := _differs(p)) in met:
            continue
        met.add(known)
        for view in (ScreenView("reading"), ScreenView("reading", other_version=True), ScreenView("visit-between")):
            if view.screen == "reading" or p.page.told or p.page.note:
                name = f"{p.page.node} {view.screen}{' in full' if view.other_version else ''}"
                yield name, replace(app, playthrough=p, views=(app.home, view))
        todo += [p.choose(option.id) for option in p.page.choices]


def _differs(p: Playthrough) -> object:
    page = p.page
    texts = tuple(tuple(paragraph.text for paragraph in page.shown_paragraphs(other)) for other in (False, True))
    summaries = tuple(paragraph.text for part in page.told for paragraph in part.paragraphs)
    return page.node, texts, summaries, tuple(page.choices), repr(page.changes), p.over


@pytest.mark.parametrize("language", [0, 1])
@pytest.mark.parametrize("role", ["villager", "official"])
@pytest.mark.parametrize("size", STANDING)
def test_every_choice_of_a_visit_is_in_sight_at_once(
    editions: Editions, fonts: Fonts, role: str, language: int, size: Size
) -> None:
    """At the usual size of type, in brief and in full, on every branch; the single way on always has one place."""
    places: set[tuple[int, int]] = set()
    found: list[Rect] = []
    decided = 0
    for name, app in every_page(kiosk((editions[language],)), role):
        screen = Shown(name, app)
        plan = laid_out(screen, size, fonts)
        onward = [node.id for node in walk(screen.tree) if node.style in CARRIES]
        for way in onward:
            (rect,) = plan.rects(way)
            places.add((rect.y, rect.h))
            found.append(rect)
        if not onward:
            decided += 1
            ids = [node.id for node in walk(screen.tree) if node.role == "choice"]
            targets = dict(plan.targets())
            assert len(ids) > 1 and all(targets.get(way) == plan.rects(way)[0] for way in ids), name
        if language == 0:  # its prose is in the letters that are measured there
            check_layout(screen.tree, plan)
    assert decided > 5 and len(places) == 1
    assert max(rect.x for rect in found) + size[0] // 10 < min(rect.right for rect in found), "one place is in them all"


@pytest.mark.parametrize("language", [0, 1])
@pytest.mark.parametrize("role", ["villager", "official"])
@pytest.mark.parametrize("scale", [100, 120, 150])
def test_the_full_text_has_room_beside_every_choice(
    editions: Editions, fonts: Fonts, role: str, language: int, scale: int
) -> None:
    """In a landscape window a full text that scrolls has 60 % of the height, with all choices beside or under it, and
    nothing overlaps."""
    scrolled, beside = 0, 0
    for name, app in every_page(kiosk((editions[language],), scale), role):
        screen = Shown(name, app)
        if not app.top.other_version:
            continue
        plan = laid_out(screen, (1920, 1080), fonts)
        ids = [node.id for node in walk(screen.tree) if node.role == "choice"]
        assert all(map(plan.is_pinned, ids)) or not plan.max_scroll, name
        targets = dict(plan.targets())
        assert all(targets[way] == plan.rects(way)[0] for way in ids), name
        if plan.max_scroll:
            scrolled += 1
            assert plan.main.view.h >= 0.6 * 1080, name
        sheets = [panel for panel in plan.panels if panel.kind == "sheet"]
        beside += len(sheets) - 1
        assert not any(panel.rect.overlaps(other.rect) for panel, other in combinations(plan.panels, 2)), name
        if language == 0:  # its prose is in the letters that are measured there
            check_layout(screen.tree, plan)
    assert scrolled if scale > 100 else beside or role == "official", "both are met; his pages all fit at 100 %"


@pytest.mark.parametrize("size", STANDING)
@pytest.mark.parametrize("scale", [150, 200])
def test_the_way_on_stays_in_place(editions: Editions, fonts: Fonts, size: Size, scale: int) -> None:
    """Also with larger type, as long as it is one line; without scrolling."""
    places: set[tuple[int, int]] = set()
    for name, app in every_page(kiosk(editions[:1], scale), "villager"):
        plan = laid_out(Shown(name, app), size, fonts)
        for way in (node for node in walk(Shown(name, app).tree) if node.style == "continue"):
            (rect,) = plan.rects(way.id)
            places.add((rect.y, rect.h))
            assert plan.is_pinned(way.id), name
    assert len(places) == 1


@pytest.mark.parametrize("size", STANDING)
@pytest.mark.parametrize("scale", SCALES)
def test_a_sheet_is_as_high_as_its_text(editions: Editions, fonts: Fonts, size: Size, scale: int) -> None:
    """No bare space stands below the text, and the sheet takes nearly all of the window before it scrolls."""
    heights = []
    for name, app in every_page(kiosk(editions[:1], scale), "villager"):
        plan = laid_out(Shown(name, app), size, fonts)
        if plan.max_scroll:
            under = [panel.rect for panel in plan.panels[1:] if panel.rect.x == plan.main.rect.x]
            assert plan.main.rect.h + sum(rect.h for rect in under) >= 0.85 * size[1], name
        else:
            assert plan.main.view.h == plan.main.height, name
        heights.append(plan.main.rect.h)
    assert min(heights) < 0.9 * max(heights)


@pytest.mark.parametrize("size", [*STANDING, *SMALL])
@pytest.mark.parametrize("scale", SCALES)
@pytest.mark.parametrize("languages", [1, 2])
def test_the_way_in_is_always_in_sight(
    editions: Editions, fonts: Fonts, size: Size, scale: int, languages: int
) -> None:  # fmt: skip
    """One for each language, whole, with its title, at every size of type, and on a small screen."""
    screen = Shown("attract", kiosk(editions[:languages], scale))
    plan = laid_out(screen, size, fonts)
    check_layout(screen.tree, plan)
    targets = dict(plan.targets())
    ways = [node.id for node in walk(screen.tree) if node.style == "main"]
    assert len(ways) == languages and all(targets[way] == plan.rects(way)[0] for way in ways)
    titles = [node.id for node in walk(screen.tree) if node.role == "heading"]
    assert all(plan.bounds()[title].inside(plan.main.view) for title in titles) and len(titles) == languages
    if scale < 200:
        assert plan.max_scroll == 0, "and all that is said of it"


@pytest.mark.parametrize("size", STANDING)
def test_a_label_s_chinese_word_is_whole(editions: Editions, fonts: Fonts, size: Size) -> None:
    """On every tool of a visit, at every size of type."""
    for scale in SCALES:
        app = kiosk(editions, scale)
        for view in (ScreenView("attract"), ScreenView("visit-language"), ScreenView("visit-door")):
            screen = Shown(view.screen, app if view.screen == "attract" else app.pushed(view))
            plan = laid_out(screen, size, fonts)
            runs = [item.text for item in (*plan.main.items, *plan.main.fixed) if isinstance(item, Run)]
            for word in (word for node in walk(screen.tree) if node.role == "button" for word in node.label.split()):
                assert not all(map(is_han, word)) or any(word in text for text in runs), f"{screen.name}: {word}"


@pytest.mark.parametrize("size", STANDING)
@pytest.mark.parametrize("scale", SCALES)
def test_a_door_s_text_is_as_large_as_prose(editions: Editions, fonts: Fonts, size: Size, scale: int) -> None:
    for language in (0, 1):
        app = kiosk((editions[language],), scale).pushed(ScreenView("visit-door"))
        plan = laid_out(Shown("door", app), size, fonts)
        for role in app.story.roles:
            box = next(item.rect for item in plan.main.items
                       if isinstance(item, Box) and item.id == f"enter:{role}/kiosk")  # fmt: skip
            on_it = [item for item in plan.main.items if isinstance(item, Run) and item.rect.overlaps(box)]
            assert len(on_it) > 1 and min(run.style.size for run in on_it) >= 26.5 * scale / 100
            assert all(_letters(run).inside(box) for run in on_it)
            assert {run.ink for run in on_it} == {"ink"}


def _letters(run: Run) -> Rect:
    return Rect(run.x, run.baseline - round(run.style.size * 0.7), run.width, round(run.style.size * 0.7))


@pytest.mark.parametrize(("size", "scale"), [((1920, 1080), 120), ((1920, 1080), 150), ((1080, 1920), 120)])
def test_the_idle_prompt_covers_and_dims_no_sheet(editions: Editions, fonts: Fonts, size: Size, scale: int) -> None:
    eye, reading = Eye(fonts), first_page(kiosk(editions[:1], scale))
    question = show_idle_countdown(reading, 20)
    below, over = layouts(trees(question), size, question.settings, fonts)
    assert not over.main.rect.overlaps(below.main.rect)
    check_layout(Shown("still-there", question).tree, over)
    before, during = (eye.looks(Shown("", state), size, focus="").surface for state in (reading, question))
    sheet = below.main.rect
    for x in range(sheet.x + 4, sheet.right - 4, 29):
        for y in range(sheet.y + 4, sheet.bottom - 4, 31):
            assert before.get_at((x, y)) == during.get_at((x, y))
    assert sum(before.get_at((9, 9))[:3]) >= sum(during.get_at((9, 9))[:3])


def test_every_other_card_dims_the_sheet_below(editions: Editions, fonts: Fonts) -> None:
    eye, reading = Eye(fonts), first_page(kiosk(editions[:1]))
    over = reading.pushed(ScreenView("message", "A line."))
    sheet = laid_out(Shown("", reading), (1920, 1080), fonts).main.rect
    seen = eye.looks(Shown("", over), (1920, 1080)).surface
    assert sum(seen.get_at((sheet.right - 6, sheet.y + 6))[:3]) < sum(THEMES["paper"].sheet) * 0.7


@pytest.mark.parametrize("size", STANDING)
def test_the_staff_reaches_its_tools_under_many_troubles(editions: Editions, fonts: Fonts, size: Size) -> None:
    """However many there are, the list scrolls, and the volume and the way out stay."""
    app = kiosk(editions[:1]).pushed(ScreenView("staff", "\n".join([LONG] * 6)))
    screen = Shown("staff", app)
    plan = laid_out(screen, size, fonts)
    check_layout(screen.tree, plan)
    assert plan.max_scroll > 0
    targets = dict(plan.targets())
    assert all(targets.get(name) == plan.rects(name)[0] for name in focus_order(screen.tree))
    volume = find(screen.tree, "setting:volume")
    assert volume is not None and all(option.id in targets for option in volume.children)


def test_the_museum_s_own_words_do_not_move_the_way_on(editions: Editions, fonts: Fonts) -> None:
    """The museum's text about its object stands above it."""
    bare = (replace(editions[0], objects={}),)
    places = set()
    for app in (kiosk(editions[:1]), kiosk(bare)):
        for name, shown in every_page(
            replace(app, visit=KioskVisit(app.visit.offer)) if app.visit else app, "villager"
        ):
            for way in (node.id for node in walk(Shown(name, shown).tree) if node.style == "continue"):
                places.add(laid_out(Shown(name, shown), (1080, 1920), fonts).rects(way))
    assert len(places) == 1


@pytest.mark.parametrize("size", [(1920, 1080), (1080, 1920)])
def test_larger_text_is_never_another_button_at_the_next_size(editions: Editions, fonts: Fonts, size: Size) -> None:
    """With one language or several: a second touch in the same place opens nothing."""
    for offered in (editions, editions[:1]):
        app = kiosk(offered, 120)
        door = replace(app, views=(app.home, ScreenView("visit-door")))
        plans = [
            layouts(trees(at), size, at.settings, fonts)[-1]
            for at in (replace(door, settings=replace(door.settings, text_scale=n)) for n in (120, 150, 175, 200))
        ]
        first = dict(plans[0].targets(0))["type"]
        x, y = first.x + first.w // 2, first.y + first.h // 2
        for plan in plans:
            hit = [name for name, rect in plan.targets(0) if rect.x <= x < rect.right and rect.y <= y < rect.bottom]
            assert hit in ([], ["type"])


@pytest.mark.parametrize("size", [*STANDING, (3840, 2160)])
@pytest.mark.parametrize("scale", [100, 120, 150])
@pytest.mark.parametrize("language", [0, 1])
def test_the_last_card_comes_whole_into_view(
    editions: Editions, fonts: Fonts, size: Size, scale: int, language: int
) -> None:
    """Through both doors, by several ways, with what others chose."""
    app = kiosk((replace(editions[language], objects=editions[0].objects),), scale)
    offer = app.visit.offer  # type: ignore[union-attr]
    for role, seed in product(("villager", "official"), (1, 2)):
        p = wandered(app.story, seed, role, "kiosk")[-1]
        others = {at.node: dict.fromkeys((option.id for option in at.choices), 1149) for at in p.pages if at.node}
        read = replace(app, playthrough=p, views=(app.home, ScreenView("visit-card")))
        screen = Shown("card", replace(read, visit=KioskVisit(offer, None, others)))
        plan = laid_out(screen, size, fonts)
        assert plan.max_scroll == 0, (role, seed)
        body = round(30 * min(size) / 1080 * scale / 100)
        prose = [item.style.size for item in plan.main.items if isinstance(item, Run) and item.style.family != "sans"]
        assert min(prose) >= 0.55 * body and max(prose) >= 0.8 * body


def test_the_last_card_marks_a_title_by_its_letters(editions: Editions) -> None:
    """The card does not show the star of the story's file."""
    p = wandered(editions[0].story, 1, "villager", "kiosk")[-1]
    app = replace(kiosk((editions[0],)), playthrough=p)
    tree = Shown("card", replace(app, views=(app.home, ScreenView("visit-card")))).tree
    paragraphs = [node for node in walk(tree) if node.role == "paragraph"]
    assert not any("*" in node.label for node in paragraphs)
    assert [span.text for node in paragraphs for span in node.spans if span.kind == "emphasis"]


@pytest.mark.parametrize("size", STANDING)
def test_a_card_of_many_facts_takes_two_views_at_most(editions: Editions, fonts: Fonts, size: Size) -> None:
    """It is as wide as necessary, in two columns if there is room."""
    story = editions[0].story
    lines = [wandered(story, seed, role, "kiosk") for seed in range(3) for role in story.roles]
    most = max((p for line in lines for p in line), key=lambda p: len(p.page.sources))
    assert len(most.page.sources) > 9
    card = ScreenView("sources", " ".join(most.page.sources))
    app = replace(kiosk((editions[0],)), playthrough=most).pushed(ScreenView("reading"))
    plan = laid_out(Shown("sources", app.pushed(card)), size, fonts)
    assert plan.max_scroll == 0 and plan.rects("all-sources") and plan.rects("back")
    every = laid_out(Shown("all", app.pushed(replace(card, expanded=True))), size, fonts)
    assert every.max_scroll <= every.main.view.h
    facts = [rect for id in most.page.sources for rect in every.rects(f"fact:{id}")]
    assert len({rect.x for rect in facts}) == (1 if size[0] < size[1] else 2)


@pytest.mark.parametrize("languages", [1, 2])
@pytest.mark.parametrize("size", STANDING)
def test_the_invitation_leaves_the_village_and_its_year_in_sight(
    editions: Editions, fonts: Fonts, size: Size, languages: int
) -> None:
    """In one language and in two: the sheet takes half of the glass, and the year stands on the other half in letters
    that are legible from five metres."""
    offer = offer_of([edition.story for edition in editions[:languages]], Config())
    screen = Shown("attract", start_kiosk(offer, Settings(targets="large", text_scale=120)))
    plan = laid_out(screen, size, fonts)
    sheet, year = plan.main.rect, plan.panels[-1]
    assert plan.max_scroll == 0 and sheet.w * sheet.h <= 0.53 * size[0] * size[1]
    assert not year.rect.overlaps(sheet)
    (text,) = (item for item in year.items if isinstance(item, Run))
    assert text.text == "1958" and text.style.size >= 0.08 * min(size)
    assert len([item for item in year.items if isinstance(item, Box) and item.kind.startswith("stop")]) == 5
