"""One canonical form of an address."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lms.accounts.addresses import canonical_email, email_key, fold_email
from lms.core.errors import DomainError


@pytest.mark.parametrize(
    "text",
    [
        "lina@example.org",
        "LINA@EXAMPLE.ORG",
        "  lina@example.org\t",
        "li\u200bna@exam\u200dple.org",
        "\ufefflina@example.org",
        "ｌｉｎａ＠example.org",
        "lina@example\u2024org",
        "li\u00adna@example.org",
    ],
)
def test_spellings_of_one_address_are_one(text: str) -> None:
    assert canonical_email(text) == "lina@example.org"


@pytest.mark.parametrize(
    ("one", "other"), [("a@müller.de", "a@xn--mller-kva.de"), ("É@x.org", "e\u0301@x.org")]
)
def test_domains_and_letters_have_one_form(one: str, other: str) -> None:
    assert canonical_email(one) == canonical_email(other)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "lina",
        "@example.org",
        "lina@",
        "lina@localhost",
        "lina@example..org",
        "lina@[127.0.0.1]",
        '"li na"@example.org',
        "lina@example.org\nBcc: x@example.org",
        "Lina <lina@example.org>",
        "a@b.org, c@d.org",
        "a" * 250 + "@example.org",
        "lina@" + "a" * 250 + ".org",
    ],
)
def test_other_text_is_refused_with_an_example(text: str) -> None:
    with pytest.raises(DomainError) as refused:
        canonical_email(text)
    assert "name@example.org" in str(refused.value)
    assert refused.value.field == "email"


@given(st.text(max_size=80))
def test_folding_twice_changes_nothing(text: str) -> None:
    once = fold_email(text)
    assert fold_email(once) == once


@given(st.emails())
def test_a_canonical_address_stays_as_it_is(text: str) -> None:
    try:
        canonical = canonical_email(text)
    except DomainError:
        return
    assert canonical_email(canonical) == canonical == email_key(text)
    assert len(canonical) <= 254
