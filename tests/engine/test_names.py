"""Names of every script pass; what deceives or breaks does not."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lms.engine.names import MAX_LENGTH, check_name

GOOD = [
    "Ada Lovelace",
    "Seán Ó Néill-O’Brien",
    "Nguyễn Thị Minh Khai",
    "محمد علی",
    "می\u200cخواهم زهرا",
    "श्री क्\u200dष अनिल",
    "ශ්\u200dරී ලාල්",
    "അവന്\u200d",
    "王小明",
    "渡邉\U000e0100 花子",
    "김철수",
    "Łukasz Żółć 3rd",
    "Х. Ә. Ибраһимов",
    "X Æ A-12",
    "J",
]
BAD = {
    "": "empty",
    " \u00a0\u3000 ": "empty",
    "Ada\u0001": "control",
    "Ada\nLovelace": "control",
    "Ada\tLovelace": "control",
    "Ada\u007f": "control",
    "Ada\u0085": "control",
    "Ada\u2028": "control",
    "Ada\ud800": "control",
    "Ada\ue000": "control",
    "Ada\uffff": "control",
    "Ada\u202eecalevoL": "direction",
    "\u2066Ada\u2069": "direction",
    "Ada\u200f": "direction",
    "A\u200bda": "invisible",
    "A\u200cda": "invisible",
    "A\u200dda": "invisible",
    "\u200dAda": "invisible",
    "م\u200c": "invisible",
    "م\u200cA": "invisible",
    "م\u200c علی": "invisible",
    "م\u200c\u200cع": "invisible",
    "Ada\ufeff": "invisible",
    "A\u00adda": "invisible",
    "A\ufe0f": "invisible",
    "A\U000e0100": "invisible",
    "A\U000e0041": "invisible",
    "\u3164": "invisible",
    "A\u2800": "invisible",
    "a" * 121: "too-long",
    "a" * 100_000: "too-long",
    "A\u0323\u0307\u0301\u0302\u0303": "piled-marks",
    "123": "no-letter",
    "- - .": "no-letter",
    "😀": "no-letter",
}


@pytest.mark.parametrize("name", GOOD)
def test_a_real_name_is_kept(name: str) -> None:
    assert check_name(name).text == unicodedata.normalize("NFC", name)


@pytest.mark.parametrize(("name", "fault"), BAD.items())
def test_a_trick_is_refused_with_its_reason(name: str, fault: str) -> None:
    assert check_name(name).fault == fault


def test_spaces_are_tidied_and_accents_composed() -> None:
    assert check_name(" \u00a0Zoe\u0308\u3000 Saldan\u0303a ").text == "Zoë Saldaña"


@given(st.one_of(st.text(max_size=150), st.lists(st.sampled_from(GOOD)).map(" ".join)))
def test_a_kept_name_is_clean_and_stays_as_it_is(text: str) -> None:
    checked = check_name(text)
    assert (checked.text is None) != (checked.fault is None)
    if checked.text is not None:
        assert len(checked.text) <= MAX_LENGTH
        assert not any(unicodedata.category(c) in ("Cc", "Cs", "Zl", "Zp") for c in checked.text)
        assert check_name(checked.text).text == checked.text


def test_no_format_character_passes_between_latin_letters() -> None:
    for char in map(chr, range(0x110000)):
        if unicodedata.category(char) in ("Cc", "Cf", "Co", "Zl", "Zp"):
            assert check_name(f"Ada{char}Love").fault in ("control", "direction", "invisible")
