"""What a text needs to know about its surroundings while it is rendered."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Protocol

from lms.engine.content.anchors import Anchors

LESSON_PREFIX = "c-"


class Urls(Protocol):
    """The addresses of the pages that a course's texts may lead to."""

    def lesson(self, lesson_id: str) -> str:
        """Return the address of a lesson."""

    def media(self, path: str) -> str:
        """Return the address of a file, named by its path in the tree."""

    def glossary(self, term_id: str) -> str:
        """Return the address of an entry of the glossary; "" is the whole page."""


@dataclass(frozen=True)
class Definition:
    """What a glossary term leads to, and its meaning in one plain sentence."""

    url: str
    meaning: str


@dataclass
class Surroundings:
    """Where a text stands: its file, the prefix of its ids, and what it may point to."""

    path: str = ""
    prefix: str = LESSON_PREFIX
    lessons: Mapping[str, str] = field(default_factory=dict)
    terms: Mapping[str, Definition] = field(default_factory=dict)
    glossary_path: str = ""
    glossary_url: str = ""
    media: Mapping[str, str] = field(default_factory=dict)
    anchors: Anchors = field(default_factory=Anchors)
