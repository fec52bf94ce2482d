"""The words for what the attempt rule refuses."""

from lms.core.text import Moment, Text, sentence
from lms.engine.attempt import Refused


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
                when=Moment(refused.until) if refused.until else "",
            )
