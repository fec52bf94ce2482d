"""How passwords are kept."""

from lms.accounts.passwords import HASHER, hash_password, is_outdated, is_right_password


def test_hash_is_argon2id_with_the_settled_costs() -> None:
    assert hash_password("seven calm otters count").startswith("$argon2id$v=19$m=19456,t=2,p=1$")


def test_only_the_right_password_is_right() -> None:
    stored = hash_password("seven calm otters count")
    assert is_right_password("seven calm otters count", stored)
    assert not is_right_password("seven calm otters count ", stored)
    assert not is_right_password("seven calm otters count", None)
    assert not is_right_password("seven calm otters count", "not a hash")


def test_a_password_is_the_same_on_every_keyboard() -> None:
    """Composed and decomposed letters, full-width and plain ones, are one password."""
    stored = hash_password("caf\u00e9 caf\u00e9 caf\u00e9")
    assert is_right_password("cafe\u0301 cafe\u0301 cafe\u0301", stored)


def test_two_hashes_of_one_password_differ() -> None:
    assert hash_password("seven calm otters count") != hash_password("seven calm otters count")


def test_weaker_hashes_are_recognised() -> None:
    assert not is_outdated(hash_password("x"))
    weak = type(HASHER)(time_cost=1, memory_cost=8, parallelism=1).hash("x")
    assert is_outdated(weak)
