"""Every playthrough of a sitting, by merging equal states along the calendar.

A state is a page with what the rest can still read of it. Pages are taken chapter by chapter, and within one in
an order in which every way to a page is known before the page is left; each state carries the exact number of
ways to it and the least, the most and the sum of their choices and words. Steps are the playthrough's own
(`Walker`), so nothing is explored that could not be read.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import NamedTuple

from game.explore.liveness import Liveness
from game.play.page import Page
from game.play.walk import CONTINUE, SKIP, Stop, Walker
from game.story.expressions import State
from game.story.markup import Paragraph

Key = tuple[str | None, State, State | None, frozenset[str]]


class Link(NamedTuple):
    """A way to a state, last entry first: what was taken, at which node, after which way."""

    before: Link | None
    node: str
    take: str
    length: int

    def entries(self) -> list[tuple[str, str]]:
        """(node, entry) from the first page on."""
        found, at = [], self
        while True:
            found.append((at.node, at.take))
            if at.before is None:
                return found[::-1]
            at = at.before


class Range(NamedTuple):
    """The least, the most, and the sum over all ways."""

    least: int
    most: int
    total: int

    def moved(self, by: int, ways: int) -> Range:
        return Range(self.least + by, self.most + by, self.total + by * ways)

    def with_(self, other: Range) -> Range:
        return Range(min(self.least, other.least), max(self.most, other.most), self.total + other.total)


@dataclass(slots=True)
class Ways:
    """All ways to a state: their exact number, their choices and words, and a shortest of them."""

    count: int
    choices: Range
    words: Range
    shortest: Link | None

    def joined(self, other: Ways) -> Ways:
        nearer = self if _length(self.shortest) <= _length(other.shortest) else other
        return Ways(
            self.count + other.count,
            self.choices.with_(other.choices),
            self.words.with_(other.words),
            nearer.shortest,
        )


def _length(link: Link | None) -> int:
    return link.length if link is not None else 0


@dataclass(slots=True)
class Boundary:
    """How many states enter a chapter, and what keeps them apart."""

    chapter: str
    states: int
    live: tuple[str, ...]


@dataclass(slots=True)
class Explored:
    """What a sitting holds. `stopped` says why the exploration is partial, or is None."""

    endings: dict[str, tuple[str | None, int]] = field(default_factory=dict)
    whole: Ways | None = None
    boundaries: list[Boundary] = field(default_factory=list)
    choices: set[str] = field(default_factory=set)
    dead_ends: set[str] = field(default_factory=set)
    endless: set[str] = field(default_factory=set)
    broken_claims: dict[str, Link | None] = field(default_factory=dict)
    shortest: dict[str, Link] = field(default_factory=dict)
    states: int = 0
    stopped: str | None = None


Progress = Callable[[str, int], None]


def explore_sitting(
    walker: Walker, most_states: int, progress: Progress | None = None, with_skips: bool = False
) -> Explored:
    """Explore one sitting to its end, or until a chapter holds more than `most_states` states.

    A playthrough is a list of choices; `with_skips` takes the offered skips as well, for what they lead to.

    `progress` is told the chapter at work and the states so far, and may raise KeyboardInterrupt: what is known
    then is returned as partial.
    """
    explorer = _Explorer(walker, most_states, progress, with_skips)
    try:
        explorer.run()
    except KeyboardInterrupt:
        explorer.found.stopped = "it was interrupted"
    return explorer.found


class _Explorer:
    def __init__(self, walker: Walker, most_states: int, progress: Progress | None, with_skips: bool) -> None:
        self.with_skips = with_skips
        self.walker, self.story = walker, walker.story
        self.most_states, self.progress = most_states, progress
        self.live = Liveness(walker)
        self.found = Explored()
        self.stops: dict[Key, Stop] = {}
        self.pending: dict[int, dict[Key, Ways]] = {}

    def run(self) -> None:
        start = self.walker.start()
        words = _words_told(start)
        self._arrive(start, Ways(1, Range(0, 0, 0), Range(words, words, words), None))
        while self.pending and self.found.stopped is None:
            self._chapter(min(self.pending))

    def _key(self, stop: Stop) -> Key:
        node = stop.node.full_id if stop.node is not None else None
        state = self.live.projected(stop.state, self.live.at_page(node))
        entered = None
        if self._offers_skip(stop):
            entered = self.live.projected(stop.entered, self.live.skipping[self.story.order[stop.chapter]])
        key = (node, state, entered, stop.closed)
        if key not in self.stops:
            self.stops[key] = stop._replace(state=state, entered=entered or state, told=(), done=())
        return key

    def _offers_skip(self, stop: Stop) -> bool:
        chapter = stop.chapter_of(self.story)
        return self.with_skips and stop.first and chapter is not None and bool(chapter.note and chapter.skip)

    def _arrive(self, stop: Stop, ways: Ways) -> None:
        layer = self.pending.setdefault(stop.chapter, {})
        key = self._key(stop)
        layer[key] = layer[key].joined(ways) if key in layer else ways

    def _chapter(self, number: int) -> None:
        """All pages of one chapter; then its states are let go."""
        layer = self.pending.pop(number)
        if number >= len(self.story.order):
            self._past_the_end(layer)
            return
        chapter = self.story.order[number]
        live = sorted(str(one) for one in self.live.entering[chapter] if isinstance(one, str))
        self.found.boundaries.append(Boundary(chapter, len(layer), tuple(live)))
        steps = self._steps(number, layer, chapter, live)
        if self.found.stopped is not None:
            return
        waiting = Counter(after for around in steps.values() for _, _, after in around if after in steps)
        ready = [key for key in steps if not waiting[key]]
        done = 0
        while done < len(steps):
            if not ready:  # every page left can be come back to: the number of ways is not finite
                stuck = next(key for key in steps if waiting[key] > 0)
                self.found.endless.add(str(stuck[0]))
                waiting[stuck] = 0
                ready.append(stuck)
            key = ready.pop()
            done += 1
            ways = layer.pop(key, None)
            if ways is not None:
                self._leave(key, ways, steps[key], layer)
            for _, _, after in steps[key]:
                if waiting[after] > 0:
                    waiting[after] -= 1
                    if not waiting[after]:
                        ready.append(after)
        for key in steps:
            del self.stops[key]
        self.found.states += len(steps)

    def _steps(self, number: int, layer: dict[Key, Ways], chapter: str, live: list[str]) -> dict[Key, list[Step]]:
        """Every state of the chapter, and where each of its ways on leads."""
        steps: dict[Key, list[Step]] = {}
        open_keys = list(layer)
        while open_keys:
            key = open_keys.pop()
            if key in steps:
                continue
            steps[key] = list(self._ways_on(key))
            open_keys += [after for _, stop, after in steps[key] if stop.chapter == number]
            if len(steps) % 500 == 0 and self.progress is not None:
                self.progress(chapter, self.found.states + len(steps))
            if len(steps) > self.most_states:
                self.found.stopped = (
                    f"`{chapter}` holds more than {self.most_states:,} states; alive there are {', '.join(live)}"
                )
                break
        return steps

    def _ways_on(self, key: Key) -> Iterator[Step]:
        stop = self.stops[key]
        node = stop.node
        assert node is not None
        if self._offers_skip(stop):
            yield self._step(SKIP, self.walker.skip(stop))
        if node.end is not None:
            if self.walker.goes_on(stop):
                yield self._step(CONTINUE, self.walker.go_on(stop))
            return
        if not node.choices:
            yield self._step(CONTINUE, self.walker.go_on(stop))
            return
        for choice in node.choices:
            if choice.condition is None or choice.condition(stop.state):
                self.found.choices.add(choice.full_id)
                yield self._step(choice.id, self.walker.take(stop, choice))

    def _step(self, take: str, stop: Stop) -> Step:
        return take, stop, self._key(stop)

    def _leave(self, key: Key, ways: Ways, steps: list[Step], layer: dict[Key, Ways]) -> None:
        """Carry the ways to a page on to where it leads."""
        stop = self.stops[key]
        node = stop.node
        assert node is not None
        self._reached(node.full_id, ways.shortest)
        read = Ways(ways.count, ways.choices, ways.words.moved(self._words(stop), ways.count), ways.shortest)
        if node.end is not None:
            self._ended(stop, read, over=not steps)
        elif not steps:
            self.found.dead_ends.add(node.where or node.full_id)
            self._whole(read)
        for take, after, after_key in steps:
            chosen = 0 if take in (CONTINUE, SKIP) else 1
            link = Link(read.shortest, node.full_id, take, _length(read.shortest) + 1)
            if chosen:
                self._reached(f"{node.full_id}.{take}", link)
            onward = Ways(
                read.count,
                read.choices.moved(chosen, read.count),
                read.words.moved(_words_told(after), read.count),
                link,
            )
            if after.chapter == stop.chapter and after_key in layer:
                layer[after_key] = layer[after_key].joined(onward)
            elif after.chapter == stop.chapter:
                layer[after_key] = onward
            else:
                self._arrive(after, onward)

    def _ended(self, stop: Stop, ways: Ways, over: bool) -> None:
        node = stop.node
        assert node is not None and node.end is not None
        chapter = stop.chapter_of(self.story)
        role = chapter.role if chapter is not None else None
        _, count = self.found.endings.get(node.end, (role, 0))
        self.found.endings[node.end] = (role, count + ways.count)
        self._reached(node.end, ways.shortest)
        for claim in self.story.always:
            if not claim(stop.state):
                self.found.broken_claims.setdefault(claim.text, ways.shortest)
        if over:
            self._whole(ways)

    def _past_the_end(self, layer: dict[Key, Ways]) -> None:
        for ways in layer.values():
            self.found.dead_ends.add(ways.shortest.node if ways.shortest else self.story.order[-1])
            self._whole(ways)

    def _whole(self, ways: Ways) -> None:
        self.found.whole = self.found.whole.joined(ways) if self.found.whole is not None else ways

    def _reached(self, id: str, link: Link | None) -> None:
        known = self.found.shortest.get(id)
        if link is not None and (known is None or link.length < known.length):
            self.found.shortest[id] = link

    def _words(self, stop: Stop) -> int:
        """The words of a page: its text (the brief one where the cut shows it) and its open choices."""
        page = Page(self.walker, stop, None, over=False)
        full, brief, _ = page.paragraphs, page.brief, page.picture  # all are made, so that all are watched
        said = sum(len(choice.say.split()) for choice in page.choices)
        return said + _count(brief if page.shows_brief else full)


Step = tuple[str, Stop, Key]


def _count(text: tuple[Paragraph, ...]) -> int:
    return sum(len(paragraph.text.split()) for paragraph in text)


def _words_told(stop: Stop) -> int:
    return sum(_count(told.paragraphs) for told in stop.told)
