"""What an account must say, and who confirmed a cause."""

from commitment_cases import cause

from portal.kernel.policy import Refusal
from portal.office.evaluation import rules
from portal.record.evaluation.document import CauseKind
from portal.record.evaluation.outcome import Due


def test_an_objective_cause_stands_only_when_confirmed() -> None:
    ask = rules.refusal_to_account
    assert ask(Due.IN_PERIOD, "Đã làm", CauseKind.OBJECTIVE, ()) is Refusal.CAUSE_NOT_CONFIRMED
    assert ask(Due.IN_PERIOD, "Đã làm", CauseKind.OBJECTIVE, (cause("1/12/26"),)) is None
    assert ask(Due.CARRIED, "Đã làm", CauseKind.SUBJECTIVE, ()) is None


def test_who_confirmed_it_is_named_once() -> None:
    known = (cause("1/12/26"), cause("5/12/26"))
    assert rules.confirmed_by(CauseKind.OBJECTIVE, known) == "Phòng chuyên môn, BC-01 (số liệu minh họa)"
    assert rules.confirmed_by(CauseKind.SUBJECTIVE, known) == ""
    assert rules.confirmed_by(CauseKind.NONE, ()) == ""
