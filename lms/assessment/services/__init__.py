"""Verbs of an attempt: start, save, submit, expire."""

from lms.assessment.services.finishing import Submission as Submission
from lms.assessment.services.finishing import expire_due as expire_due
from lms.assessment.services.finishing import grade_saved as grade_saved
from lms.assessment.services.finishing import submit_attempt as submit_attempt
from lms.assessment.services.saving import Answer as Answer
from lms.assessment.services.saving import Receipt as Receipt
from lms.assessment.services.saving import lock_attempt as lock_attempt
from lms.assessment.services.saving import save_locked as save_locked
from lms.assessment.services.saving import save_responses as save_responses
from lms.assessment.services.starting import start_attempt as start_attempt
