"""A task with documents and the questionnaire on phones: a real browser, the real server, the teacher's commands."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect

from game.classroom import commands
from game.play.desk_story import BEFORE
from tests.real import phones
from tests.real.conftest import GivePhone

pytestmark = pytest.mark.skipif(bool(phones.MISSING), reason=f"needs {' and '.join(phones.MISSING)}")


def test_both_halves_work_on_one_task_after_the_story(class_: phones.Class, give_phone: GivePhone) -> None:
    host, desk = class_.host, class_.story.desk
    assert desk is not None
    task = desk.tasks["who-for"]
    asked, following, *_ = task.placing.decisions
    first, second = (role.name for role in class_.story.roles.values())
    ada, ben = give_phone().join(class_, first), give_phone((320, 568)).join(class_, second)
    host.execute(commands.end)
    host.execute(lambda state: commands.begin_task(state, task.id))
    for held in (ada, ben):
        for document in (desk.documents[id] for id in task.documents):
            expect(held.page.locator("article")).to_contain_text(document.text[0])
            expect(held.page.locator("article")).to_contain_text(document.author)
        expect(held.page.locator("article")).to_contain_text(asked.text)
    host.execute(commands.open_vote)
    ada.choose(1)
    ben.choose(1)
    expect(ben.choices.first).to_have_attribute("aria-pressed", "true")
    host.execute(commands.reveal)
    expect(ada.page.locator("#tally")).to_contain_text("2 of 2")
    host.execute(commands.next_question)
    expect(ada.page.locator("main")).to_contain_text(asked.why)
    expect(ada.page.locator("article")).to_contain_text(following.text)
    assert ada.fits and ben.fits
    host.execute(commands.end)
    expect(ada.page.locator("article")).not_to_contain_text(following.text)


def test_a_questionnaire_goes_on_by_itself_and_shows_no_count(class_: phones.Class, give_phone: GivePhone) -> None:
    host, desk = class_.host, class_.story.desk
    assert desk is not None and desk.questionnaire is not None
    questions = desk.questionnaire.questions
    ada = give_phone().join(class_, next(iter(class_.story.roles.values())).name)
    host.execute(lambda state: commands.begin_task(state, BEFORE))
    host.execute(commands.next_question)
    for question in questions:
        expect(ada.page.locator("article")).to_contain_text(question.text)
        expect(ada.choices.first).to_have_attribute("aria-pressed", "false")
        assert ada.page.locator("#tally").count() == 0
        ada.choose(2)
        expect(ada.choices.nth(1)).to_have_attribute("aria-pressed", "true")
        host.execute(commands.next_question)
    expect(ada.page.locator("article")).to_contain_text(desk.questionnaire.thanks[0])
    host.execute(commands.end)
    expect(ada.page.locator("h1")).not_to_contain_text(desk.questionnaire.title)
