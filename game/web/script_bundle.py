"""Script bundle: JavaScript modules joined into one script, for a page or a worker that can load no second one."""

from __future__ import annotations

import re
from collections.abc import Mapping
from pathlib import PurePosixPath

IMPORT = re.compile(r'^import \{([^}]*)\} from "([^"]+)";$', re.M)
LATER = re.compile(r'\bimport\("(\.[^"]+)"\)')  # an import() of a module of ours
DECLARED = re.compile(r"^export (?=(?:async )?(?:function|class|const|let) (\w+))", re.M)
NAMED = re.compile(r"\bexport ?\{([^}]*)\};")
DEFAULT = re.compile(r"\bexport default (\w+);")
STRICT = '"use strict";'  # as modules are
SOURCE_MAP = re.compile(r"^//# sourceMappingURL=.*$", re.M)


def bundle(entry: str, modules: Mapping[str, str]) -> str:
    """One script that imports nothing: each module that `entry` needs as a function's result, then `entry` itself.

    It is no module itself: a worker of a page that was opened from a disk can be none (Chromium). Modules are known by
    their paths. Those with `export` in other forms than ours and Pyodide's, or with an `await`
    outside of a function, cannot be joined.

    Args:
        entry: the path of the module that runs.
        modules: its text and those of the modules that it imports, by path.

    Raises:
        KeyError: a module is imported that is not there.
    """
    names: dict[str, str] = {}
    parts: list[str] = []

    def joined(path: str) -> str:
        """The text of a module whose imports are constants; what it imports goes before it."""

        def imported(match: re.Match[str]) -> str:
            return f"const {{{match[1].replace(' as ', ': ')}}} = {constant(_beside(path, match[2]))};"

        def imported_later(match: re.Match[str]) -> str:
            return f"Promise.resolve({constant(_beside(path, match[1]))})"

        text = SOURCE_MAP.sub("", modules[path])
        return LATER.sub(imported_later, IMPORT.sub(imported, text))

    def constant(path: str) -> str:
        """The constant with what a module exports."""
        if path not in names:
            text = joined(path)
            exported = [f"{name}" for name in DECLARED.findall(text)]
            text = DECLARED.sub("", text)
            for match in NAMED.finditer(text):
                exported += [": ".join(reversed(one.split(" as "))) for one in match[1].split(",")]
            exported += [f"default: {name}" for name in DEFAULT.findall(text)]
            text = DEFAULT.sub("", NAMED.sub("", text))
            names[path] = f"module{len(names)}"
            parts.append(f"const {names[path]} = (() => {{\n{text}\nreturn {{ {', '.join(exported)} }};\n}})();")
        return names[path]

    last = joined(entry)
    return "\n".join([STRICT, *parts, last]).replace("import.meta.url", "self.location.href")


def _beside(path: str, relative: str) -> str:
    """The path of a module that is named as seen from another."""
    parts = list(PurePosixPath(path).parent.parts)
    for part in PurePosixPath(relative).parts:
        if part == "..":
            parts.pop()
        elif part != ".":
            parts.append(part)
    return "/".join(parts)
