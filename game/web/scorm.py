"""SCORM 1.2: a site as a package for a learning platform."""

from __future__ import annotations

import os
import zipfile
from collections.abc import Iterable, Iterator
from pathlib import Path
from xml.etree import ElementTree
from xml.etree.ElementTree import Element, SubElement

from game.web.core_zip import TIME

MANIFEST = "imsmanifest.xml"
SCHEMA = "http://www.imsproject.org/xsd/imscp_rootv1p1p2"
ADL = "http://www.adlnet.org/xsd/adlcp_rootv1p2"
PACKED = (".webp", ".woff2", ".zip", ".mp3")  # compressed already


def with_manifest(files: Iterable[tuple[str, bytes]], pack: str, title: str) -> Iterator[tuple[str, bytes]]:
    """Yield a site's files, and last the manifest that lists them. `pack` is the story's id."""
    names = []
    for name, content in files:
        names.append(name)
        yield name, content
    yield MANIFEST, manifest(names, pack, title)


def manifest(names: Iterable[str], pack: str, title: str) -> bytes:
    """Return the manifest of SCORM: one organization with one item, the whole site. `names` are the site's files."""
    root = Element("manifest", {"identifier": f"{pack}.site", "version": "1.0", "xmlns": SCHEMA, "xmlns:adlcp": ADL})
    metadata = SubElement(root, "metadata")
    SubElement(metadata, "schema").text = "ADL SCORM"
    SubElement(metadata, "schemaversion").text = "1.2"
    organizations = SubElement(root, "organizations", {"default": "story"})
    organization = SubElement(organizations, "organization", {"identifier": "story"})
    SubElement(organization, "title").text = title
    item = SubElement(organization, "item", {"identifier": "reading", "identifierref": "site", "isvisible": "true"})
    SubElement(item, "title").text = title
    resources = SubElement(root, "resources")
    attributes = {"identifier": "site", "type": "webcontent", "adlcp:scormtype": "sco", "href": "index.html"}
    resource = SubElement(resources, "resource", attributes)
    for name in sorted(names):
        SubElement(resource, "file", {"href": name})
    text: bytes = ElementTree.tostring(root, encoding="utf-8", xml_declaration=True)
    return text


def write_package(path: Path, files: Iterable[tuple[str, bytes]]) -> None:
    """Write files as a zip atomically: the whole zip or none. Raises OSError if it cannot be written."""
    path.parent.mkdir(parents=True, exist_ok=True)
    new = path.with_name(f".{path.name}-{os.urandom(4).hex()}")
    try:
        with zipfile.ZipFile(new, "w") as archive:
            for name, content in files:
                method = zipfile.ZIP_STORED if name.endswith(PACKED) else zipfile.ZIP_DEFLATED
                archive.writestr(zipfile.ZipInfo(name, TIME), content, method)
        new.replace(path)
    except BaseException:
        new.unlink(missing_ok=True)
        raise
