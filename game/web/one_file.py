"""One file: a site as a single HTML file, which opens from a disk without a network."""

from __future__ import annotations

import gzip
import posixpath
import re
from base64 import b64encode
from collections.abc import Iterable, Mapping
from dataclasses import replace
from hashlib import sha256

from game.web.scorm import PACKED
from game.web.site_maker import SiteSources

FOR_WORKER = ("core.zip", "runtime/pyodide.asm.wasm", "runtime/python_stdlib.zip", "runtime/pyodide-lock.json")
WORKER = "app/worker.js"
STYLES = ("app/style.css", "app/site.css", "app/themes.css", "fonts/fonts.css")
# The only size of its pictures: with 1366 by 768 pixels the file had 29.6 MB without maps, and a mailbox takes 25 MB.
SIZE: Mapping[str, tuple[int, int]] = {"laptop": (896, 504)}
MAP_SIZE, MAP_QUALITY = (480, 360), 45
POLICY = (
    "default-src 'none'; script-src {script} 'wasm-unsafe-eval'; style-src {style}; img-src data: blob:;"
    " font-src data:; worker-src blob:; base-uri 'none'; form-action 'none'"
)


def smaller(sources: SiteSources) -> SiteSources:
    return replace(sources, sizes=SIZE, map_size=MAP_SIZE, map_quality=MAP_QUALITY)


def one_file(files: Iterable[tuple[str, bytes]]) -> bytes:
    """Return the site as one HTML page. Its content policy allows only its own script and style, by their hashes.
    Raises ValueError if the site does not have the expected form."""
    known = dict(files)
    texts = {name: content.decode() for name, content in known.items() if name.endswith(".js")}
    script = bundle("app/site.js", texts)
    style = "\n".join(_with_fonts(known[name].decode(), known) for name in STYLES)
    if "</" in script or "<!--" in script or "</" in style:
        raise ValueError("a script or a style would end in the middle of the page")
    html = known["index.html"].decode()
    policy = POLICY.format(script=_hash(script), style=_hash(style))
    html = _once(r'(?<=Content-Security-Policy" content=")[^"]+', policy, html)
    html = re.sub(r'<link rel="(?:stylesheet|modulepreload|manifest|apple-touch-icon)"[^>]*>\n', "", html)
    html = _once(r'<script type="module" src="app/site.js"></script>', f'<script type="module">{script}</script>', html)
    html = _once("(?=</head>)", f"<style>{style}</style>\n", html)
    return _once("(?=</body>)", "".join(_elements(known, texts)), html).encode()


def _elements(files: Mapping[str, bytes], texts: Mapping[str, str]) -> Iterable[str]:
    """Yield the worker, its files, the pictures and the sounds, each as a `<script>` element that no browser runs."""
    yield _element(WORKER, bundle(WORKER, texts).encode(), "data-packed")
    for name in FOR_WORKER:
        yield _element(name, files[name], "data-worker")
    for name, content in files.items():
        if name.startswith(("pictures/", "sounds/")):
            yield _element(name, content)


def _element(name: str, content: bytes, *attributes: str) -> str:
    if not name.endswith(PACKED):
        content, attributes = gzip.compress(content, mtime=0), (*{*attributes, "data-packed"},)
    said = "".join(f" {attribute}" for attribute in sorted(attributes))
    return f'<script type="text/plain" data-file="{name}"{said}>{b64encode(content).decode()}</script>\n'


def _with_fonts(style: str, files: Mapping[str, bytes]) -> str:
    def font(match: re.Match[str]) -> str:
        return f'url("data:font/woff2;base64,{b64encode(files[f"fonts/{match[1]}"]).decode()}")'

    return re.sub(r'url\("([^"]+\.woff2)"\)', font, style)


def _hash(text: str) -> str:
    return f"'sha256-{b64encode(sha256(text.encode()).digest()).decode()}'"


def _once(pattern: str, new: str, text: str) -> str:
    """Return the text with the only match of a pattern replaced. Raises ValueError unless there is exactly one
    match."""
    text, count = re.subn(pattern, lambda _: new, text)
    if count != 1:
        raise ValueError(f"{pattern} is {count} times in the page")
    return text


IMPORT = re.compile(r'^import \{([^}]*)\} from "([^"]+)";$', re.M)
LATER = re.compile(r'\bimport\("(\.[^"]+)"\)')  # an import() of one of our modules
DECLARED = re.compile(r"^export (?=(?:async )?(?:function|class|const|let) (\w+))", re.M)
NAMED = re.compile(r"\bexport ?\{([^}]*)\};")
DEFAULT = re.compile(r"\bexport default (\w+);")
STRICT = '"use strict";'  # modules are strict too
SOURCE_MAP = re.compile(r"^//# sourceMappingURL=.*$", re.M)


def bundle(entry: str, modules: Mapping[str, str]) -> str:
    """Return one script without imports: a constant with the exports of each module that `entry` needs, then the text
    of `entry`. `modules` maps paths to texts.

    The script is not a module: in Chromium, a page from a disk cannot start a worker from a module. Modules must write
    `export` so that DECLARED, NAMED or DEFAULT matches it, and `await` only inside functions. Raises KeyError if an
    imported module is missing.
    """
    names: dict[str, str] = {}
    parts: list[str] = []

    def joined(path: str) -> str:
        """Append the modules that a module imports to `parts`. Return its text, with constants instead of imports."""

        def imported(match: re.Match[str]) -> str:
            return f"const {{{match[1].replace(' as ', ': ')}}} = {constant(_beside(path, match[2]))};"

        def imported_later(match: re.Match[str]) -> str:
            return f"Promise.resolve({constant(_beside(path, match[1]))})"

        text = SOURCE_MAP.sub("", modules[path])
        return LATER.sub(imported_later, IMPORT.sub(imported, text))

    def constant(path: str) -> str:
        """Return the name of the constant with a module's exports. At the first call, append the module to `parts`."""
        if path not in names:
            text = joined(path)
            exported = list(DECLARED.findall(text))
            text = DECLARED.sub("", text)
            for match in NAMED.finditer(text):
                exported += [": ".join(reversed(exported_name.split(" as "))) for exported_name in match[1].split(",")]
            exported += [f"default: {name}" for name in DEFAULT.findall(text)]
            text = DEFAULT.sub("", NAMED.sub("", text))
            names[path] = f"module{len(names)}"
            parts.append(f"const {names[path]} = (() => {{\n{text}\nreturn {{ {', '.join(exported)} }};\n}})();")
        return names[path]

    last = joined(entry)  # fills `parts`
    return "\n".join([STRICT, *parts, last]).replace("import.meta.url", "self.location.href")


def _beside(path: str, relative: str) -> str:
    """Return the path of the module that the module at `path` imports by the path `relative`."""
    return posixpath.normpath(posixpath.join(posixpath.dirname(path), relative))
