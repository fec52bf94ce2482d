"""Finish the tree of a text: addresses, ids, tables, tabs, task lists."""

# Python-Markdown comes without types.
# mypy: disable-error-code="import-untyped", allow-subclassing-any

import re
from xml.etree.ElementTree import Element  # nosec B405 - builds trees, parses nothing

from markdown import Markdown
from markdown.treeprocessors import Treeprocessor

from lms.core.markup.context import LESSON_PREFIX, Surroundings
from lms.engine.content.references import is_external, resolve
from lms.engine.content.scan import DECORATIVE

_TASK = re.compile(r"\[([ xX])\]\s+")
_BOXES = {" ": "☐", "x": "☑"}


class TaskLists(Treeprocessor):
    """`- [ ]` and `- [x]`: a sign that people see and screen readers say; nothing to operate."""

    def run(self, root: Element) -> None:
        for entry in root.iter("li"):
            inner = entry[0] if len(entry) and entry[0].tag == "p" and not entry.text else entry
            found = _TASK.match((inner.text or "").lstrip())
            if found:
                box = Element("span", {"class": "task-box"})
                box.text = _BOXES[found[1].lower()]
                box.tail = " " + (inner.text or "").lstrip()[found.end() :]
                inner.text = ""
                inner.insert(0, box)
                entry.set("class", "task")


class Tabs(Treeprocessor):
    """Tabs as folding panels of one name: only one is open, without a script or a style."""

    def __init__(self, md: Markdown, surroundings: Surroundings) -> None:
        super().__init__(md)
        self.surroundings = surroundings

    def run(self, root: Element) -> None:
        for number, group in enumerate(list(root.iter("div"))):
            if "tabbed-set" in group.get("class", "").split():
                self._fold(group, f"{self.surroundings.prefix}tabs-{number}")

    @staticmethod
    def _fold(group: Element, name: str) -> None:
        labels = [part for part in group if part.tag == "label"]
        panels = [part for part in group if part.tag == "div"]
        for part in list(group):
            group.remove(part)
        group.attrib.clear()
        group.set("class", "tabs")
        for label, panel in zip(labels, panels, strict=False):
            details = Element("details", {"name": name, "class": "tab"})
            if not len(group):
                details.set("open", "open")
            label.tag = "summary"
            label.attrib.clear()
            panel.set("class", "tab-panel")
            details.extend((label, panel))
            group.append(details)


class Tables(Treeprocessor):
    """Columns are aligned by a class, headings name their column, wide tables scroll."""

    def run(self, root: Element) -> None:
        for cell in root.iter():
            if cell.tag in ("th", "td"):
                align = cell.attrib.pop("align", None)
                if align:
                    cell.set("class", f"align-{align}")
                if cell.tag == "th":
                    cell.set("scope", "col")
        for parent in list(root.iter()):
            for at, child in enumerate(list(parent)):
                if child.tag == "table":
                    frame = Element("div", {"class": "table-scroll"})
                    frame.append(child)
                    frame.tail, child.tail = child.tail, None
                    parent[at] = frame


class Addresses(Treeprocessor):
    """Turn paths into addresses, and keep the ids of a text apart from those of the page."""

    def __init__(self, md: Markdown, surroundings: Surroundings) -> None:
        super().__init__(md)
        self.surroundings = surroundings

    def run(self, root: Element) -> None:
        for parent in list(root.iter()):
            for at, child in enumerate(list(parent)):
                if child.tag == "a":
                    self._link(child)
                elif child.tag == "img":
                    self._image(child, parent, at)
            if "id" in parent.attrib:
                parent.set("id", self.surroundings.prefix + parent.attrib["id"])

    def _link(self, link: Element) -> None:
        target = link.get("href", "")
        if link.get("class") == "term":
            return
        if target.startswith("#"):
            link.set("href", f"#{self.surroundings.prefix}{target[1:]}")
        elif is_external(target):
            link.set("rel", "noopener")
        else:
            self._inside(link, target)

    def _inside(self, link: Element, target: str) -> None:
        here = self.surroundings
        file, anchor = resolve(here.path, target)
        url = here.lessons.get(file) or here.media.get(file)
        if file == here.glossary_path:
            named = here.terms.get(anchor.casefold())
            url = named.url if named else here.glossary_url
        elif url and anchor and file in here.lessons:
            url = f"{url}#{LESSON_PREFIX}{anchor}"
        if url:
            link.set("href", url)
        else:
            link.attrib.pop("href", None)

    def _image(self, image: Element, parent: Element, at: int) -> None:
        file, _ = resolve(self.surroundings.path, image.get("src", ""))
        url = self.surroundings.media.get(file)
        if (image.tail or "").startswith(DECORATIVE):
            image.tail = (image.tail or "")[len(DECORATIVE) :]
            image.set("alt", "")
        if url:
            image.set("src", url)
            image.set("loading", "lazy")
        else:
            instead = Element("span")
            instead.text, instead.tail = image.get("alt"), image.tail
            parent[at] = instead
