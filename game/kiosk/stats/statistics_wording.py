"""Statistics wording: the texts of a kiosk's statistics, shared by terminal and HTML."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date

from game.core.values import frozen
from game.kiosk.stats.statistics import PageCount, PeriodLength, Statistics
from game.ui.i18n import Catalogue, capital
from game.ui.time_wording import day_in_words

MAX_DAY_ROWS = 31  # most rows for days in a table; a longer time has a row for each month
SCREENS = ("end",)  # those with a name in the catalogue


@frozen
class StatLine:
    """A line of the statistics: a name, its count `n`, and `of`, the total to which the count belongs."""

    name: str
    n: int
    of: int

    @property
    def percent(self) -> float:
        return 100 * self.n / max(1, self.of)


@frozen
class StatsWording:
    """Puts statistics into words, in the language of a catalogue."""

    statistics: Statistics
    words: Catalogue

    def summary(self) -> Iterator[tuple[str, str]]:
        words, of = self.words, self.statistics
        yield words("stats.period"), self.span()
        yield words("stats.kiosks"), words("stats.number", n=of.kiosks)
        yield words("stats.visits"), self.visits()
        yield words("stats.summary.ended"), self.end_counts()

    def span(self) -> str:
        first, last = self.statistics.first, self.statistics.last
        if first is None or last is None:
            return self.words("stats.no-days")
        if first == last:
            return self.day(first)
        return self.words("stats.span", first=self.day(first), last=self.day(last))

    def visits(self) -> str:
        of, words = self.statistics, self.words
        if not of.open_days:
            return words("stats.number", n=0)
        a_day = words("stats.a-day", mean=f"{of.total / of.open_days:,.0f}")
        days = words("stats.open-days", n=of.open_days)
        return words.joined(words("stats.number", n=of.total), days, a_day)

    def end_counts(self) -> str:
        ways = self.statistics.ways
        return self.words.joined(*(self.words(f"stats.ended.{how}", n=n) for how, n in ways.items()))

    def lines(self, counts: Mapping[str, int], names: Mapping[str, str]) -> tuple[StatLine, ...]:
        """Return a line for each key of `counts`, in the order of `names`; then for each key without a name."""
        keys = [*(key for key in names if key in counts), *sorted(counts.keys() - names.keys())]
        of = sum(counts.values())
        return tuple(StatLine(names.get(key, key), counts[key], of) for key in keys)

    def visits_table(self, languages: Sequence[str]) -> list[tuple[str, ...]]:
        """Return the headings of a table of visits, then a row for each period. Each language has a column."""
        words, number, length = self.words, self.words.number, period_length(self.statistics, MAX_DAY_ROWS)
        rows = [(words(f"stats.column.{length}"), *map(self.language, languages), words("stats.visits"))]
        for period in self.statistics.periods(length):
            by_language = (number(period.visits.get(id, 0)) for id in languages)
            rows.append((self.period(length, period.first), *by_language, number(period.n)))
        return rows

    def page_columns(self) -> list[str]:
        return [self.words(f"stats.pages.{column}") for column in ("page", "shown", "mean", "left", "timeout")]

    def sections(self) -> Iterator[tuple[str, tuple[StatLine, ...]]]:
        """Yield headings with their lines: what visitors chose at the start, and how visits ended."""
        of, words = self.statistics, self.words
        yield words("stats.languages"), self.lines(of.languages, {id: self.language(id) for id in of.languages})
        roles = {id: role.name for id, role in of.story.roles.items()} | {"both": words("stats.role.both")}
        yield words("stats.roles"), self.lines(of.roles, roles)
        yield words("stats.cuts"), self.lines(of.cuts, {id: id for id in of.story.cuts})
        yield words("stats.ended"), self.lines(of.ways, {how: words(f"stats.way.{how}") for how in of.ways})

    def endings(self) -> tuple[StatLine, ...]:
        """Return a line for each ending: its id in words, as endings have no titles, and how many visits reached it."""
        counts = self.statistics.endings
        return self.lines(counts, {end: capital(end.replace("-", " ")) for end in counts})

    def choices(self, counts: tuple[tuple[str, int], ...]) -> tuple[StatLine, ...]:
        """Return a line for each choice of a page, in order. `counts` pairs a choice's id with how often it was
        taken."""
        of = sum(n for _, n in counts)
        node = self.statistics.story.nodes[counts[0][0].rpartition(".")[0]]
        return tuple(StatLine(choice.say, n, of) for choice, (_, n) in zip(node.choices, counts, strict=True))

    def title(self, place: str) -> str:
        """Return the title of a page's chapter, or the name of a screen; `place` itself if both are unknown."""
        if place in SCREENS:
            return self.words(f"stats.screen.{place}")
        chapter = self.statistics.story.chapters.get(place.partition(".")[0])
        return chapter.title if chapter else place

    def where(self, place: str) -> str:
        """Return what distinguishes a page from other pages of its chapter: role, date and id; "" for a screen."""
        story = self.statistics.story
        node = story.nodes.get(place)
        if node is None:
            return ""
        chapter = story.chapters[place.partition(".")[0]]
        role = story.roles[chapter.role].name if chapter.role else None
        return self.words.joined(role, chapter.when_at(node), node.id)

    def short(self, place: str) -> str:
        node = self.statistics.story.nodes.get(place)
        return f"{self.title(place)} ({node.id})" if node else self.title(place)

    def left_most(self) -> tuple[PageCount, ...]:
        """Return the at most three pages and screens where most visits ended early, in the story's order."""
        most = sorted(self.statistics.places, key=lambda page: -(page.left + page.timeout))[:3]
        return tuple(page for page in self.statistics.places if page in most and page.left + page.timeout)

    def share(self, line: StatLine) -> str:
        """Return count, total and percentage of a line; only the count if the total is 0."""
        if not line.of:
            return self.words("stats.number", n=line.n)
        return self.words("stats.share", n=line.n, of=self.words.number(line.of), percent=round(line.percent))

    def time(self, seconds: float | None) -> str:
        """Return a duration in minutes and seconds; "" for None."""
        if seconds is None:
            return ""
        minutes, rest = divmod(round(seconds), 60)
        return self.words("stats.minutes", n=minutes, rest=rest) if minutes else self.words("stats.seconds", n=rest)

    def language(self, id: str) -> str:
        """Return a language's name; if the catalogue has none, its tag."""
        found = self.words(key := f"stats.language.{id}")
        return id if found == key else found

    def day(self, day: date) -> str:
        return day_in_words(day, self.words)

    def period(self, length: PeriodLength, first: date) -> str:
        if length == "month":
            month = self.words("when.months").split()[first.month - 1]
            return self.words("stats.month", month=month, year=first.year)
        return self.words("stats.week", day=self.day(first)) if length == "week" else self.day(first)


def period_length(of: Statistics, max_days: int) -> PeriodLength:
    """Return "day" if there are at most `max_days` days, otherwise "month"."""
    return "day" if len(of.periods("day")) <= max_days else "month"
