"""Looking into archives: whatever lies in a ZIP or a workbook, and in archives in them."""

import io
import zipfile
from collections.abc import Iterator


def unpacked(name: str, data: bytes) -> Iterator[tuple[str, bytes]]:
    """``data`` and, when it is an archive or a workbook, whatever lies in it, however deep."""
    yield name, data
    if data.startswith(b"PK\x03\x04"):
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            for member in archive.namelist():
                yield from unpacked(f"{name}/{member}", archive.read(member))
