"""Reading without a network: what the door hands a browser for it, and what it never lets a browser keep."""

import json
from io import BytesIO

import pytest
from flask import Flask
from PIL import Image
from reader import Reader

from portal.doors.headers import WORKER_POLICY
from portal.doors.public.cache import KEPT
from portal.doors.public.icon import draw_icon
from portal.doors.public.pages.offline import NEVER, UNKEPT


@pytest.mark.parametrize(("prefix", "tongue"), [("", "vi"), ("/en", "en")])
def test_the_manifest_leads_to_pages_and_icons_that_are_there(
    reader: Reader, prefix: str, tongue: str
) -> None:
    answer = reader.get(f"{prefix}/manifest.webmanifest")
    told = json.loads(answer.text)
    assert answer.mimetype == "application/manifest+json"
    assert (told["lang"], told["start_url"], told["scope"]) == (tongue, f"{prefix}/", "/")
    assert {icon["purpose"] for icon in told["icons"]} == {"any", "maskable"}
    for icon in told["icons"]:
        picture = Image.open(BytesIO(reader.get(icon["src"]).data))
        assert icon["sizes"] == "{}x{}".format(*picture.size)
    assert reader.open(f"{prefix}/").has("href", f"{prefix}/manifest.webmanifest")


def test_a_maskable_icon_keeps_its_mark_in_the_safe_circle() -> None:
    def inked(**shape: bool) -> int:
        picture = Image.open(BytesIO(draw_icon(192, **shape))).convert("L")
        pixels = picture.load()
        assert pixels is not None
        dots = ((x, y) for x in range(192) for y in range(192) if pixels[x, y] < 200)  # type: ignore[operator]
        return max(round(((x - 95.5) ** 2 + (y - 95.5) ** 2) ** 0.5) for x, y in dots)

    assert inked(maskable=True) <= 0.4 * 192 < inked()


@pytest.mark.parametrize("name", ["64", "512-x", "192-", "x"])
def test_other_icons_are_not_drawn_at_will(reader: Reader, name: str) -> None:
    assert reader.get(f"/bieu-tuong/{name}.png").status_code == 404


def test_the_worker_comes_from_the_root_and_is_asked_for_anew(reader: Reader) -> None:
    answer = reader.get("/sw.js")
    setup = json.loads(answer.text.splitlines()[0].removeprefix("const SETUP = ").removesuffix(";"))
    assert answer.mimetype == "text/javascript"
    assert answer.headers["Cache-Control"] == KEPT
    assert setup["lists"] == {"vi": "/ngoai-tuyen", "en": "/en/ngoai-tuyen"}
    assert setup["words"]["en"].keys() == setup["words"]["vi"].keys()
    assert not set(setup["words"]["en"].values()) & set(setup["words"]["vi"].values())


def test_only_pages_everybody_sees_alike_may_register_it(reader: Reader) -> None:
    policy = reader.get("/").headers["Content-Security-Policy"]
    for rule in (f"trusted-types {WORKER_POLICY}", "worker-src 'self'", "manifest-src 'self'"):
        assert rule in policy.split("; ")
    apart = reader.get("/bien-nhan")
    assert "trusted-types 'none'" in apart.headers["Content-Security-Policy"].split("; ")
    assert "js/keep.js" not in apart.text
    assert "js/keep.js" in reader.get("/").text


def test_whatever_answers_for_one_person_is_out_of_the_workers_reach(app: Flask) -> None:
    """Twice over: by its address, and because it does not call itself one that may be kept."""
    apart = [rule.rule for rule in app.url_map.iter_rules() if "POST" in (rule.methods or ())]
    assert len(apart) > 10
    for rule in apart:
        assert rule.startswith(NEVER) or rule.endswith(UNKEPT), rule
    for address in ("/bien-nhan", "/dang-nhap", "/tai-khoan", "/theo-doi?muc=x", "/cam-ket/ckdt01/gop-y"):
        assert app.test_client().get(address).headers.get("Cache-Control") != KEPT, address
