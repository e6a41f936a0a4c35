"""Cookies for a browser's seat, and for its names before it has a seat, so that several tabs get one seat.

A request without a name is redirected to the same address with a new random name. Each name has a cookie of its own. If
several tabs ask at once, the browser gets several names. Every tab then sends the first of these, perhaps with others.
"""

from __future__ import annotations

import re
from typing import Any

from aiohttp import web

ASK_AGAIN = 307  # HTTP's "temporary redirect": the browser sends the same request again
_LENGTH = 43  # characters in a name
_MOST = 8  # the most names that are read
_IN_COOKIE = 8  # so many characters of a name are in its cookie's name, so that cookies do not replace each other
COOKIE_SECONDS = 12 * 3600  # how long a browser keeps its seat, in seconds: longer than any class
_SECONDS = 60  # how long a name is stored, in seconds: longer than a redirect takes
_PARAMETER = "browser"


def browser_names(request: web.Request, cookie: str) -> tuple[str, ...]:
    """Return the names of a browser. `cookie` is the name of the cookie that has the token of the browser's seat."""
    named = [*(request.cookies[name] for name in _cookies(request, cookie)), request.query.get(_PARAMETER, "")]
    return tuple(dict.fromkeys(name for name in named if len(name) == _LENGTH and name.isascii()))[:_MOST]


def set_seat_cookie(request: web.Request, answer: web.Response, cookie: str, value: str, **more: Any) -> None:
    """Make the answer store `value` in the browser: a name of the browser if the answer is a redirect, else a token.

    `cookie` is the name of the cookie with the seat, `more` are further arguments of `set_cookie`.
    """
    seconds, path = COOKIE_SECONDS, more.get("path", "/")
    if answer.status == ASK_AGAIN:
        answer.headers["Location"] = f"{request.path}?{_PARAMETER}={value}"
        cookie, seconds = f"{cookie}-{value[:_IN_COOKIE]}", _SECONDS
    else:
        for name in _cookies(request, cookie):
            answer.del_cookie(name, path=path)
    answer.set_cookie(cookie, value, max_age=seconds, httponly=True, samesite="Strict", **{"path": path, **more})


def _cookies(request: web.Request, cookie: str) -> list[str]:
    # Other cookies are left out, because a client can send more of them than an answer could delete.
    ours = re.compile(rf"{re.escape(cookie)}-[\w-]{{{_IN_COOKIE}}}", re.ASCII)
    return [name for name in request.cookies if ours.fullmatch(name)]
