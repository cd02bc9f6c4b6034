"""The machine: libraries as locked, fonts and catalogues built, time zone and clocks, nothing left open."""

import os
import re
from datetime import datetime, timedelta
from importlib.metadata import distributions
from pathlib import Path
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from portal.commands.doctor.check import Check, advice, fault
from portal.commands.doctor.patient import Patient, Skipped
from portal.doors.language import CATALOGUES
from portal.doors.looks import find_folder
from portal.kernel.fonts import WEIGHTS
from portal.kernel.grants import DoorRole

LOCK = Path(__file__).parents[3] / "requirements.lock"
_PINNED = re.compile(r"^([A-Za-z0-9._-]+)(?:\[[^]]*\])?==([^ ;\\]+)", re.MULTILINE)
_DRIFT = timedelta(seconds=30)
ZONE = "Asia/Ho_Chi_Minh"


@fault("Thư viện đúng bản đã ghim / libraries are as locked")
def locked(p: Patient) -> str | None:
    """What is installed and named in requirements.lock has the version named there."""
    if not LOCK.exists():
        raise Skipped("không có requirements.lock ở đây. / no lock here.")
    pinned: dict[str, set[str]] = {}  # one name may be pinned apart for two systems
    for name, version in _PINNED.findall(LOCK.read_text(encoding="utf-8")):
        pinned.setdefault(_plain(name), set()).add(_short(version))
    wrong = sorted(
        one.name
        for one in distributions()
        if _plain(one.name) in pinned and _short(one.version) not in pinned[_plain(one.name)]
    )
    return f"{', '.join(wrong[:5])}: chạy `make setup`. / run it." if wrong else None


def _plain(name: str) -> str:
    return re.sub(r"[-_.]+", "-", name).lower()


def _short(version: str) -> str:
    """1.002 and 1.2 are one version (PEP 440)."""
    return re.sub(r"\b0+(?=\d)", "", version)


@fault("Phông chữ đã dựng / fonts are built")
def fonts(p: Patient) -> str | None:
    """Without them pages fall back, and PDFs are not set."""
    folder = find_folder("static") / "fonts"
    missing = [name for name in WEIGHTS if not (folder / f"be-vietnam-pro-{name}.woff2").exists()]
    return "chạy `portal prepare`. / run it." if missing else None


@fault("Bản dịch đã biên dịch / catalogues are compiled")
def catalogues(p: Patient) -> str | None:
    """Each as new as its source."""
    sources = list(CATALOGUES.glob("*/LC_MESSAGES/*.po"))
    old = [one for one in sources if not _is_compiled(one)]
    return "chạy `portal prepare`. / run it." if old or not sources else None


def _is_compiled(source: Path) -> bool:
    compiled = source.with_suffix(".mo")
    return compiled.exists() and compiled.stat().st_mtime >= source.stat().st_mtime


@fault("Giờ Việt Nam có trên máy / Vietnam's time zone is known")
def time_zone(p: Patient) -> str | None:
    """Days are counted by it."""
    try:
        offset = datetime(2026, 7, 1, tzinfo=ZoneInfo(ZONE)).utcoffset()
    except ZoneInfoNotFoundError:
        offset = None
    return None if offset == timedelta(hours=7) else "cài gói tzdata. / install tzdata."


@fault("Đồng hồ khớp với cơ sở dữ liệu / clocks agree")
def clock(p: Patient) -> str | None:
    """PostgreSQL's clock is ours, or the newest thing written is not ahead of us."""
    if p.settings.is_sqlite:
        newest = p.office("SELECT max(at) FROM office_audit")[0][0]
        ahead = datetime.fromisoformat(newest) - p.now if newest else timedelta()
    else:
        ahead = abs(p.rows(DoorRole.PUBLIC, "SELECT clock_timestamp()")[0][0] - p.now)
    return "chỉnh đồng hồ (chrony/timesyncd). / set the clock." if ahead > _DRIFT else None


@fault("Không chạy chế độ gỡ lỗi / no debug mode")
def debug(p: Patient) -> str | None:
    """It shows what is in memory to whoever makes a page fail."""
    on = [name for name in ("FLASK_DEBUG", "PYTHONDEVMODE", "PYTHONASYNCIODEBUG") if _is_on(name)]
    return f"bỏ {', '.join(on)} khỏi môi trường. / take it out." if on else None


def _is_on(name: str) -> bool:
    return os.environ.get(name, "").lower() not in ("", "0", "false")


@fault("Bộ đếm giới hạn dùng chung / limits are counted together")
def limits(p: Patient) -> str | None:
    """On Redis when it is named, else in the database: all workers see the same count."""
    if not p.settings.redis_url:
        p.public("SELECT count(*) FROM door_limit")
        return None
    from redis import Redis, RedisError  # here, because Redis is an extra

    try:
        with Redis.from_url(p.settings.redis_url, socket_timeout=1, socket_connect_timeout=1) as client:
            client.ping()
    except RedisError:
        return "Redis không đáp; xem PORTAL_REDIS_URL. / Redis does not answer."
    return None


@advice("Không chạy bằng quyền root / not run as root")
def root(p: Patient) -> str | None:
    """Whoever breaks in would have the whole machine."""
    is_root = not p.is_local and os.geteuid() == 0
    return "dùng tài khoản namro (deploy/systemd). / use an account of its own." if is_root else None


CHECKS: tuple[Check, ...] = (locked, fonts, catalogues, time_zone, clock, debug, limits, root)
