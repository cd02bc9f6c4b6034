"""Hostile texts on every way to the public, in a real browser: none runs, nothing is more than text.

Controls: with escaping off at least a quarter of them run; with escaping off and our Content-Security-Policy
on, none does. The ordinary run takes our own families and every 16th of the customer's 800 texts.
"""

from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import quote, urlencode

import pytest
import town
import townhall
from hostile_texts import FAMILIES, LOOSE, bundles, in_one, payloads, sample
from hostile_town import comment, found_hostile, hand_out, pages_of
from playwright.sync_api import Browser
from served import serving
from watched import Seen, Watched, watching

from portal.doors import plain_code
from portal.inbox.feedback.codes import new_code
from portal.kernel.clock import StoppedClock
from portal.kernel.ids import Ids, seeded
from portal.migrations.upgrade import upgrade
from portal.record.documents import Kind

if TYPE_CHECKING:
    from _typeshed.wsgi import StartResponse, WSGIApplication, WSGIEnvironment

Try = tuple[str, dict[str, str]]  # an address, and what is sent to it, if anything
FORM = "/cam-ket/ckhostile0/gop-y"
CSP = "content-security-policy"


def without_policy(app: "WSGIApplication") -> "WSGIApplication":
    """``app`` as it would be had nobody thought of the Content-Security-Policy."""

    def bare(environ: "WSGIEnvironment", start_response: "StartResponse") -> Iterable[bytes]:
        def start(status: str, headers: list[tuple[str, str]], *error: Any) -> Callable[[bytes], object]:
            left = [(name, value) for name, value in headers if name.lower() != CSP]
            return start_response(status, left, *error)

        return app(environ, start)

    return bare


@pytest.fixture
def unescaped(monkeypatch: pytest.MonkeyPatch) -> None:
    """The one function through which every value of a page goes no longer escapes."""
    monkeypatch.setattr(plain_code, "shown", str)


@pytest.fixture(params=["sample", pytest.param("all", marks=pytest.mark.proof)])
def texts(request: pytest.FixtureRequest) -> tuple[str, ...]:
    """Our families and some of the 800, or all of them."""
    return sample() if request.param == "sample" else payloads()


def open_all(tab: Watched, tries: Iterable[Try], *, wanted: Sequence[int] = (200,)) -> list[tuple[str, Seen]]:
    """Each address, opened or sent: what was not still. ``wanted``: the answers that count as a page."""
    seen = [(f"{path[:80]} {list(form)}", tab.open(path, **form)) for path, form in tries]
    assert {one.status for _, one in seen} <= {*wanted}
    assert seen
    return [(what, one) for what, one in seen if not one.is_still]


def test_what_is_published_stays_text(chromium: Browser, tmp_path: Path, texts: tuple[str, ...]) -> None:
    """Names, comments, answers, themes, files, reasons: the record, page by page, search and lists."""
    some = bundles(texts)
    settings = found_hostile(tmp_path, some)
    lists = ["/", "/en/", "/don-vi", "/tim-kiem", "/tim-kiem?q=script+alert", "/tim-kiem?q=onmouseover",
             "/so-cai", "/so-cai/1", "/kiem-duyet"]  # fmt: skip
    paths = [*lists, *(path for number in range(len(some)) for path in pages_of(number))]
    with serving(townhall.open_door(settings)) as site, watching(chromium, site, patience=0) as tab:
        assert open_all(tab, ((path, {}) for path in paths), wanted=(200, 410)) == []
        tab.open("/cam-ket/ckhostile0/y-kien")
        assert LOOSE in tab.page.inner_text("main")  # so the texts were there


def test_what_is_typed_stays_text(chromium: Browser, tmp_path: Path, texts: tuple[str, ...]) -> None:
    """Search box, addresses that lead nowhere, forms given back, the preview, receipts."""
    some = bundles(texts)
    settings, clock = found_hostile(tmp_path, some[:1]), StoppedClock(townhall.NOW)
    codes: list[Try] = [(f"/bien-nhan/{code}", {}) for code in receipts(settings, some)]
    with serving(townhall.open_door(settings, clock)) as site, watching(chromium, site, patience=0) as tab:
        assert open_all(tab, in_addresses(texts), wanted=(200, 404)) == []
        assert open_all(tab, slowly(codes, clock)) == []
        assert open_all(tab, slowly(in_forms(some), clock), wanted=(200, 422)) == []
        tab.open(FORM, words=in_one(FAMILIES[:2]), buoc="xem")
        assert FAMILIES[0] in tab.page.inner_text("main")


def receipts(settings: Any, some: Sequence[tuple[str, ...]]) -> Iterator[str]:
    """For each bundle a receipt whose moderator wrote it."""
    ids, clock = Ids(seeded("receipts")), StoppedClock(townhall.NOW)
    for texts in some:
        code = new_code(ids, town.TODAY)
        hand_out(settings, code, note=in_one(texts), comment_ref="yk0x0", now=clock)
        yield code


def slowly(tries: Iterable[Try], clock: StoppedClock) -> Iterator[Try]:
    """One a minute: nobody is refused for haste."""
    for one in tries:
        clock.at += timedelta(minutes=1)
        yield one


def in_addresses(texts: Sequence[str]) -> Iterator[Try]:
    """Each text in the search box; bundles in addresses that lead nowhere and in every other parameter."""
    for text in texts:
        yield "/tim-kiem?" + urlencode({"q": text}), {}
    for text in map(in_one, bundles(texts, room=900)):
        yield f"/cam-ket/{quote(text, safe='')}?" + urlencode({"ban": text}), {}
    for text in map(in_one, bundles(FAMILIES)):
        for place in ("/{}", "/don-vi/{}", "/chuong-trinh/{}/niem-yet", "/bien-nhan/{}", "/en/{}"):
            yield place.format(quote(text, safe="")), {}
        for name in ("don_vi", "linh_vuc", "tinh_trang", "trang", "xep"):
            yield "/tim-kiem?" + urlencode({name: text}), {}
        yield "/dang-nhap?" + urlencode({"tiep": text}), {}


def in_forms(some: Sequence[tuple[str, ...]]) -> Iterator[Try]:
    """Each bundle in each field of the forms that everybody may send."""
    for texts in some:
        text = in_one(texts)
        yield FORM, {"words": text, "buoc": "xem"}  # the preview
        yield FORM, {"words": text, "quarter": text, "shown_as": "quarter", "position": text}
        yield "/dang-nhap", {"email": text, "tiep": text, "mang_theo": text}
        yield "/bien-nhan", {"ma": text}


# -- the controls --------------------------------------------------------------------------------------


def alone(folder: Path, texts: Sequence[str]) -> Any:
    """An installation with one commitment, and one comment on it, for each text."""
    settings = townhall.make_settings(folder)
    upgrade(settings)
    base = town.commitment("AS-02", town.CHAIR, "ct0chairman")
    unit = town.units()["phuong-nhi-chieu"]
    docs = [
        town.commitment("AS-02", town.CHAIR, base.programme_ref, ref=f"ckhostile{n}")
        for n in range(len(texts))
    ]
    said = [comment(n, 0, text, loose="") for n, text in enumerate(texts)]
    lines = [town.line(Kind.UNIT, unit), *(town.line(Kind.COMMITMENT, one) for one in docs)]
    townhall.write(settings, [*lines, *(town.line(Kind.COMMENT, one) for one in said)])
    return settings


def one_by_one(tab: Watched, texts: Sequence[str]) -> dict[str, Seen]:
    """What each text did on a page of its own."""
    return {text: tab.open(f"/cam-ket/ckhostile{n}/y-kien#x") for n, text in enumerate(texts)}


def test_without_escaping_a_quarter_runs(
    chromium: Browser, tmp_path: Path, texts: tuple[str, ...], unescaped: None
) -> None:
    """The positive control of everything above, and of the policy below."""
    app = without_policy(townhall.open_door(alone(tmp_path, texts)))
    with serving(app) as site, watching(chromium, site) as tab:
        tab.open("/tro-giup")  # the names a page of ours has
        seen = one_by_one(tab, texts)
    ran = [text for text, one in seen.items() if one.ran]
    print(f"{len(ran)} of {len(texts)} ran without escaping and without a policy")
    assert len(ran) >= len(texts) / 4
    assert sum(not one.is_still for one in seen.values()) > len(texts) / 2


def test_the_policy_alone_lets_none_run(
    chromium: Browser, tmp_path: Path, texts: tuple[str, ...], unescaped: None
) -> None:
    with serving(townhall.open_door(alone(tmp_path, texts))) as site, watching(chromium, site) as tab:
        tab.open("/tro-giup")
        seen = one_by_one(tab, texts)
    assert {text: one.ran for text, one in seen.items() if one.ran} == {}
    stopped = sum(any("Content Security Policy" in line for line in one.said) for one in seen.values())
    print(f"the policy stopped {stopped} of {len(texts)}")
    assert stopped >= len(texts) / 4  # so there was something to stop


def test_a_page_that_forgets_to_escape_is_seen(chromium: Browser, tmp_path: Path, unescaped: None) -> None:
    """The pages of the first claim, escaping off: every one of them is found, by canary and by what ran."""
    settings = found_hostile(tmp_path, [FAMILIES[:8]])
    with serving(without_policy(townhall.open_door(settings))) as site, watching(chromium, site) as tab:
        for path in pages_of(0):
            seen = tab.open(path)
            assert seen.loose or seen.went, path
        assert tab.open("/cam-ket/ckhostile0/y-kien").ran
