"""What goes wrong in the API, said in a way programs can rely on and people can read (RFC 9457)."""

import json
from dataclasses import dataclass
from typing import Any

from portal.record.canon import plain
from portal.record.documents import TombstoneDoc

MEDIA_TYPE = "application/problem+json"


@dataclass(frozen=True, slots=True)
class Said:
    """One problem: its status, what happened and how to mend it, Vietnamese and English."""

    status: int
    title: str
    title_en: str
    detail: str
    detail_en: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ProblemDoc:
    """A problem as it is sent (RFC 9457). ``code`` never changes its meaning; the sentences may."""

    type: str
    title: str
    title_en: str
    status: int
    code: str
    detail: str
    detail_en: str


@dataclass(frozen=True, slots=True, kw_only=True)
class GoneDoc(ProblemDoc):
    """What is left of something that was taken down: that it was there, when it went, and why."""

    tombstone: TombstoneDoc | None


SAID: dict[str, Said] = {
    "bad_parameter": Said(
        400,
        "Tham số không đúng",
        "A parameter is not valid",
        "Tham số “{name}” không đúng dạng đã mô tả trong /api/v1/openapi.json.",
        "The parameter “{name}” is not as /api/v1/openapi.json describes it.",
    ),
    "unknown_parameter": Said(
        400,
        "Tham số không có",
        "No such parameter",
        "Địa chỉ này không có tham số “{name}”; xin bỏ đi hoặc xem lại cách viết.",
        "There is no parameter “{name}” here; leave it out or check its spelling.",
    ),
    "repeated_parameter": Said(
        400,
        "Tham số bị lặp",
        "A parameter is repeated",
        "Tham số “{name}” chỉ được ghi một lần.",
        "Give the parameter “{name}” once.",
    ),
    "unknown_host": Said(
        400,
        "Tên máy chủ không đúng",
        "Unknown host",
        "Xin gọi theo địa chỉ ghi trong mục servers của /api/v1/openapi.json.",
        "Use the address given under servers in /api/v1/openapi.json.",
    ),
    "no_such_address": Said(
        404,
        "Địa chỉ không có",
        "No such address",
        "Xin xem danh sách địa chỉ ở /api/v1/.",
        "See the list of addresses at /api/v1/.",
    ),
    "not_found": Said(
        404,
        "Chưa từng công bố",
        "Never published",
        "Không có tài liệu nào mang mã này; xin kiểm tra lại mã.",
        "Nothing has this reference; check how it is written.",
    ),
    "method_not_allowed": Said(
        405,
        "API chỉ để đọc",
        "The API is read-only",
        "Xin dùng GET hoặc HEAD.",
        "Use GET or HEAD.",
    ),
    "gone": Said(
        410,
        "Nội dung đã được gỡ xuống",
        "Taken down",
        "Xin xóa bản đã lưu của nội dung này; lý do nằm trong tombstone.",
        "Delete your copy of it; the reason is in tombstone.",
    ),
    "erased": Said(
        410,
        "Nội dung của bản này đã được xóa theo quy định",
        "The text of this revision was lawfully erased",
        "Xin xóa bản đã lưu; mục trong sổ cái vẫn kiểm tra được.",
        "Delete your copy of it; the entry of the log can still be verified.",
    ),
    "too_many_requests": Said(
        429,
        "Gọi hơi nhanh",
        "Too many requests",
        "Xin chờ số giây ghi ở Retry-After rồi gọi lại; If-None-Match và con trỏ giúp gọi ít hơn.",
        "Wait the seconds in Retry-After; If-None-Match and cursors save requests.",
    ),
    "internal_error": Said(
        500,
        "Hệ thống đang gặp trục trặc",
        "Something broke on our side",
        "Lỗi không phải do bên gọi; xin thử lại sau ít phút.",
        "It is not your fault; try again in a few minutes.",
    ),
    "unavailable": Said(
        503,
        "Tạm thời chưa đọc được sổ cái",
        "The record cannot be read at the moment",
        "Xin thử lại sau ít phút.",
        "Try again in a few minutes.",
    ),
}


class Problem(Exception):
    """An answer that is no success. ``name``: the parameter at fault; ``wait``: seconds (429, 503)."""

    def __init__(
        self,
        code: str,
        *,
        name: str = "",
        tombstone: TombstoneDoc | None = None,
        headers: tuple[tuple[str, str], ...] = (),
    ) -> None:
        super().__init__(code)
        self.code, self.name, self.tombstone, self.headers = code, name, tombstone, headers
        self.said = SAID[code]

    @property
    def status(self) -> int:
        """The HTTP status."""
        return self.said.status

    def body(self) -> bytes:
        """The problem as JSON."""
        return json.dumps(self.told(), ensure_ascii=False).encode()

    def told(self) -> dict[str, Any]:
        """The problem as values."""
        said = self.said
        told: dict[str, Any] = {
            "type": f"urn:namro:problem:{self.code}",
            "title": said.title,
            "title_en": said.title_en,
            "status": said.status,
            "code": self.code,
            "detail": said.detail.replace("{name}", self.name),
            "detail_en": said.detail_en.replace("{name}", self.name),
        }
        if said.status == 410:
            told["tombstone"] = plain(self.tombstone) if self.tombstone else None
        return told
