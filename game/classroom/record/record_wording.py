"""The texts of a class's record, shared by HTML and CSV."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime
from statistics import fmean

from game.classroom.record.class_record import ClassRecord, RecordedStep
from game.documents.questionnaire import LEAST, difference
from game.play.desk_story import QUESTIONNAIRES
from game.play.page_context import line_paragraph
from game.story.facts import Fact
from game.story.model import Line
from game.ui.components.citations import full_citation, source_of, standing_of
from game.ui.i18n import Catalogue


def day_text(words: Catalogue, at: datetime) -> str:
    return words("record.day", day=at.day, month=words("when.months").split()[at.month - 1], year=at.year)


@dataclass(frozen=True, slots=True)
class RecordWording:
    """Puts a record into words. `local` converts seconds since 1970 to the class's local time."""

    record: ClassRecord
    words: Catalogue
    local: Callable[[float], datetime]

    def summary(self) -> Iterator[tuple[str, str]]:
        """Yield what is known of the whole class, as pairs of a name and a value."""
        words, record = self.words, self.record
        yield words("record.when"), self.time_span()
        yield words("record.story"), words("record.story.text", title=record.story.title, cut=record.cut)
        yield words("record.doors"), words("record.doors.and").join(map(self.role_name, record.doors))
        yield words("record.phones"), words("record.phones.text", n=record.phones)
        yield words("record.decided"), self.decision_counts()
        yield words("record.close"), words(f"record.close.{record.close}")

    def time_span(self) -> str:
        """Return from when to when the class was held."""
        began, until = self.local(self.record.began), self.local(self.record.until)
        end = self.time_of_day(self.record.until)
        if until.date() != began.date():
            end = self.join(day_text(self.words, until), end)
        return self.words(
            "record.when.text", day=day_text(self.words, began), began=self.time_of_day(self.record.began), until=end
        )

    def decision_counts(self) -> str:
        """Return in words how many votes, pages without a vote, and decisions taken back there were."""
        words, record = self.words, self.record
        votes = sum(step.how != "onward" for decision in record.decisions for step in decision.steps)
        taken_back = words("record.taken-back", n=record.taken_back) if record.taken_back else None
        return self.join(words("record.votes", n=votes), words("record.read", n=record.read_on), taken_back)

    def change_sentences(self) -> Iterator[str]:
        """Yield sentences on the right answers in the questionnaires: the mean before the story, the mean after it, the
        change of the mean, and what such a change cannot prove."""
        words, surveys = self.words, self.record.surveys
        for when in QUESTIONNAIRES:
            if (survey := surveys.get(when)) is not None and survey.totals:
                mean = f"{fmean(survey.totals):.1f}"
                yield words(f"record.{when}", n=len(survey.totals), mean=mean, of=survey.of)
        if len(surveys) == len(QUESTIONNAIRES):
            found = difference(*(surveys[when].totals for when in QUESTIONNAIRES))
            if found is None:
                yield words("record.change.few", least=LEAST)
            else:
                numbers = {"mean": found.mean, "low": found.low, "high": found.high}
                yield words("record.change", **{name: f"{number:+.1f}" for name, number in numbers.items()})
            yield words("record.change.limits")

    def question_rows(self) -> Iterator[tuple[str, str, str]]:
        """Yield for each question its text, and its share of right or agreeing answers before and after the story."""
        surveys = [self.record.surveys.get(when) for when in QUESTIONNAIRES]
        known = next((survey for survey in surveys if survey is not None), None)
        for number, question in enumerate(known.questions if known is not None else ()):
            wanted = (question.right,) if question.right else tuple(question.options)[: len(question.options) // 2]
            shares = [survey.share(number, wanted) if survey and number < len(survey.counts) else None
                      for survey in surveys]  # fmt: skip
            before, after = (f"{100 * share:.0f} %" if share is not None else "\N{EN DASH}" for share in shares)
            yield question.text, before, after

    def join(self, *parts: str | None) -> str:
        return self.words.joined(*parts)

    def time_of_day(self, at: float) -> str:
        return f"{self.local(at):%H:%M}"

    def role_name(self, role: str) -> str:
        return self.record.story.roles[role].name

    def door(self, step: RecordedStep) -> str:
        """Return the name of the page's role. If a class with two doors decided on it together, add "everybody"."""
        parts = [self.role_name(step.role)] if step.role else []
        if not step.split and len(self.record.doors) > 1:
            parts.append(self.words("record.everybody"))
        return self.join(*parts)

    def choice_text(self, step: RecordedStep) -> str:
        """Return the choice in words; "" if the page had no vote."""
        return self.words("record.skipped") if step.skipped else step.say

    def line_year(self, line: Line) -> str:
        """Return the year of a line of the calendar; "" if it has none."""
        return str(line.year) if line.year is not None else ""

    def line_text(self, line: Line) -> str:
        """Return a line of the calendar as this class saw it."""
        return line_paragraph(line, self.record.story.cuts[self.record.cut].brief_lines).text

    def standing(self, fact: Fact) -> str:
        """Return how sure a fact is, in a word."""
        return self.words(f"standing.{standing_of(self.record.story, fact.id)}")

    def source(self, fact: Fact) -> str:
        """Return the title of the document that a fact is from; "" if the story does not name it."""
        found = source_of(self.record.story, fact)
        return found.title if found is not None else ""

    def cited(self, fact: Fact) -> str:
        """Return a fact's document and its date, the place in the document, and the speaker, as one line."""
        return full_citation(self.record.story, self.words, fact)

    def outcome(self, step: RecordedStep) -> Iterator[tuple[str, str]]:
        """Yield what came of a choice, and what others decided whatever the choice, each as a heading and a text."""
        words = self.words
        named = (
            (words("record.answer"), step.answer),
            (words("guide.by", name=words(f"anyway.{self.record.story.pronoun_of(step.role)}")), step.anyway),
        )
        return ((name, text) for name, text in named if text)

    def how(self, step: RecordedStep) -> str:
        return self.words(f"record.how.{step.how}")
