"""An address with a character that no database holds names nothing, on either database; nobody gets a 500."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from followed_town import FollowedTown
from mail_server import Box

ONE_PART = (
    "/cam-ket/{}", "/don-vi/{}", "/chuong-trinh/{}", "/k/{}", "/feeds/cam-ket/{}.atom", "/bien-nhan/{}",
    "/minh-chung/{}.png", "/api/v1/commitments/{}", "/theo-doi/xac-nhan/{}", "/theo-doi?muc=cam-ket/{}",
    "/oembed?url=http://127.0.0.1:8000/cam-ket/{}",
)  # fmt: skip
FREE = (
    "/tim-kiem?q={}",
    "/tim-kiem?don_vi={}",
    "/don-vi?q={}",
    "/don-vi/phuong-nhi-chieu?tu={}",
    "/goi-y?q={}",
)


@pytest.fixture
def town(database_url: str, tmp_path: Path) -> Iterator[FollowedTown]:
    made = FollowedTown(tmp_path, Box(), (tmp_path / "mail").as_uri(), database_url=database_url)
    yield made
    made.close()


def test_it_names_nothing(town: FollowedTown) -> None:
    answers = {path: town.get(path.format("a%00b")).status_code for path in ONE_PART}
    assert all(400 <= status < 500 for status in answers.values()), answers
    told = {path: town.get(path.format("a%00b")).status_code for path in FREE}
    assert all(status < 500 for status in told.values()), told
    assert town.get("/cam-ket/ckdt01").status_code == 200
    assert town.get("/k/ckdt01").status_code == 303
