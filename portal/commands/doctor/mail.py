"""Mail: whether letters go out, protected, in somebody's name, and wishes about data are granted."""

import smtplib
import ssl
from email.utils import parseaddr
from pathlib import Path
from urllib.parse import SplitResult, parse_qs, unquote, urlsplit

from portal.commands.doctor.check import Check, advice, fault
from portal.commands.doctor.patient import Patient, Skipped

_WAIT = 5.0  # seconds
_LOCAL = ("localhost", "127.0.0.1", "::1")


@fault("Gửi thư được / mail can be handed over")
def mail_way(p: Patient) -> str | None:
    """The server greets, with STARTTLS where that is asked for; or the folder can be written to."""
    url = urlsplit(p.settings.mail_url)
    if url.scheme == "file":
        folder = Path(unquote(url.path))
        nearest = next(path for path in (folder, *folder.parents) if path.exists())
        is_good = nearest.is_dir() and bool(nearest.stat().st_mode & 0o200)
        return None if is_good else "mở quyền ghi cho thư mục mail_url. / make the folder writable."
    try:
        _greet(url)
    except (OSError, smtplib.SMTPException) as why:
        return f"máy chủ thư không đáp ({type(why).__name__}); xem PORTAL_MAIL_URL. / it does not answer."
    return None


def _greet(url: SplitResult) -> None:
    host, port = url.hostname or "localhost", url.port or (465 if url.scheme == "smtps" else 587)
    context = ssl.create_default_context()
    if url.scheme == "smtps":
        server: smtplib.SMTP = smtplib.SMTP_SSL(host, port, timeout=_WAIT, context=context)
    else:
        server = smtplib.SMTP(host, port, timeout=_WAIT)
    with server:
        server.ehlo()
        if url.scheme == "smtp" and not _is_plain(url):
            server.starttls(context=context)


def _is_plain(url: SplitResult) -> bool:
    return parse_qs(url.query).get("starttls") == ["no"]


@fault("Thư đi qua đường mã hóa / letters travel encrypted")
def mail_encrypted(p: Patient) -> str | None:
    """Without TLS only to a server on this very machine."""
    url = urlsplit(p.settings.mail_url)
    is_open = url.scheme == "smtp" and _is_plain(url) and url.hostname not in _LOCAL
    return "bỏ “starttls=no” hoặc dùng smtps://. / drop it, or use smtps." if is_open else None


@advice("Thư đến được hộp thư người nhận / letters leave this machine")
def mail_leaves(p: Patient) -> str | None:
    """A folder of letters is for trying only."""
    stays = not p.is_local and p.settings.mail_url.startswith("file:")
    return "đặt PORTAL_MAIL_URL=smtp://… / set it." if stays else None


@advice("Thư có địa chỉ trả lời / letters can be answered")
def mail_sender(p: Patient) -> str | None:
    """office_email is a whole address; without one letters come from nobody."""
    if p.is_local:
        raise Skipped("máy dùng thử. / a machine for trying.")
    is_whole = "@" in parseaddr(p.settings.office_email)[1]
    return None if is_whole else "đặt office_email trong settings.toml. / set office_email."


@fault("Yêu cầu về dữ liệu cá nhân được làm / wishes about one's data are granted")
def wishes(p: Patient) -> str | None:
    """A copy or an erasure is made by `portal follow` within minutes; two days are too long."""
    day = p.before(days=2)[:10]
    asked = "SELECT count(*) FROM door_wish WHERE sealed IS NOT NULL AND asked_on < :day"
    waiting = p.public(asked, day=day)[0][0]
    return f"{waiting} yêu cầu chờ quá 2 ngày; chạy `portal due`. / wishes wait; run it." if waiting else None


@fault("Thư báo tin đi đúng hẹn / letters to those who follow go out in time")
def letters(p: Patient) -> str | None:
    """None has been due for hours; `portal follow` writes them, the mail server may refuse them."""
    asked = (
        "SELECT count(*) FROM door_follow WHERE next_at < :at "
        "AND told < (SELECT count(*) FROM record_entry WHERE at < :at)"
    )
    late = p.public(asked, at=p.before(hours=3))[0][0]
    return f"{late} thư trễ; xem `portal follow` và máy chủ thư. / letters are late." if late else None


CHECKS: tuple[Check, ...] = (mail_way, mail_encrypted, mail_leaves, mail_sender, wishes, letters)
