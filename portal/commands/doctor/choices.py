"""What the installation decided: safe towards the web, complete towards the law and the people."""

import json
from datetime import date, timedelta
from pathlib import Path
from urllib.parse import urlsplit

from portal.commands.doctor.check import Check, advice, fault
from portal.commands.doctor.patient import Patient, Skipped
from portal.kernel import calendar
from portal.kernel.clock import day

_MOST_HOPS = 3
_SOON = timedelta(days=30)
_LEAST_WORDS, _MOST_WORDS = 90, 1825  # days
_PRICELESS = 5  # no cell of figures below


@fault("Kết nối được mã hóa / connections are encrypted")
def https(p: Patient) -> str | None:
    """Cookies are marked Secure, and HSTS is sent, by base_url."""
    good = p.is_local or p.settings.base_url.startswith("https://")
    return None if good else "PORTAL_BASE_URL phải là https://… / use https."


@fault("Tên miền của cổng được tin / the site's own name is trusted")
def own_host(p: Patient) -> str | None:
    """A request under another name is refused, ours must not be."""
    host = urlsplit(p.settings.base_url).hostname or ""
    return None if host in p.settings.trusted_hosts else f"thêm {host} vào trusted_hosts. / add it."


@fault("Chỉ tin tên miền của mình / no other name is trusted")
def other_hosts(p: Patient) -> str | None:
    """A leading dot or an asterisk trusts names that others may hold."""
    wide = [name for name in p.settings.trusted_hosts if name.startswith(".") or "*" in name]
    return f"bỏ {', '.join(wide)} khỏi trusted_hosts. / take them out." if wide else None


@fault("Số máy trung gian đúng / proxies are counted right")
def proxies(p: Patient) -> str | None:
    """None counted behind a proxy: everybody shares one limit. Too many: anybody chooses their address."""
    hops = p.settings.proxy_hops
    if p.is_local and hops == 0:
        return None
    good = 1 <= hops <= _MOST_HOPS
    return None if good else "proxy_hops phải đúng số proxy ông/bà đặt phía trước. / count your proxies."


@fault("Có người được mở tố cáo / denunciations have their keeper")
def seal_keepers(p: Patient) -> str | None:
    """The designated addresses are those of active officers."""
    keepers = [address.lower() for address in p.settings.seal_keepers]
    active = {row[0] for row in p.office("SELECT email FROM office_officer WHERE active")}
    if not keepers and p.is_local:
        raise Skipped("máy dùng thử. / a machine for trying.")
    if not keepers:
        return "đặt seal_keepers trong settings.toml. / name them."
    lost = [address for address in keepers if address not in active]
    return f"{len(lost)} địa chỉ trong seal_keepers không có tài khoản. / have no account." if lost else None


@fault("Ô số liệu nhỏ được che / small cells are covered")
def minimum_cell(p: Patient) -> str | None:
    """Below five a figure may point at somebody."""
    small = p.settings.minimum_cell < _PRICELESS
    return "minimum_cell phải từ 5. / at least 5." if small else None


@fault("Lịch nghỉ có năm nay và năm tới / holidays of this year and the next")
def holidays(p: Patient) -> str | None:
    """Clocks run in working days; a year without holidays makes them too short."""
    this = day(p.now).year
    own = {one.year for one in p.settings.holidays}
    known = {int(year) for year in _days()} | own
    missing = sorted({this, this + 1} - known)
    return f"thêm ngày nghỉ năm {missing[0]} vào holidays. / add them." if missing else None


@advice("Ngày nghỉ sắp tới đã có thông báo / coming holidays are announced")
def announced(p: Patient) -> str | None:
    """A provisional holiday within a month needs its notice, or to be taken out."""
    today = day(p.now)
    near = [
        one["on"]
        for year in _days().values()
        for one in year["days_off"]
        if one["status"] != "decided" and today <= date.fromisoformat(one["on"]) <= today + _SOON
    ]
    return f"{near[0]} còn là dự kiến: đối chiếu thông báo chính thức. / still provisional." if near else None


def _days() -> dict[str, dict[str, list[dict[str, str]]]]:
    data: dict[str, dict[str, dict[str, list[dict[str, str]]]]] = json.loads(
        Path(calendar.__file__).with_name("holidays_vn.json").read_text(encoding="utf-8")
    )
    return data["years"]


@advice("Thời hạn lưu lời người dân hợp lý / words are kept no longer than needed")
def retention(p: Patient) -> str | None:
    """Long enough for an appeal and a dossier, no longer than somebody needs."""
    good = _LEAST_WORDS <= p.settings.words_days <= _MOST_WORDS
    return None if good else "words_days nên từ 90 đến 1825 ngày. / between 90 and 1825 days."


@advice("Ghi rõ ai chịu trách nhiệm / who is responsible is named")
def responsible(p: Patient) -> str | None:
    """Owner, editor and address stand at the foot of every page (facts R41)."""
    if p.is_local:
        raise Skipped("máy dùng thử. / a machine for trying.")
    s = p.settings
    good = "bản chạy thử" not in s.site_owner and s.responsible_editor and s.office_address
    return None if good else "đặt site_owner, responsible_editor, office_address. / set them."


@fault("Đăng nhập qua nhà cung cấp đủ thông tin / the identity provider is wholly named")
def provider(p: Patient) -> str | None:
    """An issuer without client is a button that fails."""
    s = p.settings
    if not s.oidc_issuer:
        raise Skipped("không dùng nhà cung cấp định danh. / none is used.")
    good = s.oidc_issuer.startswith("https://") and s.oidc_client_id and s.oidc_client_secret
    return None if good else "đặt oidc_client_id, oidc_client_secret, địa chỉ https. / set them."


CHECKS: tuple[Check, ...] = (
    https, own_host, other_hosts, proxies, seal_keepers, minimum_cell, holidays, announced, retention,
    responsible, provider,
)  # fmt: skip
