"""What this feature announces."""

from dataclasses import asdict, dataclass
from typing import Any, ClassVar


@dataclass(frozen=True)
class CourseCompleted:
    """A learner met everything that a course asks for; published once for each enrolment."""

    name: ClassVar[str] = "learning.course_completed"

    enrolment_id: int
    person_id: int
    course_id: int
    revision_id: int

    def payload(self) -> dict[str, Any]:
        return asdict(self)

    @classmethod
    def from_payload(cls, payload: dict[str, Any]) -> "CourseCompleted":
        return cls(**payload)
