"""The API: the same documents as the pages, walked by cursor, honest when something is gone, open to all."""

import json
import re
from collections.abc import Iterator
from dataclasses import make_dataclass
from typing import Any

import api_town
import pytest
import town
from flask import Flask
from flask.testing import FlaskClient
from townhall import open_door

from portal.doors.public.api import answers
from portal.doors.public.api.contents import PLURALS
from portal.doors.public.api.operations import OPERATIONS, find
from portal.doors.public.api.problems import SAID
from portal.doors.public.api.shape import components
from portal.record.canon import plain
from portal.record.documents import Kind
from portal.record.search import Trait
from portal.record.search.saved import NAME_OF

API = "/api/v1"


@pytest.fixture(scope="module")
def app(tmp_path_factory: pytest.TempPathFactory) -> Flask:
    """A door with a document of every kind."""
    return open_door(api_town.found(tmp_path_factory.mktemp("api"), api_per_minute=10**6))


@pytest.fixture
def client(app: Flask) -> FlaskClient:
    """Some program."""
    return app.test_client()


def read(client: FlaskClient, path: str, status: int = 200) -> Any:
    """The JSON at ``path``."""
    answer = client.get(API + path)
    assert answer.status_code == status, answer.text[:500]
    kind = "application/json" if status == 200 else "application/problem+json"
    assert answer.mimetype == kind
    assert "Set-Cookie" not in answer.headers
    return json.loads(answer.data)


def walk(client: FlaskClient, path: str) -> Iterator[Any]:
    """Every item of a list."""
    joint, cursor = "&" if "?" in path else "?", "c0"
    while cursor:
        page = read(client, f"{path}{joint}cursor={cursor}")
        yield from page["items"]
        cursor = page["next"]


def test_a_commitment_is_the_frozen_document_itself(client: FlaskClient) -> None:
    item = read(client, "/commitments/cktn02")
    assert item["document"] == json.loads(json.dumps(plain(town.commitments()["TN-02"])))
    assert (item["kind"], item["number"], item["notice"]["reason"][:8]) == ("commitment", 2, "Sáp nhập")
    assert item["links"]["page"] == "http://127.0.0.1:8000/cam-ket/cktn02"
    older = read(client, "/commitments/cktn02?revision=1")
    assert (
        older["document"]["deadline"] == older["document"]["first_deadline"] != item["document"]["deadline"]
    )


def test_there_is_a_list_and_an_address_for_every_kind(client: FlaskClient) -> None:
    assert set(PLURALS) == set(Kind)
    for name in PLURALS.values():
        item = next(walk(client, f"/{name}"))
        assert read(client, item["links"]["self"].split(API)[1]) == item


@pytest.mark.parametrize("size", [1, 7, 100])
def test_a_walk_meets_everything_once(client: FlaskClient, size: int) -> None:
    refs = [item["ref"] for item in walk(client, f"/commitments?limit={size}")]
    assert len(refs) == len(set(refs)) == len(town.commitments())
    assert "ckgone" not in refs


@pytest.mark.parametrize(
    ("query", "path", "value"),
    [
        ("programmes?unit=phuong-nhi-chieu", ("holder", "unit", "slug"), "phuong-nhi-chieu"),
        ("commitments?programme=ct0deputy1", ("programme_ref",), "ct0deputy1"),
        ("commitments?unit=phuong-nhi-chieu", ("holder", "unit", "slug"), "phuong-nhi-chieu"),
        ("comments?commitment=ckdt01", ("commitment_ref",), "ckdt01"),
        ("dossiers?programme=ct0chairman", ("programme_ref",), "ct0chairman"),
        ("units?code=10714", ("code",), "10714"),
    ],
)
def test_filters_let_through_what_they_name(
    client: FlaskClient, query: str, path: tuple[str, ...], value: str
) -> None:
    found = list(walk(client, f"/{query}"))
    assert found
    for item in found:
        told = item["document"]
        for step in path:
            told = told[step]
        assert told == value


def test_standings_and_areas_filter_across_short_pages(
    client: FlaskClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    everything = list(walk(client, "/commitments"))
    monkeypatch.setattr(answers, "_BATCH", 3)
    monkeypatch.setattr(answers, "_MOST_LOOKED_AT", 5)  # so that a page may come out short, or empty
    for key in {item["standing"]["key"] for item in everything}:
        wanted = {i["ref"] for i in everything if i["standing"]["key"] == key}
        assert {i["ref"] for i in walk(client, f"/commitments?status={key}&limit=2")} == wanted
    area = everything[0]["document"]["areas"][0]["code"]
    wanted = {i["ref"] for i in everything if any(a["code"] == area for a in i["document"]["areas"])}
    assert {i["ref"] for i in walk(client, f"/commitments?area={area}")} == wanted


def test_what_changed_since_a_day(client: FlaskClient) -> None:
    changed = {item["ref"] for item in walk(client, "/commitments?changed_since=2026-11-24")}
    told = (line.ref for line in [*town.first_lines(), *town.later_lines()] if line.kind is Kind.COMMITMENT)
    assert changed == set(told) - {"ckgone"}
    assert not list(walk(client, "/commitments?changed_since=2026-11-25"))


def test_a_follower_hears_of_a_withdrawal(client: FlaskClient) -> None:
    page, met = read(client, "/changes?kind=commitment&ref=ckgone"), []
    while page["items"]:
        met += page["items"]
        page = read(client, f"/changes?kind=commitment&ref=ckgone&cursor={page['next']}")
    assert [(item["act"], item["document"] is None) for item in met] == [
        ("publish", True),
        ("withdraw", False),
    ]
    assert page["next"] > "c0"


@pytest.mark.parametrize(
    "path", ["/commitments/ckgone", "/commitments/ckgone?revision=1", "/commitments/ckgone/figures"]
)
def test_what_was_taken_down_is_gone_with_its_reason(client: FlaskClient, path: str) -> None:
    told = read(client, path, 410)
    assert told["code"] == "gone"
    assert told["tombstone"]["reason"] == "Công bố nhầm chương trình (minh họa)."
    assert "căn nhà" not in json.dumps(told, ensure_ascii=False)


@pytest.mark.parametrize(
    ("path", "status", "code"),
    [
        ("/commitments/nobody", 404, "not_found"),
        ("/commitments/ct0chairman", 404, "not_found"),
        ("/commitments/cktn02?revision=9", 404, "not_found"),
        ("/log/entries/99999", 404, "not_found"),
        ("/nowhere", 404, "no_such_address"),
        ("/commitments/", 400, "bad_parameter"),
        ("/commitments?limit=0", 400, "bad_parameter"),
        ("/commitments?limit=x", 400, "bad_parameter"),
        ("/commitments?cursor=1", 400, "bad_parameter"),
        ("/commitments?status=late", 400, "bad_parameter"),
        ("/commitments?changed_since=20260101", 400, "bad_parameter"),
        ("/commitments?changed_since=2026-13-01", 400, "bad_parameter"),
        ("/commitments?unit=A", 400, "bad_parameter"),
        ("/commitments?unti=a", 400, "unknown_parameter"),
        ("/commitments?limit=1&limit=1", 400, "repeated_parameter"),
        (f"/search?q={'a' * 201}", 400, "bad_parameter"),
    ],
)
def test_problems_have_stable_codes_and_two_languages(
    client: FlaskClient, path: str, status: int, code: str
) -> None:
    told = read(client, path, status)
    assert (told["code"], told["status"], told["type"]) == (code, status, f"urn:namro:problem:{code}")
    assert all(told[name] for name in ("title", "title_en", "detail", "detail_en"))


def test_only_reading(client: FlaskClient) -> None:
    answer = client.post(f"{API}/commitments")
    assert (answer.status_code, answer.headers["Allow"]) == (405, "GET, HEAD, OPTIONS")
    assert answer.get_json()["code"] == "method_not_allowed"


def test_any_page_s_script_may_read_and_none_with_credentials(client: FlaskClient) -> None:
    asked = client.options(f"{API}/units", headers={"Origin": "https://elsewhere.example"})
    assert (asked.status_code, asked.headers["Access-Control-Allow-Headers"]) == (204, "If-None-Match")
    for answer in (asked, client.get(f"{API}/units"), client.get(f"{API}/nowhere")):
        assert answer.headers["Access-Control-Allow-Origin"] == "*"
        assert "Access-Control-Allow-Credentials" not in answer.headers


def test_who_has_it_is_told_so_and_head_tells_what_get_would(client: FlaskClient) -> None:
    first = client.get(f"{API}/commitments")
    again = client.get(f"{API}/commitments", headers={"If-None-Match": first.headers["ETag"]})
    assert (again.status_code, again.data) == (304, b"")
    head = client.head(f"{API}/commitments")
    assert (head.data, head.headers["ETag"]) == (b"", first.headers["ETag"])
    assert client.get(f"{API}/health").headers["Cache-Control"] == "no-store"


def test_search_finds_and_walks(client: FlaskClient) -> None:
    whole = list(walk(client, "/search?q=quy hoach&limit=2"))
    assert {item["ref"] for item in whole} == {i["ref"] for i in read(client, "/search?q=quy hoach")["items"]}
    assert len(whole) > 2
    assert read(client, "/search?q=quy hoach&cursor=c999")["items"] == []


@pytest.mark.parametrize("trait", list(Trait))
def test_search_is_filtered_by_the_traits_of_the_search_page(client: FlaskClient, trait: Trait) -> None:
    """The page and the API give the same, and for every trait the town has some that lack it."""
    page = client.get(f"/tim-kiem?{NAME_OF[trait]}=1").get_data(as_text=True)
    shown = set(re.findall(r'<h3[^>]*>\s*<a href="/cam-ket/([^"]+)"', page))
    told = read(client, f"/search?{trait}=true&limit=100")
    assert shown == {item["ref"] for item in told["items"]}
    assert told["total"] < read(client, "/search")["total"]


def test_traits_are_asked_for_together_and_the_town_has_late_and_changed_ones(client: FlaskClient) -> None:
    late, changed = ({i["ref"] for i in walk(client, f"/search?{t}=true")} for t in ("late", "changed"))
    both = {item["ref"] for item in walk(client, "/search?late=true&changed=true&limit=1")}
    assert late
    assert changed
    assert both == late & changed
    assert read(client, "/search?late=1", 400)["code"] == "bad_parameter"


def test_an_entry_carries_its_proof(client: FlaskClient) -> None:
    checkpoint, entry = read(client, "/log/checkpoint"), read(client, "/log/entries/3")
    assert entry["proof"]["root_hex"] == checkpoint["root_hex"]
    assert checkpoint["verifier"].startswith("namro.example+")
    assert [line["position"] for line in read(client, "/log/entries?limit=3&cursor=c2")["items"]] == [2, 3, 4]


def test_figures_keep_their_layers_apart(client: FlaskClient) -> None:
    told = read(client, "/commitments/ckdt01/figures")
    assert told["reports"] == read(client, "/commitments/ckdt01")["document"]["progress"] != []


def test_the_index_leads_on(client: FlaskClient) -> None:
    told = read(client, "/")
    assert read(client, told["openapi"].split(API)[1])["openapi"] == "3.1.0"
    assert set(told["links"]) == {one.name for one in OPERATIONS}


def test_everything_is_described_in_both_languages_with_real_examples(client: FlaskClient) -> None:
    told = read(client, "/openapi.json")
    assert set(told["paths"]) == {one.path for one in OPERATIONS}
    for path, item in told["paths"].items():
        assert " / " in item["get"]["summary"]
        assert "example" in item["get"]["responses"]["200"]["content"]["application/json"], path
        for parameter in item["get"]["parameters"]:
            assert " / " in parameter["description"]
            assert "example" in parameter, parameter["name"]
    for name, schema in told["components"]["schemas"].items():
        for field, described in schema["properties"].items():
            assert " / " in described["description"], (
                f"say what {name}.{field} is in portal/doors/public/api/words.py"
            )


def test_examples_never_show_what_is_gone(client: FlaskClient) -> None:
    told = client.get(f"{API}/openapi.json").text
    assert "căn nhà" not in told
    assert "Ngõ 5 còn tối" in told  # the control: examples are real answers


def test_two_dataclasses_of_one_name_are_refused() -> None:
    twins = [make_dataclass("Twin", [("number", kind)]) for kind in (int, str)]
    with pytest.raises(TypeError, match="Twin"):
        components(*twins)


def test_every_problem_is_said_and_every_address_found() -> None:
    assert all(said.title and said.detail_en for said in SAID.values())
    for one in OPERATIONS:
        assert find(one.path.replace("{ref}", "a").replace("{position}", "1")) is not None


def test_pages_do_not_hear_of_it(client: FlaskClient) -> None:
    assert client.get("/api").status_code == 404
    assert client.get("/en/api/v1/health").status_code == 200  # the language changes nothing
