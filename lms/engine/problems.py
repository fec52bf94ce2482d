"""What is wrong in a text that somebody wrote, where, and what to write instead."""

from dataclasses import dataclass


@dataclass(frozen=True, order=True)
class Problem:
    """One fault at one place; lines and columns count from 1."""

    path: str
    line: int
    column: int
    message: str
    remedy: str = ""

    def __str__(self) -> str:
        text = f"{self.path}:{self.line}:{self.column}: {self.message}"
        return f"{text} {self.remedy}" if self.remedy else text
