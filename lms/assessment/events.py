"""What this feature announces."""

from dataclasses import asdict, dataclass
from typing import Any, ClassVar


@dataclass(frozen=True)
class AttemptGraded:
    """An attempt has a result; published in the transaction that graded it."""

    name: ClassVar[str] = "assessment.attempt_graded"

    attempt_id: int
    person_id: int
    course_id: int
    quiz_key: str
    revision_id: int
    is_passed: bool

    def payload(self) -> dict[str, Any]:
        return asdict(self)

    @classmethod
    def from_payload(cls, payload: dict[str, Any]) -> "AttemptGraded":
        return cls(**payload)
