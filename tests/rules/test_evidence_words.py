"""Every refusal and every omission has its Vietnamese words, and every refusal can happen."""

import re

import papers
import pytest
from hostile_files import hostile_files

from portal.office.evidence.cleaning import clean
from portal.office.evidence.wording import SENTENCES, WORDS, Dropped, Reason

# Refused for what a test of its own does: caps set low, a builder's mistake, nothing to see.
_ELSEWHERE = {
    Reason.COPY_TOO_BIG,
    Reason.NOT_REBUILT,
    Reason.NOTHING_VISIBLE,
    Reason.TOO_MANY_SHEETS,
    Reason.STRICT_FORMAT,
}


def test_every_key_has_words() -> None:
    assert set(SENTENCES) == set(Reason)
    assert set(WORDS) == set(Dropped)
    assert len(set(SENTENCES.values())) == len(SENTENCES)


@pytest.mark.parametrize("reason", Reason)
def test_a_refusal_says_how_to_mend_it(reason: Reason) -> None:
    sentence = SENTENCES[reason]
    assert re.search(r"[Ôô]ng/bà", sentence)
    assert sentence.endswith(".")
    assert "  " not in sentence


def test_what_is_left_out_is_told_in_words() -> None:
    made = clean(papers.pdf(), filename="a")
    assert made.dropped == (Dropped.TEXT_LAYER,)
    assert (made.media_type, made.extension) == ("application/pdf", "pdf")


def test_every_reason_is_met_by_a_hostile_file() -> None:
    met = {outcome for hostile in hostile_files() for outcome in hostile.may}
    assert set(Reason) - met == _ELSEWHERE
