"""Braces at the end of a line are attributes; braces elsewhere are text."""

from hypothesis import given
from hypothesis import strategies as st

from lms.engine.items.attributes import (
    Attribute,
    AttributeFault,
    split_attributes,
    suggestion,
    write_attribute,
)

keys = st.from_regex(r"[a-z_]{1,10}", fullmatch=True)
values = st.text(
    st.characters(exclude_characters='{}"', exclude_categories=("Cc", "Cs", "Zl", "Zp")),
    max_size=20,
)


def test_columns_count_from_the_start_of_the_line() -> None:
    line = split_attributes('Q {#one  use=quiz standard="A b"}', column=4)
    assert (line.text, line.column) == ("Q", 6)
    assert line.attributes == (
        Attribute("id", "one", 7),
        Attribute("use", "quiz", 13),
        Attribute("standard", "A b", 22),
    )


def test_braces_of_formulas_and_checks_stay_text() -> None:
    for text in [
        "$x_{1}$",
        "{a} b",
        "{{check a/b}}",
        "x{#id}",
        "a } b {",
        "![](x.svg){decorative}",
    ]:
        assert split_attributes(text).text == text


def test_a_piece_that_is_no_attribute_is_named() -> None:
    line = split_attributes('Q {#one decorative key="a"b =x}')
    assert [fault.text for fault in line.faults] == ["decorative", 'key="a"b', "=x"]
    assert line.faults[0] == AttributeFault("decorative", 9)


@given(st.dictionaries(keys, values, min_size=1, max_size=4))
def test_a_written_attribute_reads_the_same(pairs: dict[str, str]) -> None:
    text = " ".join(write_attribute(key, value) for key, value in pairs.items())
    line = split_attributes(f"Q {{{text}}}")
    assert {a.key: a.value for a in line.attributes} == pairs
    assert line.faults == ()


@given(st.text())
def test_any_line_is_split(text: str) -> None:
    line = split_attributes(text)
    assert text.startswith(line.text)


def test_a_far_word_gets_the_whole_list() -> None:
    assert suggestion("zzz", ["use", "id"]) == "Known here: `id`, `use`."
