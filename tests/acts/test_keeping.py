"""What may be kept of drafting and for whom: no stamp of secrecy, unsaved typing, workbooks in waiting."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from handwritten import COMMITMENT, refused, stand
from people import PHUONG, SOAN
from world import World, who

from portal.commands.hours import keep_due
from portal.kernel.policy import Refusal
from portal.office.programme import editing, keeping
from portal.office.programme.reads import programme
from portal.office.programme.tables import Typing, Upload
from portal.office.programme.typed import StampTyped
from portal.office.programme.workbook.form import (
    MilestoneForm,
)


class TestSecrets:
    """A stamp of secrecy is refused wherever it is typed, and nothing of the text is stored."""

    STAMPED = "Nội dung bình thường.\nTỐI MẬT\nphần còn lại qzxv"

    @pytest.mark.parametrize("field", ["text", "deliverable", "accountable", "baseline_source"])
    def test_in_any_text(self, world: World, ref: str, field: str) -> None:
        item, version = stand(world, ref)
        with pytest.raises(StampTyped) as caught, world.work() as w:
            editing.edit_commitment(
                w, ref, item, replace(COMMITMENT, **{field: self.STAMPED}), expected=version, by=who(w, SOAN)
            )
        assert caught.value.names == (field,)
        assert not self.lies_anywhere(world)

    def test_in_lists_and_milestones(self, world: World, ref: str) -> None:
        steps = (MilestoneForm(title=self.STAMPED, due_on=date(2027, 1, 1)),)
        for form in (
            replace(COMMITMENT, coordinators=(self.STAMPED,)),
            replace(COMMITMENT, milestones=steps),
        ):
            with pytest.raises(StampTyped), world.work() as w:
                editing.add_commitment(w, ref, form, by=who(w, SOAN))
        assert not self.lies_anywhere(world)

    def test_in_typing_that_is_only_kept(self, world: World) -> None:
        with pytest.raises(StampTyped), world.work() as w:
            keeping.keep_typing(w, who(w, SOAN).id, "/van-phong/x", [("text", self.STAMPED)])
        assert not self.lies_anywhere(world)

    def test_an_honest_text_would_be_found(self, world: World, ref: str) -> None:
        with world.work() as w:
            editing.add_commitment(w, ref, replace(COMMITMENT, text="có chữ qzxv ở đây"), by=who(w, SOAN))
        assert self.lies_anywhere(world)

    @staticmethod
    def lies_anywhere(world: World) -> bool:
        files = world.settings.instance.glob("portal.sqlite*")
        return any(b"qzxv" in file.read_bytes() for file in files)


class TestKeeping:
    """Typing that is not saved, and workbooks between preview and confirmation."""

    def test_typing_comes_back_to_its_officer_only(self, world: World) -> None:
        with world.work() as w:
            keeping.keep_typing(w, who(w, SOAN).id, "/van-phong/x", [("text", "dở dang"), ("m", "1")])
        with world.work() as w:
            kept = keeping.kept_typing(w, who(w, SOAN).id, "/van-phong/x")
            assert kept is not None
            assert kept.texts == (("text", "dở dang"), ("m", "1"))
            assert keeping.kept_typing(w, who(w, PHUONG).id, "/van-phong/x") is None
            assert keeping.kept_typing(w, who(w, SOAN).id, "/van-phong/y") is None
            keeping.forget_typing(w, who(w, SOAN).id, "/van-phong/x")
        with world.work() as w:
            assert keeping.kept_typing(w, who(w, SOAN).id, "/van-phong/x") is None

    def test_nothing_outlives_its_time(self, world: World) -> None:
        with world.work() as w:
            keeping.keep_typing(w, who(w, SOAN).id, "/van-phong/x", [("text", "dở dang")])
            key = keeping.hold_upload(w, who(w, SOAN).id, b"so tinh", programme_id=None)
        world.clock.at += timedelta(hours=2)
        with refused(Refusal.UPLOAD_GONE), world.work() as w:
            keeping.held_upload(w, who(w, SOAN).id, key, programme_id=None)
        world.clock.at += timedelta(days=31)
        with world.work() as w:
            assert keeping.kept_typing(w, who(w, SOAN).id, "/van-phong/x") is None
            keeping.keep_typing(w, who(w, PHUONG).id, "/van-phong/z", [])
            assert w.session.query(Upload).count() == 0
            assert w.session.query(Typing).count() == 1

    def test_the_clock_clears_away_what_nobody_asks_for_again(self, world: World) -> None:
        with world.work() as w:
            keeping.hold_upload(w, who(w, SOAN).id, b"so tinh", programme_id=None)
            keeping.keep_typing(w, who(w, SOAN).id, "/van-phong/x", [("text", "dở dang")])
        keep_due(world.office)
        world.clock.at += timedelta(hours=2)
        keep_due(world.office)
        with world.work() as w:
            assert (w.session.query(Upload).count(), w.session.query(Typing).count()) == (0, 1)
        world.clock.at += timedelta(days=31)
        keep_due(world.office)
        with world.work() as w:
            assert w.session.query(Typing).count() == 0

    def test_a_held_workbook_is_for_its_officer_and_its_draft(self, world: World, ref: str) -> None:
        with world.work() as w:
            mine, theirs = who(w, SOAN).id, who(w, PHUONG).id
            draft = programme(w, ref).id
            key = keeping.hold_upload(w, mine, b"so tinh", programme_id=None)
            assert keeping.held_upload(w, mine, key, programme_id=None) == b"so tinh"
            for officer, about in ((theirs, None), (mine, draft)):
                with refused(Refusal.UPLOAD_GONE):
                    keeping.held_upload(w, officer, key, programme_id=about)
