"""What the runner does for each kind of job; nothing here holds the database while it thinks."""

import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field

from portal.commands.followers import index_folder, public_log
from portal.kernel.calendar import WorkingCalendar, vietnam
from portal.kernel.policy import Actor, Refusal, Refused, may_somewhere
from portal.kernel.work import Work, work
from portal.office.accounts.reads import actor
from portal.office.accounts.tables import Officer
from portal.office.evaluation.reads import period, waiting_in
from portal.office.jobs import lists
from portal.office.jobs.book import write_book
from portal.office.jobs.rules import ACTS, JobKind
from portal.office.programme.keeping import held_upload, hold_on
from portal.office.programme.reads import programme
from portal.office.programme.workbook import SecretStampFound, WorkbookRefused, read_workbook
from portal.office.programme.workbook.form import ProgrammeForm
from portal.office.units.reads import unit_of_code
from portal.publication.evaluating import freeze
from portal.publication.signing import signer_of
from portal.record import reads
from portal.record.documents import Revision
from portal.record.log import RecordLog
from portal.record.search.folder import WriterBusy
from portal.record.search.log import Log
from portal.record.search.writer import Writer
from portal.settings import Settings

MOST_FAULTS_TOLD = 200
_TRIES, _PAUSE = 60, 0.5  # while a follower writes the index: thirty seconds


@dataclass(slots=True)
class Tally:
    """How far a job is; the runner tells it on."""

    done: int = 0
    total: int = 0


@dataclass(frozen=True, slots=True)
class Task:
    """One job as its doer sees it."""

    settings: Settings
    about: Mapping[str, str]
    asked_by_id: int
    tally: Tally

    def by(self) -> Actor:
        """Who asked, as the policy sees them now."""
        with work() as w:
            return actor(w.session.get_one(Officer, self.asked_by_id))


@dataclass(frozen=True, slots=True)
class Result:
    """What came of it: sentences for the officer, and the file, if one was made."""

    said: str
    data: bytes | None = None
    is_failure: bool = field(default=False)


def do(kind: JobKind, task: Task) -> Result:
    """Do it. Raises Refused where the officer who asked may no longer."""
    if not may_somewhere(task.by(), ACTS[kind]):
        raise Refused(Refusal.NOT_YOUR_ROLE)
    return DOERS[kind](task)


def _read_workbook(task: Task) -> Result:
    """Read a large workbook that waits in the desk's keeping; its preview is then one click away."""
    ref, key = task.about["ref"], int(task.about["upload"])
    with work() as w:
        programme_id = programme(w, ref).id if ref else None
        data = held_upload(w, task.asked_by_id, key, programme_id=programme_id)
    task.tally.total = 1
    try:
        form = read_workbook(data, filename="", unit_exists=_unit_exists)
    except WorkbookRefused as refused:
        lines = [f"Sổ tính có {len(refused.faults)} chỗ cần sửa. Chưa có gì được lưu."]
        return Result("\n".join([*lines, *map(str, refused.faults[:MOST_FAULTS_TOLD])]), is_failure=True)
    except SecretStampFound as stamp:
        return Result(str(stamp), is_failure=True)
    task.tally.done = 1
    with work() as w:
        hold_on(w, task.asked_by_id, key)
    return Result(_summary(form))


def _unit_exists(code: str) -> bool:
    with work() as w:
        return unit_of_code(w.session, code, w.today) is not None


def _summary(form: ProgrammeForm) -> str:
    withheld = sum(not one.disclosed for one in form.commitments)
    lines = [
        f"Đã đọc xong: {len(form.tasks)} nhiệm vụ, {len(form.commitments)} cam kết, "
        f"trong đó {withheld} không công khai. Chưa lưu gì cho đến khi ông/bà xem trước và xác nhận.",
        *form.warnings[:MOST_FAULTS_TOLD],
    ]
    return "\n".join(lines)


def _export_lists(task: Task) -> Result:
    by, found = task.by(), lists.Lists()
    with work() as w:
        refs = lists.programmes_listed(w, by)
    task.tally.total = len(refs)
    calendar = _calendar(task.settings)
    for ref in refs:  # a short work each: nobody waits for the whole of it
        with work() as w:
            lists.add_programme(w, found, ref, by=by, calendar=calendar)
        task.tally.done += 1
    said = (
        f"Đã xuất {len(found.programmes)} chương trình, {len(found.commitments)} cam kết, "
        f"{len(found.reviews)} kỳ kiểm điểm. Tệp có nội dung không công khai: chỉ dùng nội bộ."
    )
    return Result(said, write_book(found.listings()))


def _rebuild_index(task: Task) -> Result:
    with public_log(task.settings) as log:
        task.tally.total = log.head()
        writer = Writer(index_folder(task.settings))
        for _ in range(_TRIES):
            try:
                reached = writer.rebuild(_Counted(log, task.tally))
                return Result(f"Đã dựng lại chỉ mục tìm kiếm từ sổ cái: {reached} mục.")
            except WriterBusy:
                time.sleep(_PAUSE)
    return Result("Tiến trình theo sổ đang ghi chỉ mục. Ông/bà chờ ít phút rồi chạy lại.", is_failure=True)


def _freeze_period(task: Task) -> Result:
    key, signer = int(task.about["period"]), signer_of(task.settings)
    with work() as w:
        refs = waiting_in(w, period(w, key)) or [""]
        sizes = {ref: len(reads.commitments_of(w.session, ref)) for ref in refs}
    task.tally.total, before, frozen, left = sum(sizes.values()), 0, 0, 0
    for ref in refs:  # a short work each: nobody waits for the whole of it

        def heard(_: str, done: int, __: int, before: int = before) -> None:
            task.tally.done = before + done

        with work() as w:
            done = freeze(w, period(w, key), by=_officer(w, task), signer=signer, only=ref, heard=heard)
            frozen, left = frozen + len(done.frozen), left + len(done.left)
        before += sizes[ref]
        task.tally.done = before  # those left for somebody else are passed by too
    said = f"Đã chốt: {frozen} bản tổng hợp. Mã của từng bản ở sổ cái công khai."
    own = f"\n{left} chương trình để người khác chốt, vì là chương trình của chính ông/bà." if left else ""
    return Result(said + own)


def _officer(w: Work, task: Task) -> Actor:
    return actor(w.session.get_one(Officer, task.asked_by_id))


class _Counted(Log):
    """The log, telling how much of it was read."""

    def __init__(self, log: RecordLog, tally: Tally) -> None:
        self._log, self._tally = log, tally

    def head(self) -> int:
        """The number of entries."""
        return self._log.head()

    def since(self, position: int, limit: int = 1000) -> Sequence[Revision]:
        """The entries from ``position`` on."""
        found = self._log.since(position, limit)
        if found:
            self._tally.done = max(self._tally.done, found[-1].position + 1)
        return found

    def fingerprint(self, size: int) -> str:
        """The root hash of the first ``size`` entries."""
        return self._log.fingerprint(size)


def _calendar(settings: Settings) -> WorkingCalendar:
    return WorkingCalendar(
        vietnam().holidays | set(settings.holidays),
        vietnam().swapped_working_days | set(settings.swapped_working_days),
    )


DOERS: dict[JobKind, Callable[[Task], Result]] = {
    JobKind.READ_WORKBOOK: _read_workbook,
    JobKind.EXPORT_LISTS: _export_lists,
    JobKind.REBUILD_INDEX: _rebuild_index,
    JobKind.FREEZE_PERIOD: _freeze_period,
}
