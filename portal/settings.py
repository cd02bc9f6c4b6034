"""What an installation may set: environment for places, ``instance/settings.toml`` for the rest.

An unknown key refuses to start and names the nearest known one, because a misspelt safety setting
that is silently ignored is worse than a portal that does not start.
"""

import difflib
import os
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field, fields
from datetime import date
from pathlib import Path
from typing import Any


class SettingsFault(Exception):
    """A setting cannot be used; the message says which and how to mend it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Settings:
    """Everything one installation decides. Days are Vietnamese working days unless said."""

    instance: Path
    database_url: str
    search_index: Path
    base_url: str = "http://127.0.0.1:8000"
    redis_url: str = ""
    mail_url: str = ""

    public_database_url: str = ""  # the public host's own login; default: same database, lesser role
    site_name: str = "Năm Rõ"
    site_owner: str = "Cổng công khai chương trình hành động của cán bộ (bản chạy thử)"
    responsible_editor: str = ""
    office_address: str = ""
    office_phone: str = ""
    office_email: str = ""
    pilot_label: str = ""
    trusted_hosts: tuple[str, ...] = ("127.0.0.1", "localhost", "[::1]")
    proxy_hops: int = 0  # trust that many X-Forwarded-For entries; 0: none, the safe default
    slip_second_officer: bool = True  # where two do that work, a slip is typed again by the other one
    slip_days: int = 7  # how long a slip typed once waits for the second typing
    show_withheld_count: bool = True
    minimum_cell: int = 5
    rating_batch: int = 25  # people before a batch of ratings is counted; never fewer than 3 cells and one
    rating_days: int = 7  # calendar days between two batches of one commitment
    rating_unusual: int = 50  # as many unverified people at once are counted apart; no fewer than a batch
    rating_settle_days: int = 14  # after its end a quarter may still be counted, then never again
    theme_comments: int = 5  # as many comments on one theme oblige the office to answer
    reply_days: int = 15  # calendar days to answer a theme (facts §5.4)
    done_question_weeks: int = 6  # after a commitment was declared done people are asked whether it is
    publish_within_days: int = 5  # Luật 10/2022/QH15 art. 12 as noted in facts §5.1, unverified
    posting_days: int = 20  # calendar days, same source
    behind_tolerance_percent: int = 10
    update_grace_days: int = 10
    clarity_profile: str = "5ro"
    page_cache_megabytes: int = 64
    desk_idle_minutes: int = 30  # a session at the desk nobody touches ends
    desk_session_hours: int = 12  # and any session ends, so that every working day begins with signing in
    invitation_days: int = 7
    job_files_days: int = 7  # how long a file made by long work is kept for whoever asked
    review_every: str = "quarter"  # month, quarter, half_year or year, where no guidance says otherwise
    review_grace_days: int = 10
    notice_days: int = 90  # calendar days before a mandate ends (facts §2, re-appointment)
    duty_titles: tuple[str, ...] = (  # "phó trưởng phòng và tương đương trở lên" (facts R06)
        "Bí thư", "Phó Bí thư", "Chủ tịch", "Phó Chủ tịch", "Trưởng ban", "Phó Trưởng ban",
        "Giám đốc", "Phó Giám đốc", "Chánh Văn phòng", "Phó Chánh Văn phòng", "Trưởng phòng",
        "Phó Trưởng phòng", "Chủ nhiệm", "Phó Chủ nhiệm",
    )  # fmt: skip
    moderate_within_days: int = 2  # working days from receipt to a decision (facts §5.4)
    appeal_within_days: int = 3  # working days for the third person
    appeal_open_days: int = 15  # calendar days in which an appeal may be made
    rework_days: int = 10  # calendar days to change what was returned
    review_percent: int = 5  # of decisions that another moderator makes again without seeing them
    moderators_needed: int = 3  # with fewer free in a ward, the units above lend theirs
    claim_minutes: int = 20  # a case somebody has opened is theirs for so long
    visit_days: int = 14  # how long somebody who takes part stays signed in
    standing_days: int = 365  # how long an attested capacity holds
    letter_days: int = 60  # how long a code letter may be used
    edit_minutes: int = 30  # in which a comment may be rewritten before anybody reads it
    words_days: int = 730  # how long the inbox keeps what people wrote, published or not
    feedback_per_day: int = 20  # contributions of one account in a day
    api_per_minute: int = 300  # requests to /api/v1 from one place
    pictures_per_minute: int = 60  # pictures not kept yet, for one place; each costs some 50 ms
    oidc_issuer: str = ""  # empty: signing in by mail only
    oidc_client_id: str = ""
    oidc_client_secret: str = ""
    oidc_label: str = ""  # what the button calls the provider
    access_reply_days: int = 10  # working days to answer somebody whom a barrier kept out (WCAG statement)
    data_licence: str = "CC BY 4.0"  # of the open data
    data_licence_url: str = "https://creativecommons.org/licenses/by/4.0/deed.vi"
    open_data_minutes: int = 5  # files stay so long before newer entries make new ones; gone is gone at once
    seal_keepers: tuple[str, ...] = ()  # addresses of the officers designated to open denunciations
    backup_folder: str = ""  # where backups are written; the doctor looks how old the newest is
    metrics_port: int = 0  # loopback port of one process's metrics; 0: none are kept
    log_level: str = "warning"  # "info" tells of every request too
    holidays: tuple[date, ...] = ()
    swapped_working_days: tuple[date, ...] = ()
    extra: Mapping[str, Any] = field(default_factory=dict, repr=False)

    @property
    def is_sqlite(self) -> bool:
        """Whether the database is the embedded one."""
        return self.database_url.startswith("sqlite")


_FROM_ENVIRONMENT = {
    "database_url": "PORTAL_DATABASE_URL",
    "search_index": "PORTAL_SEARCH_INDEX",
    "base_url": "PORTAL_BASE_URL",
    "redis_url": "PORTAL_REDIS_URL",
    "mail_url": "PORTAL_MAIL_URL",
}
_PLACES = {"instance", "extra"}
_CHOICES = {
    "review_every": ("month", "quarter", "half_year", "year"),
    "log_level": ("info", "warning", "error"),  # no "debug": libraries would tell what people ask for
}
_FLOORS = {
    "minimum_cell": 5,
    "proxy_hops": 0,
    "metrics_port": 0,
    "rating_batch": 16,
    "rating_days": 1,
    "rating_unusual": 1,
    "rating_settle_days": 0,
    "theme_comments": 1,
    "reply_days": 1,
    "done_question_weeks": 1,
    "publish_within_days": 1,
    "posting_days": 1,
    "review_grace_days": 0,
    "notice_days": 1,
    "desk_idle_minutes": 1,
    "desk_session_hours": 1,
    "invitation_days": 1,
    "job_files_days": 1,
    "slip_days": 1,
    "visit_days": 1,
    "standing_days": 1,
    "letter_days": 1,
    "edit_minutes": 0,
    "words_days": 30,
    "feedback_per_day": 1,
    "open_data_minutes": 0,
    "api_per_minute": 1,
    "access_reply_days": 1,
    "pictures_per_minute": 1,
}


def load(environ: Mapping[str, str] | None = None) -> Settings:
    """The settings of this installation.

    Raises SettingsFault when a key is unknown, of the wrong type or below its floor.
    """
    environ = os.environ if environ is None else environ
    instance = Path(environ.get("PORTAL_INSTANCE") or "instance").resolve()
    values = _read_file(instance / "settings.toml")
    for name, variable in _FROM_ENVIRONMENT.items():
        if environ.get(variable):
            values[name] = environ[variable]
    values.setdefault("database_url", f"sqlite:///{instance / 'portal.sqlite'}")
    values["search_index"] = Path(values.get("search_index") or "search_index").resolve()
    values.setdefault("mail_url", (instance / "mail").as_uri())
    return Settings(instance=instance, **values)


def _read_file(path: Path) -> dict[str, Any]:
    if not path.exists():
        return {}
    try:
        raw = tomllib.loads(path.read_text(encoding="utf-8"))
    except tomllib.TOMLDecodeError as fault:
        raise SettingsFault(f"{path.name}: không đọc được ({fault}). / not valid TOML.") from fault
    return {name: _checked(name, value) for name, value in raw.items()}


def _checked(name: str, value: Any) -> Any:
    kinds = {f.name: f.type for f in fields(Settings) if f.name not in _PLACES}
    if name not in kinds:
        near = difflib.get_close_matches(name, kinds, n=1, cutoff=0.0)
        raise SettingsFault(
            f"settings.toml: không có mục “{name}”; có phải ý ông/bà là “{near[0]}”? "
            f"/ unknown key {name!r}; did you mean {near[0]!r}?"
        )
    if isinstance(value, list):
        value = tuple(value)
    if not _is_of(kinds[name], value):
        raise SettingsFault(
            f"settings.toml: “{name}” phải là {kinds[name]}, đang là {value!r}. "
            f"/ {name!r} must be {kinds[name]}."
        )
    if name in _CHOICES and value not in _CHOICES[name]:
        raise SettingsFault(
            f"settings.toml: “{name}” phải là một trong {', '.join(_CHOICES[name])}. "
            f"/ {name!r} must be one of these."
        )
    if value_is_below_floor(name, value):
        raise SettingsFault(
            f"settings.toml: “{name}” không được nhỏ hơn {_FLOORS[name]}. "
            f"/ {name!r} must be at least {_FLOORS[name]}."
        )
    return value


def value_is_below_floor(name: str, value: Any) -> bool:
    """Whether ``value`` is less than the least the product allows for ``name``."""
    return name in _FLOORS and value < _FLOORS[name]


def _is_of(kind: Any, value: Any) -> bool:
    if kind in (str, Path):
        return isinstance(value, str)
    if kind is bool:
        return isinstance(value, bool)
    if kind is int:
        return isinstance(value, int) and not isinstance(value, bool)
    member = date if kind == tuple[date, ...] else str
    return isinstance(value, tuple) and all(type(item) is member for item in value)
