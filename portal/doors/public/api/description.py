"""The OpenAPI 3.1 document, made from the table of operations; its examples are real answers of now."""

from collections.abc import Callable
from typing import Any

from portal.doors.public.api.contents import BASE
from portal.doors.public.api.operations import OPERATIONS, Operation, roots
from portal.doors.public.api.parameters import Parameter
from portal.doors.public.api.problems import MEDIA_TYPE, SAID, GoneDoc, Problem, ProblemDoc
from portal.doors.public.api.shape import Schema, components

Example = Callable[[Parameter], Any]
Call = Callable[[Operation], Any]

_INTRODUCTION = (
    "Đọc mọi nội dung đã công khai: không cần đăng ký, không cookie, chỉ GET và HEAD. "
    "Danh sách đi theo con trỏ “next”. Gửi lại ETag bằng If-None-Match để nhận 304. "
    "Khi nhận 410, xin xóa bản đã lưu. Không có điểm số, không xếp hạng cán bộ.\n\n"
    "Reads everything that is public: no registration, no cookie, GET and HEAD only. "
    "Lists are walked by the cursor “next”. Send ETag back as If-None-Match to be told 304. "
    "On 410 delete your copy. There is no score and no ranking of cadres."
)
_HEADERS: dict[str, tuple[str, str]] = {
    "RateLimit-Limit": ("integer", "Số lần gọi được phép mỗi phút. / Requests allowed a minute."),
    "RateLimit-Remaining": ("integer", "Số lần còn lại. / Requests left."),
    "RateLimit-Reset": ("integer", "Số giây đến khi tính lại. / Seconds until counting begins anew."),
    "Retry-After": ("integer", "Số giây nên chờ. / Seconds to wait."),
    "ETag": ("string", "Dấu của câu trả lời này. / Mark of this answer."),
}
_LIMITED = ("RateLimit-Limit", "RateLimit-Remaining", "RateLimit-Reset")
_CODES = {
    400: ("bad_parameter", "unknown_parameter", "repeated_parameter", "unknown_host"),
    404: ("not_found", "no_such_address"),
    405: ("method_not_allowed",),
    410: ("gone", "erased"),
    429: ("too_many_requests",),
    500: ("internal_error",),
    503: ("unavailable",),
}


def describe_all(site: str, name: str, *, example: Example, call: Call) -> Schema:
    """The document of the API at ``site``. ``example``: a value for a parameter; ``call``: a real answer."""
    return {
        "openapi": "3.1.0",
        "info": {
            "title": f"{name}: API",
            "version": "1",
            "description": _INTRODUCTION,
            "license": {"name": "AGPL-3.0-or-later (phần mềm / software)", "identifier": "AGPL-3.0-or-later"},
        },
        "servers": [{"url": site + BASE}],
        "paths": {one.path: {"get": _operation(one, example=example, call=call)} for one in OPERATIONS},
        "components": {
            "schemas": components(*roots(), ProblemDoc, GoneDoc),
            "headers": {name: _header(*said) for name, said in _HEADERS.items()},
            "responses": {str(status): _problem(status) for status in _CODES},
        },
    }


def _operation(one: Operation, *, example: Example, call: Call) -> Schema:
    content: Schema = {"schema": {"$ref": f"#/components/schemas/{one.result.__name__}"}}
    answer = call(one)
    if answer is not None:
        content["example"] = answer
    answered = {"description": one.said, "headers": _headers(one), "content": {"application/json": content}}
    kept: Schema = {"304": {"description": "Không đổi. / Not modified."}} if one.kept else {}
    statuses = [
        400,
        *([404] if one.in_path or not one.kept else []),
        *([410] if one.gone else []),
        429,
        500,
        503,
    ]
    problems = {str(status): {"$ref": f"#/components/responses/{status}"} for status in statuses}
    return {
        "operationId": one.name,
        "summary": one.said,
        "parameters": [
            *(_parameter(p, "path", example) for p in one.in_path),
            *(_parameter(p, "query", example) for p in one.in_query),
        ],
        "responses": {"200": answered, **kept, **problems},
    }


def _parameter(parameter: Parameter, where: str, example: Example) -> Schema:
    value = example(parameter)
    return {
        "name": parameter.name,
        "in": where,
        "required": where == "path",
        "description": parameter.said,
        "schema": parameter.schema,
        **({} if value is None else {"example": value}),
    }


def _headers(one: Operation) -> Schema:
    names = (*_LIMITED, "ETag") if one.kept else _LIMITED
    return {name: {"$ref": f"#/components/headers/{name}"} for name in names}


def _header(kind: str, said: str) -> Schema:
    return {"description": said, "required": True, "schema": {"type": kind}}


def _problem(status: int) -> Schema:
    shape = GoneDoc if status == 410 else ProblemDoc
    said = SAID[_CODES[status][0]]
    headers = {"Retry-After": {"$ref": "#/components/headers/Retry-After"}} if status in (429, 503) else {}
    return {
        "description": f"{said.title}. / {said.title_en}.",
        "headers": headers,
        "content": {
            MEDIA_TYPE: {
                "schema": {"$ref": f"#/components/schemas/{shape.__name__}"},
                "examples": {code: {"value": Problem(code, name="limit").told()} for code in _CODES[status]},
            }
        },
    }
