"""The words for what the attempt rule refuses."""

from datetime import datetime, timedelta

from lms.core.text import Moment, Text, counted, sentence
from lms.engine.attempt import Allowed, Refused


def refusal_in_words(refused: Refused) -> Text:
    """Return the sentence for a start that is not allowed now."""
    match refused.reason:
        case "open":
            return sentence("You have an attempt in progress. Continue it first.")
        case "grading":
            return sentence("Your last attempt is still being graded.")
        case "passed":
            return sentence("You have passed this quiz already.")
        case "attempts":
            return sentence("You have used all your attempts at this quiz.")
        case "cool-down":
            return sentence(
                "The next attempt is possible from %(when)s on. Use the time to read the "
                "lessons behind the questions you missed.",
                when=Moment(_full_minute(refused.until)) if refused.until else "",
            )


def next_try_in_words(answer: Allowed | Refused) -> Text:
    """Return the sentence about another attempt after one that failed."""
    if isinstance(answer, Refused):
        return refusal_in_words(answer)
    if answer.left is None:
        return sentence("You may try again at once, as often as you like.")
    return counted(
        "You may try again at once. You have %(num)s attempt left.",
        "You may try again at once. You have %(num)s attempts left.",
        answer.left + 1,
    )


def _full_minute(at: datetime) -> datetime:
    """Return the first full minute that is not earlier: a page names minutes only."""
    minute = at.replace(second=0, microsecond=0)
    return minute if minute == at else minute + timedelta(minutes=1)
