"""The running service, asked as a browser would: it answers, protected, and shows nobody its metrics."""

import http.client
import ssl
from dataclasses import dataclass
from urllib.parse import urlsplit

from portal.commands.doctor.check import Check, advice, fault
from portal.commands.doctor.patient import Patient, Skipped

_WAIT = 3.0  # seconds


@dataclass(frozen=True, slots=True)
class Answer:
    """What came back."""

    status: int
    headers: http.client.HTTPMessage


def _ask(p: Patient, path: str) -> Answer:
    """Raises Skipped when nothing answers at ``service``, or at base_url."""
    url = urlsplit(p.service or p.settings.base_url)
    if url.scheme == "https":
        context = ssl.create_default_context()
        line: http.client.HTTPConnection = http.client.HTTPSConnection(
            url.netloc, timeout=_WAIT, context=context
        )
    else:
        line = http.client.HTTPConnection(url.netloc, timeout=_WAIT)
    try:
        line.request("GET", url.path.rstrip("/") + path)
        answer = line.getresponse()
        answer.read()
    except OSError as why:
        raise Skipped("cổng chưa chạy ở địa chỉ này. / nothing answers here.") from why
    finally:
        line.close()
    return Answer(answer.status, answer.headers)


@fault("Cổng đang chạy khỏe / the service is well")
def health(p: Patient) -> str | None:
    """/tinh-trang reads the record. On somebody's own machine nothing need be running."""
    try:
        status = _ask(p, "/tinh-trang").status
    except Skipped:
        if p.is_local:
            raise
        return "cổng không trả lời; `systemctl status namro-public`. / nothing answers; see there."
    return f"/tinh-trang trả lời {status}; xem nhật ký. / see the log." if status != 200 else None


@fault("Trang không nạp gì từ nơi khác / pages load nothing from elsewhere")
def policy(p: Patient) -> str | None:
    """The Content-Security-Policy reaches the browser, whatever stands in front."""
    sent = _ask(p, "/").headers.get("Content-Security-Policy", "")
    good = "default-src 'none'" in sent and "unsafe-inline" not in sent
    return None if good else "proxy không được bỏ Content-Security-Policy. / it must pass."


@fault("Không bản trung gian nào giữ trang / no proxy keeps pages")
def caching(p: Patient) -> str | None:
    """What was taken down must be gone with the next request."""
    control = _ask(p, "/").headers.get("Cache-Control", "")
    good = "no-cache" in control or "no-store" in control
    return None if good else "proxy không được đổi Cache-Control (deploy/nginx). / it must not."


@fault("Cookie được bảo vệ / cookies are protected")
def cookies(p: Patient) -> str | None:
    """HttpOnly and SameSite always, Secure over TLS."""
    sent = _ask(p, "/dang-nhap").headers.get_all("Set-Cookie") or []
    wanted = ["httponly", "samesite", *([] if p.is_local else ["secure"])]
    lacking = [one for one in sent if not all(flag in one.lower() for flag in wanted)]
    return "proxy không được sửa cookie; base_url phải là https. / see both." if lacking else None


@fault("Số đo không lộ ra ngoài / metrics are not public")
def metrics(p: Patient) -> str | None:
    """They lie on a port of the loopback only."""
    status = _ask(p, "/metrics").status
    return "chặn /metrics ở proxy. / close it at the proxy." if status == 200 else None


@advice("HTTPS được nhớ / browsers remember https")
def hsts(p: Patient) -> str | None:
    """Strict-Transport-Security, so that the first click is not in the clear."""
    if not p.settings.base_url.startswith("https://"):
        raise Skipped("cổng không dùng https ở đây. / no https here.")
    good = _ask(p, "/").headers.get("Strict-Transport-Security")
    return None if good else "proxy không được bỏ Strict-Transport-Security. / it must pass."


CHECKS: tuple[Check, ...] = (health, policy, caching, cookies, metrics, hsts)
