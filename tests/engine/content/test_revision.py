"""A revision is named by its paths and bytes alone."""

import hashlib

from hypothesis import given
from hypothesis import strategies as st

from lms.engine.content.revision import blob_hash, manifest_hash, revision_hash

trees = st.dictionaries(st.text("abc/.", min_size=1, max_size=6), st.binary(max_size=8), max_size=5)


def test_name_is_the_hash_of_the_sorted_manifest() -> None:
    files = {"b.md": b"two", "a.md": b"one"}
    one, two = hashlib.sha256(b"one").hexdigest(), hashlib.sha256(b"two").hexdigest()
    manifest = f"{one}  a.md\n{two}  b.md\n".encode()
    assert revision_hash(files) == hashlib.sha256(manifest).hexdigest()


@given(trees, trees)
def test_two_trees_share_a_name_only_if_they_are_equal(
    one: dict[str, bytes], two: dict[str, bytes]
) -> None:
    assert (revision_hash(one) == revision_hash(two)) == (one == two)


@given(trees)
def test_order_does_not_matter(files: dict[str, bytes]) -> None:
    backwards = dict(reversed(files.items()))
    assert revision_hash(backwards) == revision_hash(files)
    assert revision_hash(files) == manifest_hash({p: blob_hash(d) for p, d in files.items()})
