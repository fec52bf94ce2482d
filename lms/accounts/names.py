"""The rule for names, with its refusals in words."""

from lms.core.errors import DomainError
from lms.core.text import Text, sentence
from lms.engine.names import MAX_LENGTH, NameFault, check_name


def usable_name(text: str) -> str:
    """Return the name as it is kept; raise DomainError (field `name`) where it cannot be used."""
    checked = check_name(text)
    if checked.text is None:
        raise DomainError(_words(checked.fault), field="name")
    return checked.text


def _words(fault: NameFault | None) -> Text:
    if fault == "too-long":
        return sentence("A name may have at most %(count)s characters.", count=MAX_LENGTH)
    if fault == "direction":
        return sentence(
            "The name contains a hidden sign that turns the direction of text. "
            "Type the name again instead of copying it."
        )
    if fault in ("control", "invisible"):
        return sentence(
            "The name contains an invisible or control character. "
            "Type the name again instead of copying it."
        )
    if fault == "piled-marks":
        return sentence("The name has too many marks on one letter. Leave some of them out.")
    if fault == "no-letter":
        return sentence("A name needs at least one letter.")
    return sentence("Please write your name as it should stand on a certificate.")
