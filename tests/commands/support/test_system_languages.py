"""The language of the first start is that of the reader's system, if the story has it."""

from __future__ import annotations

import pytest

from game.commands.support.system_languages import best_language, system_languages


@pytest.mark.parametrize(("environment", "tags"), [
    ({"LANG": "zh_CN.UTF-8"}, ("zh-CN",)),
    ({"LANGUAGE": "fr:zh_TW", "LANG": "de_DE.UTF-8"}, ("fr", "zh-TW")),
    ({"LC_ALL": "en_GB.utf8", "LC_MESSAGES": "de", "LANG": "fr"}, ("en-GB",)),
    ({"LANGUAGE": "", "LC_MESSAGES": "C"}, ("C",)),
])  # fmt: skip
def test_the_environment_names_the_languages(environment: dict[str, str], tags: tuple[str, ...]) -> None:
    assert system_languages(environment) == tags


def test_without_an_environment_the_system_is_asked() -> None:
    assert all(isinstance(tag, str) and "_" not in tag for tag in system_languages({}))


@pytest.mark.parametrize(("preferred", "offered", "best"), [
    (["zh-CN"], ["en", "zh-Hans"], "zh-Hans"),
    (["zh-Hant"], ["en", "zh-Hans", "zh-Hant"], "zh-Hant"),
    (["en-GB", "zh-CN"], ["en", "zh-Hans"], "en"),
    (["fr", "zh"], ["en", "zh-Hans"], "zh-Hans"),
    (["C"], ["en", "zh-Hans"], ""),
    ([], ["en"], ""),
])  # fmt: skip
def test_the_first_preferred_language_that_is_offered_is_taken(
    preferred: list[str], offered: list[str], best: str
) -> None:
    assert best_language(preferred, offered) == best
