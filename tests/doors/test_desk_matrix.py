"""Authorisation: every address of the desk x method x officer x own or other unit x state of the programme.

What is expected comes from the policy alone; an address nobody has said how to fill in is a failure.
"""

from collections import Counter
from collections.abc import Iterator
from urllib.parse import urlsplit

import matrix_rules as rules
import pytest
from flask import abort
from matrix_world import BARE, CLOSED, DYE, NOBODY, STATES, WRITER, MatrixDesk, open_matrix_desk
from werkzeug.routing import Rule
from werkzeug.test import TestResponse

from portal.doors.desk.gate import acts
from portal.kernel.policy import Act

REFUSED = {303, 400, 403, 404}
SIGN_IN = "/van-phong/dang-nhap"
# Moderators gather comments on what is public: its name comes from the record, never from the draft.
NAMED_IN_PUBLIC = {("home.show_home", "moderator-own"), ("replies.show_all", "moderator-own")}


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Iterator[MatrixDesk]:
    with open_matrix_desk(tmp_path_factory.mktemp("matrix")) as desk:
        yield desk


def test_every_address_is_in_the_matrix(made: MatrixDesk) -> None:
    unknown = {rule.rule: words for rule, _ in rules.routes(made) if (words := rules.words_unknown(rule))}
    assert not unknown, (
        "These addresses are in no matrix. Say in THINGS of matrix_rules.py what stands after the word: "
        f"{unknown}"
    )


def test_an_address_nobody_thought_of_is_seen(made: MatrixDesk) -> None:
    assert rules.words_unknown(Rule("/van-phong/la/<ref>", methods=["GET"])) == ["la"]


def test_the_policy_is_what_answers(made: MatrixDesk) -> None:
    tally, faults = try_all(made, list(rules.routes(made)))
    assert faults == []
    routes = {(rule.rule, method) for rule, method in rules.routes(made)}
    assert tally.keys() == routes, "no address and no method may be left out"
    assert sum(tally.values()) > 4000
    print(f"{len(routes)} routes and methods, {sum(tally.values())} answers")


def test_a_gate_left_open_is_seen(made: MatrixDesk) -> None:
    """The positive control: the matrix sees a view that lets too many in, and one that breaks."""
    rule = next(rule for rule, _ in rules.routes(made) if rule.endpoint == "draft.show_programme")
    honest = made.app.view_functions[rule.endpoint]
    careless = {
        "open": acts(Act.READ_DRAFT)(lambda ref: f"Nội dung {DYE}"),
        "broken": acts(Act.READ_DRAFT)(lambda ref: abort(500)),
        "shut": acts(Act.READ_DRAFT)(lambda ref: abort(403)),
    }
    for name, view in careless.items():
        made.app.view_functions[rule.endpoint] = view
        try:
            assert try_all(made, [(rule, "GET")])[1], name
        finally:
            made.app.view_functions[rule.endpoint] = honest
    assert try_all(made, [(rule, "GET")])[1] == []


def try_all(made: MatrixDesk, todo: list[tuple[Rule, str]]) -> tuple[Counter[tuple[str, str]], list[str]]:
    """Ask everything as everybody about every state: how often, and what was not as it should be."""
    tally: Counter[tuple[str, str]] = Counter()
    faults: list[str] = []
    for rule, method in todo:
        for place, person in enumerate((NOBODY, *made.cookies)):
            for state in states_for(made, rule, person, place + len(tally)):
                tally[rule.rule, method] += 1
                if fault := try_one(made, rule, method, person, state):
                    faults.append(f"{method} {rule.rule} as {person} on {state or 'nothing'}: {fault}")
    return tally, faults


def states_for(made: MatrixDesk, rule: Rule, person: str, place: int) -> tuple[str, ...]:
    """All states; one, a different one each time, where the gate refuses before it looks at the programme."""
    if not rules.is_about_a_programme(rule):
        return ("",)
    gate = rules.gate(made, rule)
    is_refused = rules.expected(gate, made.actors[person], None, None) in ({303}, {403})
    return (STATES[place % len(STATES)],) if is_refused else STATES


def try_one(made: MatrixDesk, rule: Rule, method: str, person: str, state: str) -> str:
    """What is wrong with one answer; empty when it is as the policy says."""
    path, is_there = rules.address(made, rule, person, made.refs.get(state, ""))
    matter, act = rules.matter_of(made, rule, state), rules.act_of(made, rule, method)
    wanted = rules.expected(rules.gate(made, rule), made.actors[person], act, matter, is_there=is_there)
    answer = made.ask(person, method, path)
    if wanted != {303} and (answer.status_code == 303 or (method == "POST" and answer.status_code == 200)):
        made.restore()
    if answer.status_code not in wanted:
        return f"{answer.status_code}, not {sorted(wanted)}"
    if wanted == {303} and urlsplit(answer.headers["Location"]).path != SIGN_IN:
        return f"on to {answer.headers['Location']}"
    if answer.status_code in REFUSED and not answer.is_streamed and DYE in answer.text:
        return "a word of the draft in a refusal"
    return ""


def test_no_list_tells_of_other_units(made: MatrixDesk) -> None:
    lists = [rule for rule, method in rules.routes(made) if not rule.arguments and method == "GET"]
    seen = {}
    for rule in lists:
        if rules.gate(made, rule) is None or rule.endpoint == "draft.template":
            continue
        for person in (NOBODY, CLOSED, BARE, "moderator-own", "admin-own", "author-own"):
            seen[rule.endpoint, person] = DYE in made.ask(person, "GET", rule.rule).text
    told = {key for key, is_told in seen.items() if is_told} - NAMED_IN_PUBLIC
    assert {person for _, person in told} == {"author-own"}
    assert ("home.show_home", "author-own") in told


@pytest.mark.parametrize("kind", ["unknown", "of another programme"])
def test_what_does_not_exist_here_is_not_found(made: MatrixDesk, kind: str) -> None:
    """Also when it exists elsewhere: in a programme of another unit that this officer may not see."""
    tried, faults = 0, []
    for rule, method in rules.routes(made):
        gate = rules.gate(made, rule)
        if gate is None or gate.act is None or not rule.arguments:
            continue
        if kind == "unknown":
            path = rules.unknown_address(rule)
        elif is_nested(rule):
            path = rules.address(made, rule, WRITER, made.refs["draft"], inner=made.foreign)[0]
        else:
            continue
        for person in ("author-own", "appraiser-own", "publisher-own", "evaluator-own"):
            answer = made.ask(person, method, path)
            if answer.status_code != 403:
                tried += 1
                wanted = rules.GONE.get(rule.endpoint, 404)
                if answer.status_code not in (404, wanted):
                    faults.append((method, path, person, answer.status_code))
                if DYE in answer.text:
                    faults.append((method, path, person, "a word of the draft"))
            made.restore()
    assert faults == []
    assert tried > 20


def is_nested(rule: Rule) -> bool:
    """Whether an address names a thing within what it is about."""
    words = [part.word for part in rules.parts_of(rule)]
    return bool({*words[1:]} & (set(rules.THINGS) - rules.COUNTED))


def test_a_form_without_its_token_changes_nothing(made: MatrixDesk) -> None:
    """400; or, where typing is given back, whatever the state of the programme says, with nothing stored."""
    tried, faults = 0, []
    for rule, method in rules.routes(made):
        gate = rules.gate(made, rule)
        if method != "POST" or gate is None:
            continue
        keeps = getattr(made.app.view_functions[rule.endpoint], "keeps_typing", False)
        for person in ("author-own", "appraiser-own", "publisher-own", "evaluator-own", "admin-own"):
            path, is_there = rules.address(made, rule, person, made.refs["draft"])
            answer: TestResponse = made.ask(person, method, path, token=False)
            allowed = {400, 403, 409, 422} if keeps else {400, 403}
            allowed |= set() if is_there else {404}
            if answer.status_code not in allowed:
                faults.append((path, person, answer.status_code))
            tried += answer.status_code == 400
    assert faults == []
    assert tried > 30


def test_the_matrix_has_its_controls(made: MatrixDesk) -> None:
    path = f"/van-phong/chuong-trinh/{made.refs['draft']}"
    assert DYE in made.ask("author-own", "GET", path).text
    assert made.ask("author-other", "GET", path).status_code == 403
    assert made.ask("author-own", "POST", f"{path}/gui-tham-dinh").status_code in rules.DONE | rules.HELD_BACK
    made.restore()
    assert "Gửi thẩm định" in made.ask("author-own", "GET", path).text
