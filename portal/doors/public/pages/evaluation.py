"""What evaluation periods left in public: explanations, uses of opinions, digests; a mandate's story."""

from flask import Blueprint, Response

from portal.doors.language import ENGLISH, language
from portal.doors.public import mandate
from portal.doors.public.pages import reading, show, viewpoint
from portal.doors.public.pages.commitment import find_revision
from portal.doors.public.pages.gone import gone
from portal.record import reads
from portal.record.documents import ProgrammeDoc, QuotationDoc, Revision
from portal.record.evaluation.reading import dossiers_of, explanations_of, quotations_of
from portal.record.evaluation.wording import CAUSE_WORDS, KIND_WORDS, USE_WORDS

pages = Blueprint("evaluation", __name__, url_prefix="/chuong-trinh")


@pages.get("/<ref>/ky-danh-gia")
def show_periods(ref: str) -> Response:
    """Each period: what the cadre explained, what was done with public supervision, the digest."""
    rev, _ = find_revision(ref)
    if not isinstance(rev.document, ProgrammeDoc):
        return gone(rev)
    c, spoken = reading(), int(language() == ENGLISH)
    frozen = dossiers_of(c, ref)
    explained = explanations_of(c, ref)
    quoted: dict[str, list[tuple[Revision, QuotationDoc]]] = {}
    for entry, said in quotations_of(c, ref):
        quoted.setdefault(said.period.code, []).append((entry, said))
    known = {said.period.code: said.period for entries in quoted.values() for _, said in entries}
    known |= {one.period.code: one.period for one in explained.values()}
    known |= {one.period.code: one.period for _, one in frozen}
    return show(
        "public/evaluation.html",
        doc=rev.document,
        periods=sorted(known.values(), key=lambda period: (period.last, period.code), reverse=True),
        frozen={one.period.code: (entry, one) for entry, one in frozen},
        explained=explained,
        quoted=quoted,
        texts={one.ref: one.text for one in reads.commitments_of(c, ref)},
        kinds={kind.value: words[spoken] for kind, words in KIND_WORDS.items()},
        uses={use.value: words[spoken] for use, words in USE_WORDS.items()},
        causes={cause.value: words[spoken] for cause, words in CAUSE_WORDS.items()},
    )


@pages.get("/<ref>/nhiem-ky")
def show_mandate(ref: str) -> Response:
    """The whole mandate: each commitment from promise to outcome."""
    rev, _ = find_revision(ref)
    doc = rev.document
    if not isinstance(doc, ProgrammeDoc):
        return gone(rev)
    c, view = reading(), viewpoint()
    stories = [
        mandate.story_of(one, reads.history(c, one.ref), doc, view) for one in reads.commitments_of(c, ref)
    ]
    return show(
        "public/mandate.html",
        doc=doc,
        stories=stories,
        years=mandate.years_of(doc),
        now=mandate.place(view.today, doc),
        today=view.today,
        report_due=mandate.report_due(doc),
        ends_soon=mandate.ends_soon(doc, view.today),
    )
