"""A visit's sheets: as high as their text, with the way on in one place, every choice in sight, and the picture visible
to bystanders."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
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
from game.ui.layout.layout_model import Layout
from game.ui.layout.linebreak import is_han
from game.ui.settings import Settings
from game.ui.state import AppState, ScreenView
from game.ui.theme import THEMES
from game.ui.tree import find, focus_order, walk
from tests.access.every_screen import LONG, Eye, Shown, laid_out, layouts, trees
from tests.lanes import sampled
from tests.ui.stand_ins import boxes_of, check_layout, runs_of, wandered

STANDING = [(1080, 1920), (1920, 1080)]
SMALL = [(1280, 720), (1024, 768)]
SCALES = [120, 150, 200]
CARRIES = ("main", "continue")
Editions = tuple[KioskEdition, ...]
Size = tuple[int, int]


@pytest.fixture(scope="module")
def editions(shipped: Story, words: Catalogue) -> Editions:
    chinese = load(story_folder(), language="zh-Hans")
    said = catalogue_for(assets_folder() / "locale", chinese)
    ids = [chapter.object for chapter in shipped.chapters.values() if chapter.object]
    objects = dict.fromkeys(ids, "It stands in the case behind you.")
    return (
        KioskEdition(shipped, words, shipped.words["invite"], objects),
        KioskEdition(chinese, said, chinese.words["invite"]),
    )


def kiosk(editions: Editions, scale: int = 120, **look: object) -> AppState:
    offer = KioskOffer(editions, tuple(editions[0].story.roles), "kiosk", "full")
    return start_kiosk(offer, Settings(targets="large", text_scale=scale, **look))  # type: ignore[arg-type]


def first_page(app: AppState) -> AppState:
    return replace(app, playthrough=begin(app.story, "villager", "kiosk"), views=(app.home, ScreenView("reading")))


def every_page(app: AppState, role: str) -> Iterator[Shown]:
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
                yield Shown(name, replace(app, playthrough=p, views=(app.home, view)))
        todo += [p.choose(option.id) for option in p.page.choices]


def every_plan(app: AppState, role: str, size: Size, fonts: Fonts) -> Iterator[tuple[Shown, Layout]]:
    for screen in every_page(app, role):
        yield screen, laid_out(screen, size, fonts)


def ways_on(screen: Shown) -> list[str]:
    """The ids of the buttons with which a page goes on, if there is nothing to choose."""
    return [node.id for node in walk(screen.tree) if node.style in CARRIES]


def choice_ids(screen: Shown) -> list[str]:
    return [node.id for node in walk(screen.tree) if node.role == "choice"]


def are_in_sight(plan: Layout, ids: Iterable[str]) -> bool:
    """Whether each of these nodes is whole in the window."""
    targets = dict(plan.targets())
    return all(targets.get(id) == plan.rects(id)[0] for id in ids)


def _differs(p: Playthrough) -> object:
    page = p.page
    texts = tuple(tuple(paragraph.text for paragraph in page.shown_paragraphs(other)) for other in (False, True))
    summaries = tuple(paragraph.text for part in page.told for paragraph in part.paragraphs)
    return page.node, texts, summaries, tuple(page.choices), repr(page.changes), p.over


@pytest.mark.parametrize("language", [0, 1])
@pytest.mark.parametrize("role", sampled(["villager", "official"], "official"))
@pytest.mark.parametrize("size", STANDING)
def test_every_choice_of_a_visit_is_in_sight_at_once(
    editions: Editions, fonts: Fonts, role: str, language: int, size: Size
) -> None:
    places: set[tuple[int, int]] = set()
    found: list[Rect] = []
    decided = 0
    for screen, plan in every_plan(kiosk((editions[language],)), role, size, fonts):
        onward = ways_on(screen)
        for way in onward:
            (rect,) = plan.rects(way)
            places.add((rect.y, rect.h))
            found.append(rect)
        if not onward:
            decided += 1
            ids = choice_ids(screen)
            assert len(ids) > 1 and are_in_sight(plan, ids), screen.name
        if language == 0:  # its prose is in the letters that are measured there
            check_layout(screen.tree, plan)
    assert decided > 5 and len(places) == 1
    assert max(rect.x for rect in found) + size[0] // 10 < min(rect.right for rect in found), "one place is in them all"


@pytest.mark.parametrize("language", [0, 1])
@pytest.mark.parametrize("role", sampled(["villager", "official"], "villager"))
@pytest.mark.parametrize("scale", sampled([100, 120, 150], 100, 150))
def test_the_full_text_has_room_beside_every_choice(
    editions: Editions, fonts: Fonts, role: str, language: int, scale: int
) -> None:
    scrolled, beside = 0, 0
    pages = every_page(kiosk((editions[language],), scale), role)
    for screen in (page for page in pages if page.app.top.other_version):
        plan, ids = laid_out(screen, (1920, 1080), fonts), choice_ids(screen)
        assert all(map(plan.is_pinned, ids)) or not plan.max_scroll, screen.name
        assert are_in_sight(plan, ids), screen.name
        if plan.max_scroll:
            scrolled += 1
            assert plan.main.view.h >= 0.6 * 1080, screen.name
        beside += sum(panel.kind == "sheet" for panel in plan.panels) - 1
        assert not any(panel.rect.overlaps(other.rect) for panel, other in combinations(plan.panels, 2)), screen.name
        if language == 0:  # its prose is in the letters that are measured there
            check_layout(screen.tree, plan)
    assert scrolled if scale > 100 else beside or role == "official", "both are met; his pages all fit at 100 %"


@pytest.mark.parametrize("size", STANDING)
@pytest.mark.parametrize("scale", SCALES)
def test_a_sheet_is_as_high_as_its_text_and_the_way_on_stays_in_place(
    editions: Editions, fonts: Fonts, size: Size, scale: int
) -> None:
    places: set[tuple[int, int]] = set()
    heights = []
    for screen, plan in every_plan(kiosk(editions[:1], scale), "villager", size, fonts):
        for way in set(ways_on(screen)) & set(choice_ids(screen)):
            (rect,) = plan.rects(way)
            places.add((rect.y, rect.h))
            assert plan.is_pinned(way), screen.name
        if plan.max_scroll:
            under = [panel.rect for panel in plan.panels[1:] if panel.rect.x == plan.main.rect.x]
            assert plan.main.rect.h + sum(rect.h for rect in under) >= 0.85 * size[1], screen.name
        else:
            assert plan.main.view.h == plan.main.height, screen.name
        heights.append(plan.main.rect.h)
    assert min(heights) < 0.9 * max(heights) and len(places) == 1


@pytest.mark.parametrize("size", [*STANDING, *SMALL])
@pytest.mark.parametrize("scale", SCALES)
@pytest.mark.parametrize("languages", [1, 2])
def test_the_way_in_is_always_in_sight(
    editions: Editions, fonts: Fonts, size: Size, scale: int, languages: int
) -> None:  # fmt: skip
    screen = Shown("attract", kiosk(editions[:languages], scale))
    plan = laid_out(screen, size, fonts)
    check_layout(screen.tree, plan)
    ways = ways_on(screen)
    assert len(ways) == languages and are_in_sight(plan, ways)
    titles = [node.id for node in walk(screen.tree) if node.role == "heading"]
    assert all(plan.bounds()[title].inside(plan.main.view) for title in titles) and len(titles) == languages
    if scale < 200:
        assert plan.max_scroll == 0, "and all that is said of it"


@pytest.mark.parametrize("size", STANDING)
def test_a_label_s_chinese_word_is_whole(editions: Editions, fonts: Fonts, size: Size) -> None:
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
            box = next(box.rect for box in boxes_of(plan, "slip") if box.id == f"enter:{role}/kiosk")
            on_it = [run for run in runs_of(plan) if run.rect.overlaps(box)]
            assert len(on_it) > 1 and {run.ink for run in on_it} == {"ink"}
            for run in on_it:
                high = round(run.style.size * 0.7)
                assert run.style.size >= 26.5 * scale / 100
                assert Rect(run.x, run.baseline - high, run.width, high).inside(box)


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
    app = kiosk(editions[:1]).pushed(ScreenView("staff", "\n".join([LONG] * 6)))
    screen = Shown("staff", app)
    plan = laid_out(screen, size, fonts)
    check_layout(screen.tree, plan)
    assert plan.max_scroll > 0
    assert are_in_sight(plan, focus_order(screen.tree))
    volume = find(screen.tree, "setting:volume")
    assert volume is not None and {option.id for option in volume.children} <= set(dict(plan.targets()))


def test_the_museum_s_own_words_do_not_move_the_way_on(editions: Editions, fonts: Fonts) -> None:
    places: set[tuple[Rect, ...]] = set()
    for edition in (editions[0], replace(editions[0], objects={})):
        for screen, plan in every_plan(kiosk((edition,)), "villager", (1080, 1920), fonts):
            places.update(plan.rects(way) for way in set(ways_on(screen)) & set(choice_ids(screen)))
    assert len(places) == 1


@pytest.mark.parametrize("size", [(1920, 1080), (1080, 1920)])
def test_larger_text_is_never_another_button_at_the_next_size(editions: Editions, fonts: Fonts, size: Size) -> None:
    """A second touch in the same place opens nothing."""
    for offered in (editions, editions[:1]):
        doors = [Shown("door", kiosk(offered, n).pushed(ScreenView("visit-door"))) for n in (120, 150, 175, 200)]
        plans = [laid_out(door, size, fonts) for door in doors]
        first = dict(plans[0].targets())["type"]
        for plan in plans:
            assert plan.hit(first.x + first.w // 2, first.y + first.h // 2) in (None, "type")


@pytest.mark.parametrize("size", [*STANDING, (3840, 2160)])
@pytest.mark.parametrize("scale", sampled([100, 120, 150], 150))
@pytest.mark.parametrize("language", [0, 1])
def test_the_last_card_comes_whole_into_view(
    editions: Editions, fonts: Fonts, size: Size, scale: int, language: int
) -> None:
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
        prose = [run.style.size for run in runs_of(plan) if run.style.family != "sans"]
        assert min(prose) >= 0.55 * body and max(prose) >= 0.8 * body


def test_the_last_card_marks_a_title_by_its_letters(editions: Editions) -> None:
    p = wandered(editions[0].story, 1, "villager", "kiosk")[-1]
    app = replace(kiosk((editions[0],)), playthrough=p)
    tree = Shown("card", replace(app, views=(app.home, ScreenView("visit-card")))).tree
    paragraphs = [node for node in walk(tree) if node.role == "paragraph"]
    assert not any("*" in node.label for node in paragraphs)
    assert [span.text for node in paragraphs for span in node.spans if span.kind == "emphasis"]


@pytest.mark.parametrize("size", STANDING)
def test_a_card_of_many_facts_takes_two_views_at_most(editions: Editions, fonts: Fonts, size: Size) -> None:
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
    offer = offer_of([edition.story for edition in editions[:languages]], Config())
    screen = Shown("attract", start_kiosk(offer, Settings(targets="large", text_scale=120)))
    plan = laid_out(screen, size, fonts)
    sheet, year = plan.main.rect, plan.panels[-1]
    assert plan.max_scroll == 0 and sheet.w * sheet.h <= 0.53 * size[0] * size[1]
    assert not year.rect.overlaps(sheet)
    (text,) = (item for item in year.items if isinstance(item, Run))
    assert text.text == "1958" and text.style.size >= 0.08 * min(size)
    assert len([item for item in year.items if isinstance(item, Box) and item.kind.startswith("stop")]) == 5
