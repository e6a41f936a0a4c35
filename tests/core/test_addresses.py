"""The address of a museum's or a school's site is accepted if a phone can open it."""

from __future__ import annotations

import pytest

from game.core.addresses import LONGEST, web_address_problem

GOOD = [
    "https://museum.example", "https://museum.example/grain/", "http://192.168.1.20:8000/some/where/",
    "http://[fe80::1]:8000/", "https://school.example/f/story.html",
]  # fmt: skip
BAD = [
    "", "museum.example", "ftp://museum.example/", "https://", "https:///grain", "https://me:secret@museum.example/",
    "https://museum.example/?a=1", "https://museum.example/#r=ABC", "https://museum.example/a b",
    "https://博物馆.example/", "javascript:alert(1)", "https://museum.example/\n",
]  # fmt: skip


@pytest.mark.parametrize("address", GOOD)
def test_the_address_of_a_site_is_taken(address: str) -> None:
    assert web_address_problem(address) == ""


@pytest.mark.parametrize("address", BAD)
def test_what_is_none_is_said(address: str) -> None:
    assert web_address_problem(address) == f"`{address}` is not the address of a site"


def test_an_address_too_long_for_a_code_is_said() -> None:
    address = f"https://museum.example/{'a' * LONGEST}"
    assert f"{len(address)} characters" in web_address_problem(address)
