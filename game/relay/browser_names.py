"""Cookies of a seat, and of the names that a browser has before: several tabs that ask for a seat at once get one.

Who asks without a name is redirected to the same address with a new one, which its cookies keep beside all others. So
each tab brings the name that was there first.
"""

from __future__ import annotations

import re
from typing import Any

from aiohttp import web

ASK_AGAIN = 307  # HTTP's "temporary redirect": the same request once more
_LENGTH = 43  # characters of a name
_MOST = 8  # names that are looked at
_IN_COOKIE = 8  # characters of a name that are in its cookie's name, so that cookies stand beside one another
_SECONDS = 60  # that a name is kept: longer than it takes to ask again
_PARAMETER = "browser"


def browser_names(request: web.Request, cookie: str) -> tuple[str, ...]:
    """The names that a browser has; `cookie` is the cookie in which it keeps a seat."""
    named = [*(request.cookies[name] for name in _cookies(request, cookie)), request.query.get(_PARAMETER, "")]
    return tuple(dict.fromkeys(name for name in named if len(name) == _LENGTH and name.isascii()))[:_MOST]


def keep(request: web.Request, answer: web.Response, cookie: str, value: str, seconds: int, **more: Any) -> None:
    """Have a browser keep a seat for so many seconds; or, where it is to ask again, a name.

    Args:
        more: of the cookie, as `set_cookie` takes it.
    """
    path = more.get("path", "/")
    if answer.status == ASK_AGAIN:
        answer.headers["Location"] = f"{request.path}?{_PARAMETER}={value}"
        cookie, seconds = f"{cookie}-{value[:_IN_COOKIE]}", _SECONDS
    else:
        for name in _cookies(request, cookie):
            answer.del_cookie(name, path=path)
    answer.set_cookie(cookie, value, max_age=seconds, httponly=True, samesite="Strict", **{"path": path, **more})


def _cookies(request: web.Request, cookie: str) -> list[str]:
    """The cookies with names, as `keep` calls them: a client may send others, which no answer can carry."""
    ours = re.compile(rf"{re.escape(cookie)}-[\w-]{{{_IN_COOKIE}}}", re.ASCII)
    return [name for name in request.cookies if ours.fullmatch(name)]
