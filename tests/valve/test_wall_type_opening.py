"""Type wall, second half: opening is possible only inside a unit of work, which tells the audit room."""

import json
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import select
from world import World

from portal.kernel import sealed
from portal.kernel.sealed import Reason, Sealed, SealedError
from portal.office.audit.tables import AuditLine
from portal.office.programme.reads import programme

SECRET = "Mật bcdfgh ẩn"


class TestOpening:
    """Inside a unit of work it opens, and the opening is audited; elsewhere it does not open."""

    @pytest.fixture
    def world(self, tmp_path: Path) -> World:
        return World(tmp_path).settle_in()

    def told(self, world: World) -> list[dict[str, Any]]:
        with world.work() as w:
            lines = w.session.scalars(select(AuditLine).order_by(AuditLine.at)).all()
            return [line.facts for line in lines if line.event == "SealedOpened"]

    def test_outside_it_does_not_open(self) -> None:
        with pytest.raises(SealedError):
            Sealed(SECRET).open(reason=Reason.DRAFT)

    def test_inside_it_opens_and_the_count_is_audited(self, world: World) -> None:
        """The positive control of the one above, too."""
        with world.work() as w:
            assert Sealed(SECRET).open(reason=Reason.PROOF) == SECRET
            assert Sealed(7).open(reason=Reason.PROOF) == 7
            assert Sealed(SECRET).open(reason=Reason.DRAFT) == SECRET
            assert w.events == []
        assert self.told(world)[-2:] == [
            {"reason": "draft", "count": 1},
            {"reason": "proof", "count": 2},
        ]

    def test_what_is_not_opened_is_not_audited(self, world: World) -> None:
        before = self.told(world)
        with world.work():
            repr(Sealed(SECRET))
        assert self.told(world) == before

    def test_a_work_that_fails_has_not_happened(self, world: World) -> None:
        before = self.told(world)
        with pytest.raises(ZeroDivisionError), world.work():
            len(Sealed(SECRET).open(reason=Reason.PROOF)) / 0
        assert self.told(world) == before
        assert sealed.openings.get() is None

    def test_after_the_work_it_is_closed_again(self, world: World) -> None:
        ref = world.draft(world.read("01-chu-tich-phuong-nhi-chieu.xlsx"))
        with world.work() as w:
            kept = programme(w, ref).preface
        with pytest.raises(SealedError):
            kept.open(reason=Reason.DRAFT)

    def test_the_audit_never_holds_what_was_opened(self, world: World) -> None:
        ref = world.draft(world.read("01-chu-tich-phuong-nhi-chieu.xlsx"))
        with world.work() as w:
            opened = programme(w, ref).preface.open(reason=Reason.PROOF)
        assert len(opened) > 20
        with world.work() as w:
            facts = [
                json.dumps(line.facts, ensure_ascii=False) for line in w.session.scalars(select(AuditLine))
            ]
        assert facts
        assert not [line for line in facts if opened[:20] in line]
