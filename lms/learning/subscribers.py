"""What this feature listens to."""

from lms.assessment.events import AttemptGraded
from lms.core.events import Bus
from lms.learning.services.completion import take_note_of


def connect(bus: Bus) -> None:
    """Hear of graded attempts."""
    bus.subscribe(AttemptGraded, "learning.completion", take_note_of)
