"""The addresses that rendered texts lead to; they stand in stored HTML, so they never change."""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import PurePosixPath
from urllib.parse import quote


@dataclass(frozen=True)
class CourseUrls:
    """Addresses inside one course; `hashes` maps the paths of a revision to their SHA-256."""

    slug: str
    hashes: Mapping[str, str]

    def lesson(self, lesson_id: str) -> str:
        return f"/courses/{self.slug}/lessons/{lesson_id}"

    def media(self, path: str) -> str:
        name = quote(PurePosixPath(path).name)
        return f"/courses/{self.slug}/media/{self.hashes[path]}/{name}"

    def glossary(self, term_id: str) -> str:
        page = f"/courses/{self.slug}/glossary"
        return f"{page}#{term_id}" if term_id else page
