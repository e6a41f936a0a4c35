"""What the record says of a class in words, the same on paper and in a spreadsheet."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime

from game.classroom.record.class_record import ClassRecord, RecordedStep
from game.ui.i18n import Catalogue


def day(words: Catalogue, at: datetime) -> str:
    """A date as it is printed."""
    return words("record.day", day=at.day, month=words("when.months").split()[at.month - 1], year=at.year)


@dataclass(frozen=True, slots=True)
class RecordWording:
    """A record with the catalogue, and with `local`: the class's own time for seconds since 1970."""

    record: ClassRecord
    words: Catalogue
    local: Callable[[float], datetime]

    def summary(self) -> Iterator[tuple[str, str]]:
        """What there is to say of the whole class, each under its name."""
        words, record = self.words, self.record
        yield words("record.when"), self.lasted()
        yield words("record.story"), words("record.story.text", title=record.story.title, cut=record.cut)
        yield words("record.doors"), words("record.doors.and").join(map(self.name, record.doors))
        yield words("record.phones"), words("record.phones.text", n=record.phones)
        yield words("record.decided"), self.decided()
        yield words("record.close"), words(f"record.close.{record.close}")

    def lasted(self) -> str:
        """From when to when; the second day only where it is another one."""
        began, until = self.local(self.record.began), self.local(self.record.until)
        end = self.clock(self.record.until)
        if until.date() != began.date():
            end = self.joined(day(self.words, until), end)
        return self.words(
            "record.when.text", day=day(self.words, began), began=self.clock(self.record.began), until=end
        )

    def decided(self) -> str:
        """How much was voted, read, and taken back."""
        words, record = self.words, self.record
        parts = [
            words("record.votes", n=sum(step.how != "onward" for moment in record.moments for step in moment.steps)),
            words("record.read", n=record.read_on),
        ]
        if record.taken_back:
            parts.append(words("record.taken-back", n=record.taken_back))
        return self.joined(*parts)

    def joined(self, *parts: str | None) -> str:
        return self.words("page.dateline.join").join(filter(None, parts))

    def clock(self, at: float) -> str:
        return f"{self.local(at):%H:%M}"

    def name(self, role: str) -> str:
        return self.record.story.roles[role].name

    def door(self, step: RecordedStep) -> str:
        """Whose page it was, and whether the whole class decided on it where half of it does elsewhere."""
        parts = [self.name(step.role)] if step.role else []
        if not step.half and len(self.record.doors) > 1:
            parts.append(self.words("record.everybody"))
        return self.joined(*parts)

    def said(self, step: RecordedStep) -> str:
        """What was taken; nothing where the page only went on."""
        return self.words("record.skipped") if step.skipped else step.say

    def how(self, step: RecordedStep) -> str:
        return self.words(f"record.how.{step.how}")
