"""What is said when something cannot be shown: plainly, with a way on, never with a stack trace."""

from flask import Flask, Response
from werkzeug.exceptions import HTTPException, InternalServerError, SecurityError

from portal.doors.public.pages import show

# status -> title and advice, Vietnamese; every sentence is in the catalogue
SAID: dict[int, tuple[str, str]] = {
    400: (
        "Yêu cầu không đọc được",
        "Địa chỉ hoặc nội dung gửi lên có chỗ sai. Ông/bà thử quay lại trang trước và làm lại.",
    ),
    404: (
        "Không tìm thấy trang này",
        "Địa chỉ có thể gõ thiếu hoặc trang chưa từng được công bố. "
        "Ông/bà thử tìm theo tên phường, xã hoặc nội dung cam kết.",
    ),
    405: ("Không làm được việc này ở đây", "Ông/bà quay lại trang trước và thử lại."),
    413: ("Nội dung gửi lên quá lớn", "Ông/bà rút gọn nội dung rồi gửi lại."),
    429: (
        "Ông/bà thao tác hơi nhanh",
        "Để mọi người cùng dùng được, xin chờ khoảng một phút rồi thử lại.",
    ),
    500: (
        "Hệ thống đang gặp trục trặc",
        "Lỗi không phải do ông/bà. Xin thử lại sau ít phút; nội dung đã công bố không bị ảnh hưởng.",
    ),
}


def answer_errors(app: Flask) -> None:
    """Let every error of ``app`` be said in words."""
    app.register_error_handler(HTTPException, _say)


def _say(error: HTTPException) -> Response | HTTPException:
    code = error.code or InternalServerError.code
    if code < 400:
        return error  # a redirect is no error
    if isinstance(error, SecurityError):  # a foreign Host: there is no address to build links from
        return Response("Tên máy chủ không đúng. / Unknown host.", code, mimetype="text/plain")
    title, advice = SAID.get(code, SAID[400] if code < 500 else SAID[500])
    answer = show("public/error.html", status=code, title=title, advice=advice)
    for name, value in error.get_headers():
        if name in ("Allow", "Retry-After"):
            answer.headers[name] = value
    return answer
