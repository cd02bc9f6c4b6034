"""Blind second looks: how often they agree goes out for all, but not while few would tell of single ones."""

from contextlib import closing
from pathlib import Path

import pytest
from speakers import BA, HAI, MOT, Square
from sqlalchemy import select
from world import World, who

from portal.office.moderation.months import publish_months
from portal.office.moderation.reviewing import review
from portal.office.moderation.rules import Decision
from portal.office.moderation.tables import Review
from portal.record import voices
from portal.record.moderation_words import Verdict


@pytest.mark.parametrize(("looks", "told"), [(5, (5, 4)), (4, (None, None))])
def test_the_agreement_is_published(tmp_path: Path, looks: int, told: tuple[int | None, ...]) -> None:
    with closing(Square(World(tmp_path, review_percent=100)).settle_in()) as square:
        for n in range(looks):
            square.decide(square.heard(f"Đường vào ngõ {n} vẫn ngập (minh họa)"), Decision.PUBLISH)
        people = {}
        with square.world.work() as w:
            people = {who(w, person).id: person for person in (MOT, HAI, BA)}
            asked = [(row.id, row.reviewer_id) for row in w.session.scalars(select(Review))]
        assert len(asked) == looks
        for n, (key, reviewer) in enumerate(asked):
            with square.world.work() as w:
                verdict = Verdict.PUBLISH if n else Verdict.REFUSE
                review(w, key, verdict, by=who(w, people[reviewer]))
        with square.world.work() as w:
            publish_months(w, signer=square.world.signer)
            month = voices.months(w.session)[0]
        assert (month.reviewed, month.agreed) == told
        page = square.world.reader().get("/kiem-duyet").text
        assert ("thống nhất 4" in page) is (looks == 5)
