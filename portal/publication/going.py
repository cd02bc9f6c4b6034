"""What goes out if somebody publishes now: all the draft says, or news of progress while it is being edited.

An edited draft waits for a new appraisal; the figures people wait for do not. They are put into what is
public already, so that no word of the edited draft goes out with them.
"""

from collections.abc import Sequence
from dataclasses import replace

from portal.kernel.work import Work
from portal.office.programme.tables import Commitment, Programme
from portal.publication.compose import (
    compose_causes,
    compose_evidence,
    compose_reports,
    days_done,
    measures_the_same,
)
from portal.publication.lines import Going, going_out, is_readable, line_of
from portal.publication.setting import setting_of
from portal.record.documents import CommitmentDoc, ProgrammeDoc, Revision

_EDITED = frozenset({"draft", "submitted", "returned"})


def going_of(w: Work, programme: Programme, known: Sequence[Revision], *, is_preview: bool = False) -> Going:
    """What would go out of ``programme`` now, ``known`` being public. Raises Refused and Incomplete."""
    news = news_of(programme, known) if programme.state in _EDITED else None
    if news is not None and news.lines:
        return news
    setting = setting_of(w, programme, is_preview=is_preview)
    return going_out(programme, setting, known, today=w.today)


def news_of(programme: Programme, known: Sequence[Revision]) -> Going | None:
    """The news of progress on what stands in public; None where no page of the programme stands.

    What the edited draft withholds, or measures otherwise by now, waits for the appraisal.
    """
    standing = {r.ref: r for r in known if is_readable(r)}
    page = standing[programme.ref].document if programme.ref in standing else None
    if not isinstance(page, ProgrammeDoc):
        return None
    documents = []
    for row in (c for task in programme.tasks if task.disclosed for c in task.commitments if c.disclosed):
        before = standing[row.ref].document if row.ref in standing else None
        if isinstance(before, CommitmentDoc):
            documents.append(compose_news(row, before) if measures_the_same(row, before) else before)
    lines = [line for d in documents if (line := line_of(d, standing[d.ref]))]
    return Going(page, tuple(documents), tuple(lines), is_news=True)


def compose_news(row: Commitment, known: CommitmentDoc) -> CommitmentDoc:
    """``known`` with the news of progress on it; every promise in it stays as it was published."""
    done = days_done(row)
    return replace(
        known,
        progress=compose_reports(row),
        causes=compose_causes(row),
        evidence=compose_evidence(row),
        milestones=tuple(
            replace(step, done_on=done.get((step.title, step.due_on), step.done_on))
            for step in known.milestones
        ),
    )
