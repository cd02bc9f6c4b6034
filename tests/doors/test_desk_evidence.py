"""Uploading evidence: limits told first, the clean copy shown, every refusal said, nothing kept of it."""

import re
from collections.abc import Iterator
from html import unescape
from io import BytesIO
from pathlib import Path

import hostile_files
import papers
import pytest
from people import PHUONG
from PIL import Image, PngImagePlugin
from progress_desk import ProgressDesk, open_progress_desk
from werkzeug.datastructures import FileStorage
from werkzeug.test import TestResponse, encode_multipart

MB = 1024 * 1024
SAID = {"description": "Ảnh nghiệm thu (minh họa)", "disclosed": "Có"}


@pytest.fixture
def at(tmp_path: Path) -> Iterator[ProgressDesk]:
    with open_progress_desk(tmp_path) as made:
        yield made


def send(at: ProgressDesk, data: bytes, name: str = "anh.png", **said: str) -> TestResponse:
    visitor, way = at.author, f"/van-phong/tien-do/{at.ref}/minh-chung"
    visitor.get(way)
    token = re.search(r'name="csrf_token" value="([^"]+)"', visitor.page)
    assert token
    file = FileStorage(BytesIO(data), name)
    boundary, body = encode_multipart({"csrf_token": unescape(token[1]), **SAID, **said, "file": file})
    answer = visitor.client.post(way, data=body, content_type=f"multipart/form-data; boundary={boundary}")
    visitor.page = answer.text
    return answer


def kept(at: ProgressDesk) -> list[Path]:
    folder = at.world.settings.instance / "files"
    return [path for path in folder.rglob("*") if path.is_file() and path.name != ".lock"]


def test_the_limits_are_told_before_anything_is_chosen(at: ProgressDesk) -> None:
    page = at.author.get(f"/van-phong/tien-do/{at.ref}/minh-chung").text
    assert "tối đa 10 MB" in page
    assert "50.000 ô" in page


def test_a_picture_is_cleaned_looked_at_and_kept(at: ProgressDesk) -> None:
    told = PngImagePlugin.PngInfo()
    told.add_text("Author", "TênNgườiChụp")
    raw = BytesIO()
    Image.new("RGB", (80, 60), "teal").save(raw, "PNG", pnginfo=told)
    answer = send(at, raw.getvalue(), "ten-rieng-cua-toi.png")
    assert answer.status_code == 303
    preview = at.author.get(answer.headers["Location"])
    assert "thuộc tính của tệp" in preview.text
    assert "ten-rieng-cua-toi" not in preview.text
    source = re.search(r'<img class="proof" src="([^"]+)"', preview.text)
    assert source
    copy = at.author.client.get(source[1])
    assert copy.headers["Content-Type"] == "image/png"
    assert "TênNgườiChụp".encode() not in copy.data
    at.author.get(answer.headers["Location"])
    assert at.author.post(answer.headers["Location"] + "/luu").status_code == 303
    assert "Ảnh nghiệm thu (minh họa)" in at.author.get(f"/van-phong/tien-do/{at.ref}").text
    at.world.publish(at.programme_ref)
    public = at.world.reader().get(f"/cam-ket/{at.ref}").text
    link = re.search(r'href="(/minh-chung/[0-9a-f]{64}\.png)"', public)
    assert link
    assert at.world.reader().get(link[1]).data == copy.data


def test_a_preview_can_be_thrown_away(at: ProgressDesk) -> None:
    answer = send(at, papers.png())
    at.author.get(answer.headers["Location"])
    assert at.author.post(answer.headers["Location"] + "/bo").status_code == 303
    assert kept(at) == []


@pytest.mark.parametrize("one", list(hostile_files.hostile_files())[:12], ids=lambda one: one.name)
def test_what_is_refused_is_said_and_leaves_nothing(at: ProgressDesk, one: hostile_files.Hostile) -> None:
    answer = send(at, one.make(), one.filename)
    assert answer.status_code in (413, 422)
    assert "Ông/bà" in answer.text
    assert SAID["description"] in answer.text
    assert kept(at) == []


def test_sizes_stamps_and_empty_forms(at: ProgressDesk) -> None:
    large = send(at, b"\x89PNG\r\n\x1a\n" + bytes(10 * MB))
    assert large.status_code == 413
    assert "Tệp lớn hơn 10 MB" in large.text
    assert SAID["description"] in large.text
    assert send(at, bytes(13 * MB)).status_code == 413
    stamp = send(at, papers.png(), "TUYỆT MẬT.png")
    assert (stamp.status_code, "độ mật" in stamp.text) == (422, True)
    assert send(at, papers.png(), description="").status_code == 422
    assert "Chưa chọn tệp" in send(at, b"", "").text
    assert kept(at) == []


def test_nobody_else_sees_the_copy(at: ProgressDesk) -> None:
    where = send(at, papers.png()).headers["Location"]
    stranger = at.as_(PHUONG)
    for path in (where, where + "/tep", f"/van-phong/tien-do/{at.ref}/minh-chung"):
        assert stranger.get(path).status_code == 403
    assert at.world.reader().get(where).status_code == 404
