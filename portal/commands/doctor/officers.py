"""Officers: enough of them that nobody need act alone, each with a second factor, none of the sample."""

from collections import defaultdict

from portal.commands.doctor.check import Check, advice, fault
from portal.commands.doctor.patient import Patient

_HELD = (
    "SELECT r.role, r.officer_id, r.unit_id FROM office_role_in_unit r "
    "JOIN office_officer o ON o.id = r.officer_id WHERE o.active"
)
_ACCOUNTS = "SELECT count(*) FROM office_officer WHERE active AND "
_LEAST_MODERATORS = 3  # two for a refusal, a third for the appeal
_DAYS_FORGOTTEN = 14

Held = dict[str, dict[int, set[int]]]  # role -> officer -> units


def _held(p: Patient) -> Held:
    held: Held = defaultdict(lambda: defaultdict(set))
    for role, officer, unit in p.office(_HELD):
        held[role][officer].add(unit)
    return held


def _parents(p: Patient) -> dict[int, int | None]:
    return {row[0]: row[1] for row in p.office("SELECT id, parent_id FROM office_unit")}


def _covers(units: set[int], unit: int | None, parents: dict[int, int | None]) -> bool:
    """Whether one of ``units`` is ``unit`` or lies above it."""
    while unit is not None:
        if unit in units:
            return True
        unit = parents.get(unit)
    return False


def _units_at_work(p: Patient) -> set[int]:
    """Units with a programme or an officer."""
    rows = p.office("SELECT unit_id FROM office_mandate UNION SELECT unit_id FROM office_role_in_unit")
    return {row[0] for row in rows}


@fault("Đủ hai người để công khai / two people to publish")
def two_people(p: Patient) -> str | None:
    """For each unit with an author somebody else appraises, and somebody else publishes."""
    held, parents = _held(p), _parents(p)
    alone = {
        unit
        for author, units in held["author"].items()
        for unit in units
        for role in ("appraiser", "publisher")
        if not any(other != author and _covers(own, unit, parents) for other, own in held[role].items())
    }
    return f"{len(alone)} đơn vị thiếu người thẩm định hoặc công bố. / units lack one." if alone else None


@fault("Không ai vừa soạn vừa công bố một mình / nobody writes and publishes alone")
def nobody_alone(p: Patient) -> str | None:
    """Whoever holds both roles in a unit has another publisher there or above."""
    held, parents = _held(p), _parents(p)
    alone = [
        officer
        for officer, units in held["author"].items()
        for unit in units
        if _covers(held["publisher"].get(officer, set()), unit, parents)
        and not any(o != officer and _covers(own, unit, parents) for o, own in held["publisher"].items())
    ]
    return f"{len(alone)} tài khoản; thêm người công bố khác. / add another publisher." if alone else None


@fault("Đủ người kiểm duyệt / moderators enough")
def moderators(p: Patient) -> str | None:
    """Refusing takes two, an appeal a third one."""
    count = len(_held(p)["moderator"])
    least = max(_LEAST_MODERATORS, p.settings.moderators_needed)
    return f"có {count}, cần {least}. / there are {count} of {least}." if count < least else None


@fault("Mỗi đơn vị có quản trị / every unit has an administrator")
def administrators(p: Patient) -> str | None:
    """In the unit itself or above it, so that a lost device can be reset."""
    held, parents = _held(p), _parents(p)
    without = [
        unit
        for unit in _units_at_work(p)
        if not any(_covers(own, unit, parents) for own in held["admin"].values())
    ]
    return f"{len(without)} đơn vị chưa có; `portal officer add`. / units have none." if without else None


@fault("Mọi tài khoản có yếu tố thứ hai / every account has a second factor")
def second_factor(p: Patient) -> str | None:
    """Whoever set a password went on to enrol one."""
    lacking = p.office(f"{_ACCOUNTS} password IS NOT NULL AND tf_totp_secret IS NULL")[0][0]
    return f"{lacking} tài khoản chưa đặt; nhắc đăng nhập để đặt. / have none." if lacking else None


@fault("Không có tài khoản mẫu trên cổng thật / no sample accounts on a real site")
def sample_accounts(p: Patient) -> str | None:
    """Their passwords and codes are printed by `portal demo`."""
    found = 0 if p.is_local else p.office(f"{_ACCOUNTS} is_sample")[0][0]
    return f"{found} tài khoản mẫu; tạm khóa hết. / suspend them." if found else None


@advice("Không lời mời nào bị bỏ quên / no invitation is forgotten")
def invitations(p: Patient) -> str | None:
    """An account nobody took up for weeks should be invited anew, or suspended."""
    asked = f"{_ACCOUNTS} password IS NULL AND added_at < :at"
    count = p.office(asked, at=p.before(days=_DAYS_FORGOTTEN))[0][0]
    return f"{count} tài khoản chưa kích hoạt; mời lại hoặc khóa. / invite or suspend." if count else None


CHECKS: tuple[Check, ...] = (
    two_people, nobody_alone, moderators, administrators, second_factor, sample_accounts, invitations,
)  # fmt: skip
