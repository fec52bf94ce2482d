"""What this feature announces."""

from dataclasses import asdict, dataclass
from typing import Any, ClassVar


@dataclass(frozen=True)
class CoursePublished:
    """A revision became the one that learners see."""

    name: ClassVar[str] = "authoring.course_published"

    course_id: int
    revision_id: int

    def payload(self) -> dict[str, Any]:
        return asdict(self)

    @classmethod
    def from_payload(cls, payload: dict[str, Any]) -> "CoursePublished":
        return cls(**payload)
