"""Hostile texts at the desk, in a real browser: in every table, typed into every form, as names of files."""

from collections.abc import Iterator
from pathlib import Path

import matrix_rules as rules
import pytest
from hostile_desk import spoil_desk
from hostile_texts import FAMILIES, LOOSE, bundles, endless, in_one, payloads, sample
from matrix_world import COOKIE, MatrixDesk, open_matrix_desk
from playwright.sync_api import Browser, FilePayload
from served import serving
from watched import Seen, Watched, watching

from portal.doors import plain_code

PERSON = "above"  # who has every role
BOOK = Path(__file__).parents[2] / "samples" / "programmes" / "01-chu-tich-phuong-nhi-chieu.xlsx"
UPLOADS = ("/van-phong/chuong-trinh/moi/so-tinh", "/van-phong/thu-tuc/phuong-nhi-chieu/nhap")

# Types `text` into every field for words of the form in place `n`.
FILL = """([n, text]) => {
  const form = [...document.querySelectorAll('main form[method=post]')][n];
  if (!form) return false;
  let typed = 0;
  for (const e of form.elements) {
    if (e.name === 'csrf_token' || e.type === 'file') continue;
    if (e.tagName === 'TEXTAREA' || ['text', 'search', 'email', 'hidden', ''].includes(e.type)) {
      e.value = text; typed += e.type !== "hidden";
    }
  }
  form.noValidate = true;
  return typed > 0;
}"""
SEND = "n => { [...document.querySelectorAll('main form[method=post]')][n].requestSubmit(); }"


@pytest.fixture
def made(tmp_path: Path) -> Iterator[MatrixDesk]:
    with open_matrix_desk(tmp_path) as desk:
        yield desk


def pages(made: MatrixDesk, *states: str) -> list[str]:
    """Every page of the desk that opens for whoever has all roles, with a programme in each of ``states``."""
    tries = [
        rules.address(made, rule, PERSON, made.refs.get(state, ""))[0]
        for rule, method in rules.routes(made)
        if method == "GET" and "static" not in rule.rule
        for state in (states if rules.is_about_a_programme(rule) else ("",))
    ]
    answers = [(path, made.ask(PERSON, "GET", path)) for path in tries]
    return [path for path, a in answers if a.status_code == 200 and a.mimetype == "text/html"]


def sit_down(tab: Watched, made: MatrixDesk) -> None:
    """Let the tab carry the cookie of whoever has every role."""
    tab.context.add_cookies(
        [{"name": COOKIE, "value": made.cookies[PERSON], "domain": "127.0.0.1", "path": "/van-phong"}]
    )


def type_into(tab: Watched, path: str, place: int, text: str) -> Seen | None:
    """Open ``path``, fill the form in that place with ``text`` and send it; None where there is none."""
    tab.open(path)
    if not tab.page.evaluate(FILL, [place, text]):
        return None
    return tab.after(lambda: tab.page.evaluate(SEND, place))


@pytest.mark.parametrize(
    "states", [("draft",), pytest.param(("submitted", "approved", "published"), marks=pytest.mark.proof)]
)
def test_what_lies_in_the_tables_stays_text(
    chromium: Browser, made: MatrixDesk, states: tuple[str, ...]
) -> None:
    """Every page that officers read, over tables in which all prose is hostile; all 800 where they are."""
    texts = sample(every=1)
    assert spoil_desk(made, endless(texts)) >= len(texts)
    paths = pages(made, *states)
    assert len(paths) > 60
    with serving(made.app) as site, watching(chromium, site, patience=0) as tab:
        sit_down(tab, made)
        seen = {path: tab.open(path) for path in paths}
        assert {path: one for path, one in seen.items() if not one.is_still} == {}
        tab.open(f"/van-phong/chuong-trinh/{made.refs['draft']}")
        assert LOOSE in tab.page.inner_text("main")


@pytest.mark.parametrize("every", [3, pytest.param(1, marks=pytest.mark.proof)])
def test_what_is_typed_into_a_form_comes_back_as_text(
    chromium: Browser, made: MatrixDesk, every: int
) -> None:
    texts = [in_one(one) for one in bundles(FAMILIES)]
    seen: dict[str, Seen] = {}
    with serving(made.app) as site, watching(chromium, site, patience=0) as tab:
        sit_down(tab, made)
        for number, path in enumerate(pages(made, "draft")[::every]):
            for place in range(3):
                if (found := type_into(tab, path, place, texts[number % len(texts)])) is None:
                    break
                seen[f"{path} {place}"] = found
                made.restore()
    assert len(seen) * every > 20
    assert {path: one for path, one in seen.items() if not one.is_still} == {}
    assert sum(one.status == 422 for one in seen.values()) > len(seen) / 2  # so forms came back


@pytest.mark.parametrize("size", ["sample", pytest.param("all", marks=pytest.mark.proof)])
def test_the_name_of_a_file_stays_text(chromium: Browser, made: MatrixDesk, size: str) -> None:
    """The workbook of a programme under hostile names, taken in and refused; months; a file of evidence."""
    some = bundles(FAMILIES if size == "sample" else payloads(), room=600)
    evidence = made.part(made.refs["published"], "tien-do", rules.THINGS["tien-do"])
    uploads = (*UPLOADS, f"/van-phong/tien-do/{evidence}/minh-chung")
    with serving(made.app) as site, watching(chromium, site, patience=0) as tab:
        sit_down(tab, made)
        for number, texts in enumerate(some):
            for path in uploads:
                data = BOOK.read_bytes() if number % 2 else b"not a workbook"
                file: FilePayload = {"name": f"{in_one(texts)}.xlsx", "mimeType": "x/y", "buffer": data}
                tab.open(path)
                tab.page.set_input_files("input[type=file]", file)
                seen = tab.after(lambda: tab.page.evaluate(SEND, 0))
                assert seen.is_still, (path, seen)
                assert seen.status in (200, 413, 422), (path, seen)
                made.restore()


def test_a_page_that_forgets_to_escape_is_seen(
    chromium: Browser, made: MatrixDesk, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The positive control: escaping off, the policy on. Found by the canary; and still nothing runs."""
    spoil_desk(made, endless(FAMILIES[:8]))
    monkeypatch.setattr(plain_code, "shown", str)
    draft = f"/van-phong/chuong-trinh/{made.refs['draft']}"
    with serving(made.app) as site, watching(chromium, site) as tab:
        sit_down(tab, made)
        for path in ("/van-phong", "/van-phong/can-bo", "/van-phong/kiem-duyet", draft):
            seen = tab.open(path)
            assert seen.loose, path
            assert seen.ran == []
        assert type_into(tab, f"{draft}/nhiem-vu/moi", 0, in_one(FAMILIES[:1])) is not None
