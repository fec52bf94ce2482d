"""Addresses of a course's pages below the course's own; the preview has the same shape."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Routes:
    """Where the pages of one course are, for learners or in a trainer's preview."""

    course: str

    @property
    def glossary(self) -> str:
        return f"{self.course}/glossary"

    def lesson(self, key: str) -> str:
        return f"{self.course}/lessons/{key}"

    def quiz(self, key: str) -> str:
        return f"{self.course}/quizzes/{key}"

    def check(self, ref: str) -> str:
        return f"{self.course}/checks/{ref}"

    def step(self, kind: str, key: str) -> str:
        """Return the page of a step of the outline."""
        return self.lesson(key) if kind == "lesson" else self.quiz(key)
