"""The organisation officer's lists: published programmes, their commitments, the reviews held and missing."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from sqlalchemy import select

from portal.kernel.calendar import WorkingCalendar
from portal.kernel.policy import Act, Actor, refusal_of
from portal.kernel.sealed import Reason, Sealed
from portal.kernel.work import Work
from portal.office.guidance import rules as reviewing
from portal.office.guidance.reads import periods_of, reviewed
from portal.office.jobs.book import Listing, Value
from portal.office.programme.reads import matter, programme
from portal.office.programme.tables import Commitment, Programme
from portal.office.progress.rules import standing
from portal.office.progress.tables import Progress
from portal.office.units.tables import Unit

PROGRAMMES = (
    "Mã chương trình", "Cán bộ", "Chức vụ", "Đơn vị", "Tình trạng", "Ngày công bố", "Hết nhiệm kỳ",
    "Số cam kết", "Trong đó không công khai",
)  # fmt: skip
COMMITMENTS = (
    "Mã chương trình", "Mã cam kết", "Nội dung", "Chỉ tiêu", "Đơn vị tính", "Mức nền", "Mức đích", "Thời hạn",
    "Công khai", "Báo cáo mới nhất", "Giá trị", "Tình trạng số liệu", "Nguồn", "Xác nhận bởi",
)  # fmt: skip
REVIEWS = ("Mã chương trình", "Kỳ", "Từ ngày", "Đến ngày", "Hạn kiểm điểm", "Tình trạng")
_STATES = {"published": "Đã công bố", "withdrawn": "Đã gỡ"}
_DATA = {"figure": "Có số liệu", "no_data": "Chưa có số liệu", "not_connected": "Chưa kết nối nguồn"}

Row = tuple[Value, ...]


@dataclass(slots=True)
class Lists:
    """The three lists as they grow."""

    programmes: list[Row] = field(default_factory=list)
    commitments: list[Row] = field(default_factory=list)
    reviews: list[Row] = field(default_factory=list)

    def listings(self) -> tuple[Listing, ...]:
        """As sheets of a workbook."""
        return (
            Listing("Chương trình", PROGRAMMES, self.programmes),
            Listing("Cam kết", COMMITMENTS, self.commitments),
            Listing("Kiểm điểm", REVIEWS, self.reviews),
        )


def programmes_listed(w: Work, by: Actor) -> list[str]:
    """The references of the programmes once published whose progress ``by`` looks after."""
    issued = w.session.scalars(select(Programme).where(Programme.issued_on.is_not(None))).unique()
    mine = [p for p in issued if _may(w, by, p)]
    return sorted(p.ref for p in mine)


def add_programme(w: Work, lists: Lists, ref: str, *, by: Actor, calendar: WorkingCalendar) -> None:
    """Add one programme with its commitments and reviews, unless ``by`` lost the right meanwhile."""
    draft = programme(w, ref)
    if not _may(w, by, draft):
        return
    rows = [(row, task.disclosed and row.disclosed) for task in draft.tasks for row in task.commitments]
    lists.programmes.append(_programme(w, draft, [is_public for _, is_public in rows]))
    lists.commitments.extend(_commitment(ref, row, is_public=is_public) for row, is_public in rows)
    lists.reviews.extend(_reviews(w, draft, calendar))


def _may(w: Work, by: Actor, draft: Programme) -> bool:
    seen = matter(w, draft)
    return not any(refusal_of(by, act, seen) for act in (Act.EXPORT_LISTS, Act.READ_PROGRESS))


def _programme(w: Work, draft: Programme, public: list[bool]) -> Row:
    mandate = draft.mandate
    return (
        draft.ref,
        _say(mandate.cadre_name),
        _say(mandate.post),
        w.session.get_one(Unit, mandate.unit_id).name,
        _STATES.get(draft.state, "Đang sửa đổi"),
        draft.issued_on,
        mandate.ends_on.open(reason=Reason.DRAFT),
        len(public),
        public.count(False),
    )


def _commitment(ref: str, row: Commitment, *, is_public: bool) -> Row:
    told: list[Progress] = standing(row.progress)
    newest = max(told, key=lambda one: one.reported_on.open(reason=Reason.DRAFT), default=None)
    report: Row = ("", None, _DATA["no_data"], "", "")
    if newest is not None:
        report = (
            newest.reported_on.open(reason=Reason.DRAFT),
            newest.value.open(reason=Reason.DRAFT),
            _DATA[newest.state.open(reason=Reason.DRAFT)],
            _say(newest.source),
            _say(newest.confirmed_by),
        )
    return (
        ref,
        row.ref,
        _say(row.text),
        _say(row.indicator),
        _say(row.measure_unit),
        row.baseline.open(reason=Reason.DRAFT),
        row.target.open(reason=Reason.DRAFT),
        row.deadline.open(reason=Reason.DRAFT),
        "Có" if is_public else "Không",
        *report,
    )


def _reviews(w: Work, draft: Programme, calendar: WorkingCalendar) -> Iterator[Row]:
    known = reviewed(w, draft)
    ended: Iterable[reviewing.Period] = (one for one in periods_of(w, draft) if one.last < w.today)
    for period in ended:
        due = reviewing.review_due_on(period, grace=w.settings.review_grace_days, calendar=calendar)
        missing = "Quá hạn" if due < w.today else "Chưa kiểm điểm, còn hạn"
        state = "Đã kiểm điểm" if period.code in known else missing
        yield (draft.ref, period.code, period.first, period.last, due, state)


def _say(value: Sealed[str]) -> str:
    return value.open(reason=Reason.DRAFT)
