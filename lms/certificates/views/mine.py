"""What a holder finds again: certificates, their documents, and the transcript."""

from flask import make_response, render_template
from flask.typing import ResponseReturnValue

from lms.certificates.document.render import MEDIA_TYPE
from lms.certificates.queries.certificates import NOT_FOUND, PublicCertificate, find_public
from lms.certificates.queries.eligibilities import waiting_for
from lms.certificates.queries.lists import held_by
from lms.certificates.queries.transcript import load_transcript
from lms.certificates.services.documents import load_document
from lms.certificates.views.base import blueprint, links
from lms.core.errors import DomainError, NotFound
from lms.core.site import load_profile
from lms.core.text import sentence
from lms.core.web.auth import Viewer, signed_in, viewer
from lms.core.web.context import now, reading


@blueprint.get("/certificates")
@signed_in
def mine() -> ResponseReturnValue:
    """Show the viewer's certificates, and what waits for approval."""
    with reading() as session:
        certificates = held_by(session, viewer().person_id, now())
        waiting = waiting_for(session, viewer().person_id)
        contact = load_profile(session).contact
    return render_template(
        "certificates/mine.html",
        certificates=certificates,
        waiting=waiting,
        links=links(),
        contact=contact,
    )


@blueprint.get("/transcript")
@signed_in
def transcript() -> ResponseReturnValue:
    """Show everything that the viewer has learned, on a page that prints well."""
    with reading() as session:
        courses = load_transcript(session, viewer().person_id, now())
    return render_template("certificates/transcript.html", courses=courses)


@blueprint.get("/certificates/<code>.pdf")
@signed_in
def pdf(code: str) -> ResponseReturnValue:
    """Give out the document to its holder and to administrators, to nobody else.

    A stranger who has the code sees the verification page, which cannot be out of date; a file
    that strangers could fetch would keep looking valid after a revocation.
    """
    with reading() as session:
        found = _own(find_public(session, code, now()), viewer())
        content = load_document(session, found.id, links())
    response = make_response(content)
    response.content_type = MEDIA_TYPE
    response.headers["Content-Disposition"] = f'attachment; filename="{found.code}.pdf"'
    return response


def _own(found: PublicCertificate | None, person: Viewer) -> PublicCertificate:
    """Return the certificate if its document may be given to this person."""
    if found is not None and person.is_administrator:
        return found
    if found is None or found.holder_id != person.person_id:
        raise NotFound(NOT_FOUND)
    if found.state == "revoked":
        raise DomainError(sentence("This certificate is revoked; its document is not given out."))
    if found.replaced_by is not None:
        raise DomainError(
            sentence("A newer certificate replaces this one. Please download that one.")
        )
    return found
