"""Every figure on a public page leads to its formula, source, time and layer."""

import pytest
from figured import METHOD, kinds_shown, unexplained
from flask import Flask, Response
from reader import Page, Reader

from portal.doors.public.figures import FIGURES

ADDRESSES = (
    "",
    "/don-vi",
    "/don-vi?q=phuong",
    "/don-vi/hai-phong",
    "/don-vi/phuong-nhi-chieu",
    "/don-vi/phuong-nhi-chieu?tu=phuong-minh-tan-cu",
    "/don-vi/phuong-nhi-chieu/thu-tuc",
    "/don-vi/phuong-nhi-chieu/thu-tuc?ban=1",
    "/don-vi/phuong-nhi-chieu/thu-tuc/lich-su",
    "/don-vi/phuong-kinh-mon",
    "/chuong-trinh/ct0chairman",
    "/chuong-trinh/ct0chairman/lich-su",
    "/chuong-trinh/ct0chairman/nhiem-ky",
    "/chuong-trinh/ct0chairman/giai-trinh",
    "/chuong-trinh/ct0deputy1/ky-danh-gia",
    "/cam-ket/ckdt01",
    "/cam-ket/cktn02",
    "/cam-ket/cktn02?ban=1",
    "/cam-ket/ckcc01",
    "/cam-ket/cktn02/lich-su",
    "/cam-ket/ckgone/lich-su",
    "/cam-ket/ckdt01/doi-chieu",
    "/cam-ket/ckdt01/danh-gia",
    "/cam-ket/ckdt01/y-kien",
    "/cam-ket/ckdt01/chia-se",
    "/nhung/cam-ket/ckdt01",
    "/nhung/cam-ket/cktn02",
    "/du-lieu",
    "/don-vi/phuong-nhi-chieu/to-roi",
    "/chuong-trinh/ct0chairman/niem-yet",
    "/tim-kiem",
    "/tim-kiem?q=y+te",
    "/kiem-duyet",
    "/so-cai",
    "/so-cai/3",
    "/tinh-trang",
)


@pytest.mark.parametrize("address", ADDRESSES)
def test_every_figure_leads_to_how_it_is_computed(reader: Reader, address: str) -> None:
    assert unexplained(reader.open(f"/en{address or '/'}")) == []


def test_figures_are_met_on_the_way(reader: Reader) -> None:
    met = {kind for address in ADDRESSES for kind in kinds_shown(reader.open(f"/en{address or '/'}"))}
    assert {"so-cam-ket", "so-mot-cam-ket", "so-thu-tuc", "so-danh-gia", "so-cai"} <= met


def test_the_method_page_tells_four_things_of_each(reader: Reader) -> None:
    page = reader.open(METHOD)
    for key in FIGURES:
        assert page.has("id", key)
    for said in ("How it is computed", "Source", "As of", "Layer"):
        assert page.text.count(said) >= len(FIGURES)


@pytest.mark.parametrize(
    "spoilt",
    [
        "<p>Done: 41 of 50</p>",
        '<p data-figure="so-danh-gia">41%</p>',  # that page has no way to it
        '<p data-figure="so-la">so many</p>',
    ],
)
def test_a_figure_without_it_is_found(reader: Reader, spoilt: str) -> None:
    good = reader.open("/en/don-vi")
    assert unexplained(good) == []
    twin = Flask("spoilt", static_folder=None)
    answer = good.response.text.replace("</main>", spoilt + "</main>")
    twin.add_url_rule("/en/don-vi", "page", lambda: Response(answer))
    assert unexplained(Page("/en/don-vi", twin.test_client().get("/en/don-vi")))
