"""A folder becomes immutable revisions, all of it or nothing, once."""

from datetime import timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from lms.authoring import services
from lms.authoring.services import (
    FaultyTreeError,
    Published,
    StudioMovedError,
    check_tree,
    export_tree,
    publish_tree,
)
from lms.catalog import published
from lms.catalog.models import Blob, Course, Publication, Rendering, Revision, RevisionFile
from lms.core.errors import DomainError
from lms.core.markup import RENDERER_VERSION
from lms.core.web.context import Program
from lms.engine.content.revision import revision_hash
from tests.conftest import START
from tests.courses import course_files
from tests.engine.content.makers import COURSE, LESSON, SECOND, text_of, tiny_course

TABLES = (Blob, Revision, RevisionFile, Rendering, Publication, Course)


def counts(session: Session) -> list[int]:
    return [session.scalar(select(func.count()).select_from(table)) or 0 for table in TABLES]


def publish(session: Session, files: dict[str, bytes], source: str = "folder") -> Published:
    (one,) = publish_tree(session, files, source, None, START)  # type: ignore[arg-type]
    return one


def changed(words: str) -> dict[str, bytes]:
    return tiny_course({SECOND: text_of(SECOND) + f"\n{words}\n"})


def test_first_publication_stores_bytes_manifest_and_html(session: Session) -> None:
    files = tiny_course()
    one = publish(session, files)
    assert (one.slug, one.is_new) == ("tiny", True)
    assert one.revision_hash == revision_hash(files)
    course = published.by_slug(session, "tiny")
    assert course.revision_hash == one.revision_hash
    assert course.course.title == "Tiny course"
    assert "End here" in course.html["lesson:comparing"]
    assert (
        f"/courses/tiny/media/{services.blob_hash(files['courses/tiny/media/picture.svg'])}/"
        in (course.html["lesson:counting"])
    )


def test_publishing_twice_is_publishing_once(session: Session) -> None:
    publish(session, tiny_course())
    before = counts(session)
    again = publish(session, tiny_course())
    assert not again.is_new
    assert counts(session) == before


def test_old_revision_stays_readable_when_a_new_one_is_published(session: Session) -> None:
    publish(session, tiny_course())
    old = published.by_slug(session, "tiny")
    publish(session, changed("New words."))
    new = published.by_slug(session, "tiny")
    assert "New words." in new.html["lesson:comparing"]
    kept = published.by_revision(session, old.revision_id)
    assert "New words." not in kept.html["lesson:comparing"]


def test_going_back_to_old_bytes_makes_no_second_revision(session: Session) -> None:
    first = publish(session, tiny_course())
    publish(session, changed("New words."))
    back = publish(session, tiny_course())
    assert (back.is_new, back.revision_hash) == (True, first.revision_hash)
    assert session.scalar(select(func.count()).select_from(Revision)) == 2
    assert published.by_slug(session, "tiny").revision_hash == first.revision_hash


def test_changes_are_named(session: Session) -> None:
    assert publish(session, tiny_course()).changes.is_first
    text = changed("More.")
    text[LESSON] = text[LESSON].replace(b"id: counting", b"id: tallying")
    changes = publish(session, text).changes
    assert changes.added == ("lesson tallying",)
    assert changes.changed == ("lesson comparing",)
    assert changes.removed == ("lesson counting",)


def test_renaming_a_file_changes_no_lesson(session: Session) -> None:
    publish(session, tiny_course())
    files = tiny_course()
    files["courses/tiny/01-first/03-lesson.md"] = files.pop(SECOND)
    files[LESSON] = files[LESSON].replace(b"02-lesson.md", b"03-lesson.md")
    assert publish(session, files).changes.changed == ("lesson counting",)


def test_tree_with_any_fault_publishes_nothing(session: Session) -> None:
    files = {**course_files("good"), **tiny_course({COURSE: "---\ntitel: x\n---\n"})}
    with pytest.raises(FaultyTreeError) as refusal:
        publish_tree(session, files, "folder", None, START)
    assert refusal.value.tree.problems
    assert counts(session) == [0] * len(TABLES)


def test_folder_that_is_behind_the_studio_is_refused_with_what_to_do(session: Session) -> None:
    publish(session, tiny_course())
    studio = publish(session, changed("From the studio."), "studio")
    with pytest.raises(StudioMovedError) as refusal:
        publish(session, changed("From the folder."))
    assert "lms export" in str(refusal.value)
    assert published.by_slug(session, "tiny").revision_hash == studio.revision_hash


def test_folder_that_did_not_move_leaves_the_studios_edit_alone(session: Session) -> None:
    publish(session, tiny_course())
    studio = publish(session, changed("From the studio."), "studio")
    assert not publish(session, tiny_course()).is_new
    assert published.by_slug(session, "tiny").revision_hash == studio.revision_hash


def test_folder_that_has_caught_up_with_the_studio_may_go_on(session: Session) -> None:
    publish(session, tiny_course())
    publish(session, changed("From the studio."), "studio")
    assert not publish(session, changed("From the studio.")).is_new
    assert publish(session, changed("From the studio.\n\nAnd the folder.")).is_new


def test_folder_of_another_course_cannot_be_taken_over(session: Session) -> None:
    publish(session, tiny_course())
    stolen = {
        path: data.replace(b"id: tiny\n", b"id: other\n") for path, data in tiny_course().items()
    }
    stolen = {
        path: data.replace(b"course: tiny", b"course: other") for path, data in stolen.items()
    }
    stolen = {path: data.replace(b"check tiny/", b"check other/") for path, data in stolen.items()}
    with pytest.raises(DomainError, match="belongs to the published course"):
        publish(session, stolen)


def test_prerequisite_may_be_published_earlier(session: Session) -> None:
    wants = text_of(COURSE).replace("prerequisites: []", "prerequisites: [small]")
    assert check_tree(session, tiny_course({COURSE: wants})).problems
    publish(session, course_files("small"))
    assert publish(session, tiny_course({COURSE: wants})).is_new


def test_export_gives_back_every_byte_of_the_newest_revisions(session: Session) -> None:
    publish(session, tiny_course())
    publish(session, changed("Newest."))
    publish(session, course_files("small"))
    assert export_tree(session) == {**changed("Newest."), **course_files("small")}


@settings(max_examples=15, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    words=st.lists(
        st.text(st.characters(codec="utf-8", categories=["L", "N", "Zs"]), max_size=60), max_size=4
    ),
    random=st.randoms(use_true_random=False),
)
def test_whatever_is_published_comes_back_and_twice_is_once(
    session: Session, words: list[str], random: object
) -> None:
    files = changed("\n\n".join(words))
    pairs = list(files.items())
    random.shuffle(pairs)  # type: ignore[attr-defined]
    publish(session, dict(pairs))
    assert export_tree(session) == files
    before = counts(session)
    assert not publish(session, files).is_new
    assert counts(session) == before


def test_page_of_an_older_renderer_is_rendered_again(
    session: Session, program: Program, monkeypatch: pytest.MonkeyPatch
) -> None:
    publish(session, tiny_course())
    session.commit()
    newer = RENDERER_VERSION + 1
    for module in (services, published):
        monkeypatch.setattr(module, "RENDERER_VERSION", newer)
        monkeypatch.setattr(module, "render_course", lambda *_: {"course": "newer"})
    program.database.info["revisions"] = published.RevisionCache()
    with program.database.unit_of_work() as unit:
        assert published.by_slug(unit, "tiny").html == {"course": "newer"}
        assert not publish(unit, tiny_course()).is_new
    with program.database.read() as unit:
        versions = unit.scalars(select(Rendering.renderer_version)).all()
    assert sorted(versions) == [RENDERER_VERSION, newer]


def publish_and_fail(program: Program) -> None:
    with program.database.unit_of_work() as unit:
        publish(unit, tiny_course())
        assert published.by_slug(unit, "tiny").course.id == "tiny"
        raise InterruptedError


def test_revision_that_is_rolled_back_never_reaches_other_requests(program: Program) -> None:
    with pytest.raises(InterruptedError):
        publish_and_fail(program)
    with program.database.unit_of_work() as unit:
        publish(unit, course_files("small"))
    with program.database.read() as unit:
        assert published.by_slug(unit, "small").course.id == "small"


def test_memory_keeps_the_revisions_that_were_used_last(session: Session) -> None:
    cache = published.RevisionCache(most=2)
    ids = []
    for words in ("one", "two", "three"):
        publish(session, changed(words))
        one = published.by_slug(session, "tiny")
        ids.append(one.revision_id)
        cache.put(one)
        cache.get(ids[0])
    assert [cache.get(number) is not None for number in ids] == [True, False, True]


def test_publication_is_audited_with_its_time(session: Session) -> None:
    publish(session, tiny_course())
    publish_tree(session, changed("x"), "studio", None, START + timedelta(days=1))
    rows = session.scalars(select(Publication).order_by(Publication.id)).all()
    assert [row.source for row in rows] == ["folder", "studio"]
    assert rows[1].base_hash == revision_hash(tiny_course())
    assert rows[1].published_at == START + timedelta(days=1)
