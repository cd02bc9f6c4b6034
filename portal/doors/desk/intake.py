"""How the desk takes in files: in memory only, and larger than a form only where a file is asked for."""

from io import BytesIO
from typing import IO

from flask import Request

LARGEST_UPLOAD = 11 * 1024 * 1024  # bytes: a workbook of ten megabytes with the form around it


class DeskRequest(Request):
    """A request whose files never touch the disk: what is refused must leave nothing behind."""

    def _get_file_stream(  # the name Werkzeug calls
        self,
        total_content_length: int | None,
        content_type: str | None,
        filename: str | None = None,
        content_length: int | None = None,
    ) -> IO[bytes]:
        return BytesIO()
