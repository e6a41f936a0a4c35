"""Parts of a page that several screens share: header, lines (news that the game tells), text, what changed, choices."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from game.play.page import Line, MarkedTexts, Page, Paragraph, Progress, ToldChapter
from game.play.page_context import LeadIn, lead_in
from game.story.model import Story
from game.story.places import Image, Sound, credits_of
from game.ui.components.chart_trees import counted_link, full_length, weighing_chart
from game.ui.components.citations import sources_link
from game.ui.components.parts import button, heading, plain, prose, what_changed
from game.ui.i18n import Catalogue
from game.ui.tree import Action, TreeNode


def page_nodes(story: Story, words: Catalogue, page: Page, other_version: bool = False) -> tuple[TreeNode, ...]:
    """Return the text of a page: its content, then what changed, with the link to the page's sources. With
    `other_version`, show the full text in place of the brief one, or the reverse."""
    skip_button = (button("skip", words("page.skip"), style="quiet"),) if "skip" in page.offers else ()
    content = content_nodes(story, words, page, other_version, skip_button)
    rests = sources_link(story, words, page.sources)
    changed = what_changed(words, page.marked().answer, page.changes, rests) or rests
    return (*content, *counted_link(words, page.ledger, page.node), *changed)


def content_nodes(
    story: Story, words: Catalogue, page: Page, other_version: bool = False, skip_button: tuple[TreeNode, ...] = ()
) -> tuple[TreeNode, ...]:
    """Return a page's content: picture, progress, date, title, lines and summaries, content note, prose, chart.
    `other_version` is as in `page_nodes`. `skip_button` stands in the content note."""
    texts = page.marked(other_version)
    nodes = [*header_nodes(words, page)]
    for run in lead_in(story, page.lines, texts):
        nodes += [*line_nodes(words, run.lines), *_told_group(words, run)]
    if page.note:
        nodes.append(TreeNode("group", "note", page.note, style="note", children=skip_button))
    return (*nodes, *text_nodes(story, words, page, texts))


def header_nodes(words: Catalogue, page: Page) -> Iterator[TreeNode]:
    """Yield the head of a page: picture, progress, date and place, title."""
    if page.picture and page.picture.alt:
        yield TreeNode("image", "picture", page.picture.alt)
    yield from progress_node(words, page.progress)
    dateline = words.joined(page.when, page.place)
    if dateline or page.hanzi:
        yield TreeNode("date", "date", dateline, value=page.hanzi or "")
    yield heading(page.title)


def credit_lines(words: Catalogue, key: str, media: Iterable[Image | Sound]) -> list[TreeNode]:
    """Return a line for each credit of pictures ("image.credit") or sounds ("sound.credit"), each credit once."""
    name = key.partition(".")[0]
    return [plain(words(key, credit=by), f"{name}-{i}", style="small") for i, by in enumerate(credits_of(media))]


def progress_node(words: Catalogue, progress: Progress) -> tuple[TreeNode, ...]:
    """Return the year, the text "date 3 of 8", and a mark for each date of the story. Return () if the story has no
    dates, or `progress` has neither a year nor a number."""
    if not progress.of or (progress.number is None and progress.year is None):
        return ()
    number = progress.number or 0
    parts = [str(progress.year)] if progress.year is not None else []
    parts += [words("page.progress", at=number, of=progress.of)] if number else []
    marks = tuple(TreeNode("mark", style="date", chosen=at < number) for at in range(progress.of))
    label = words.joined(*parts)
    return (TreeNode("group", "progress", label, style="progress", children=marks),)


def line_nodes(words: Catalogue, lines: Iterable[tuple[Line, Paragraph]]) -> Iterator[TreeNode]:
    """Yield the lines, each given with its text. A line names its year unless its text does."""
    for line, text in lines:
        year = str(line.year) if line.year is not None and str(line.year) not in text.text else ""
        named = words.joined(words("page.line"), year)
        yield from prose((text._replace(by=named),), f"line:{line.id}", style="line")


def _told_group(words: Catalogue, run: LeadIn) -> Iterator[TreeNode]:
    if run.told:
        summaries = tuple(node for part in run.told for node in summary_nodes(words, part, "told"))
        yield TreeNode("group", f"before:{run.told[0].chapter}", words("page.told"), style="told", children=summaries)


def text_nodes(story: Story, words: Catalogue, page: Page, texts: MarkedTexts) -> Iterator[TreeNode]:
    """Yield the prose, which is part of `texts`, and the chart if the page has a weighing."""
    yield from prose(texts.paragraphs, "prose")
    if page.ledger is not None:
        yield weighing_chart(words, page.ledger, full_length(story))


def choice_list(words: Catalogue, page: Page) -> tuple[TreeNode, ...]:
    """Return the list of choices; empty at the end of the story. If the page has no decision, the only entry is the
    button to go on."""
    found = tuple(
        TreeNode("choice", f"choice:{option.id}", option.say or page.onward or words("page.continue"),
             action=Action("choose", option.id), value=option.reason, level=number,
             style="" if option.say else "continue")
        for number, option in enumerate(page.choices, 1)
    )  # fmt: skip
    label = words("choices", n=len(found)) if page.has_decision else ""
    return (TreeNode("list", "choices", label, children=found),) if found else ()


def date_and_title(words: Catalogue, part: Page | ToldChapter) -> str:
    """Return the date and the title of a chapter, as one line."""
    return words.joined(part.when, part.title)


def summary_nodes(words: Catalogue, chapter: ToldChapter, style: str = "") -> Iterator[TreeNode]:
    """Yield the summary of a skipped chapter: its date and its text."""
    yield plain(date_and_title(words, chapter), f"told-{chapter.chapter}", style="told-date")
    yield from prose(chapter.paragraphs, f"told-{chapter.chapter}", style)


def has_lead_in(page: Page) -> bool:
    """Return whether something comes before the page: summaries of skipped chapters, or a content note."""
    return bool(page.told or page.note)
