"""The English catalogue says everything the public door says, and nothing else."""

from collections.abc import Iterator
from dataclasses import astuple
from pathlib import Path

import pytest
from babel.messages.catalog import Catalog
from babel.messages.extract import extract_from_dir
from babel.messages.pofile import read_po

from portal.doors.language import CATALOGUES
from portal.doors.public.access import KNOWN_BARRIERS, TESTED, UNTESTED
from portal.doors.public.comments import KINDS as VOICE_KINDS
from portal.doors.public.comments import STATES as VOICE_STATES
from portal.doors.public.copying.rewriting import SAYINGS
from portal.doors.public.figures import FIGURES
from portal.doors.public.meanings import MEANINGS
from portal.doors.public.narrowing import DROPS, NOTES, SORTS, TRAIT_MEANINGS, TRAIT_WORDS
from portal.doors.public.pages.errors import SAID
from portal.doors.public.pages.following import RHYTHMS
from portal.doors.public.pages.offline import WORDS as WORKER_WORDS
from portal.doors.public.pages.open_data import ADVICE, NOT_READY
from portal.doors.public.speaking import ANSWERS, GROUPS, KINDS, QUESTION, RELATIONS
from portal.inbox.recognition.personal import KIND_WORDS as DATA_WORDS
from portal.record import moderation_words as moderation
from portal.record.change_words import KIND_WORDS, LABELS
from portal.record.replies import REPLY_WORDS
from portal.record.standing_words import ENDING_WORDS, WORDS

ROOT = Path(__file__).resolve().parents[2]
METHODS = [("**.py", "python"), ("**.html", "jinja2.ext.babel_extract")]
OPTIONS = {"**.html": {"trimmed": "true", "silent": "false"}}
CODE = ("templates/public", "templates/parts", "portal/doors/public", "portal/doors")

Msgid = str | tuple[str, str]


def written() -> Iterator[Msgid]:
    """Every text marked for translation in templates and code."""
    for folder in CODE:
        found = extract_from_dir(ROOT / folder, METHODS, OPTIONS, directory_filter=lambda d: "desk" not in d)
        for _, _, message, _, _ in found:
            yield message


def tabled() -> Iterator[Msgid]:
    """Every text that reaches a page out of a table of words."""
    for some in (DROPS, TRAIT_MEANINGS, TRAIT_WORDS):
        yield from some.values()
    for table in (MEANINGS, NOTES, SORTS, KIND_WORDS, LABELS, ENDING_WORDS, WORDS, REPLY_WORDS):
        yield from table.values()
    yield from VOICE_KINDS.values()
    yield from VOICE_STATES.values()
    for words in (moderation.STATE_WORDS, moderation.VERDICT_WORDS, moderation.REASON_WORDS):
        yield from words.values()
    for answers in (ANSWERS, RELATIONS, KINDS, GROUPS, DATA_WORDS, RHYTHMS):
        yield from answers.values()
    for figure in FIGURES.values():
        yield from astuple(figure)
    yield QUESTION
    yield from (NOT_READY, ADVICE, *SAYINGS)
    yield from WORKER_WORDS.values()
    for what, how in TESTED.items():
        yield what
        yield how
    yield from (*UNTESTED, *KNOWN_BARRIERS)
    yield from moderation.APPEAL_WORDS.values()
    yield from moderation.REASON_ADVICE.values()
    for title, advice in SAID.values():
        yield title
        yield advice


@pytest.fixture(scope="module")
def english() -> Catalog:
    """The English catalogue."""
    with (CATALOGUES / "en" / "LC_MESSAGES" / "messages.po").open("rb") as file:
        return read_po(file, locale="en", abort_invalid=True)


@pytest.fixture(scope="module")
def said() -> set[Msgid]:
    """Everything the public door may say."""
    return {*written(), *tabled()}


def test_extraction_sees_templates_code_and_tables(said: set[Msgid]) -> None:
    assert {"Đến nay làm được đến đâu", "Quá hạn, chưa hoàn thành"} <= said
    assert ("%(num)s cam kết", "%(num)s cam kết") in said
    assert "Mã đơn vị %(code)s" in said  # from Python


def test_everything_said_has_an_english_text(said: set[Msgid], english: Catalog) -> None:
    missing = [m for m in said if (found := english.get(m if isinstance(m, str) else m[0])) is None
               or not all([found.string] if isinstance(found.string, str) else found.string)]  # fmt: skip
    assert not missing, "\n".join(sorted(map(str, missing)))


def test_nothing_in_the_catalogue_is_unused(said: set[Msgid], english: Catalog) -> None:
    used = {m if isinstance(m, str) else m[0] for m in said}
    unused = [m.id for m in english if m.id and (m.id if isinstance(m.id, str) else m.id[0]) not in used]
    assert not unused, f"take out of messages.po: {unused}"


def test_no_english_text_is_fuzzy_or_loses_a_placeholder(english: Catalog) -> None:
    assert [m.id for m in english if m.id and m.fuzzy] == []
    faults = [(m.id, [str(e) for e in m.check(english)]) for m in english if m.id and list(m.check(english))]
    assert faults == []
