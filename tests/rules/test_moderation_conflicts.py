"""Who may judge words about a cadre: random organisations, compared with a rule written another way."""

import random

import pytest

from portal.kernel.policy import Actor, Role
from portal.office.moderation.rules import Org, Post, in_one_line, line, may_handle, may_keep, pool

OTHER_ROLES = [role for role in Role if role is not Role.MODERATOR]


def actor(key: int, roles: dict[Role, set[int]], name: str = "") -> Actor:
    return Actor(id=key, name_key=name, is_active=True, roles={r: frozenset(u) for r, u in roles.items()})


def chart(seed: int) -> tuple[Org, list[Actor], list[Post]]:
    """A province, up to a dozen units below it at two levels, holders by account or by name, officers."""
    chance = random.Random(seed)
    above: dict[int, int | None] = {1: None}
    for unit in range(2, chance.randint(3, 14)):
        above[unit] = chance.choice([1, *[u for u in above if u > 1 and above[u] == 1]][:5])
    people = [
        actor(
            key,
            {
                **({Role.MODERATOR: {chance.choice(list(above))}} if chance.random() < 0.8 else {}),
                **(
                    {chance.choice(OTHER_ROLES): {chance.choice(list(above))}}
                    if chance.random() < 0.3
                    else {}
                ),
            },
            name=f"nguoi{key}",
        )
        for key in range(1, chance.randint(4, 16))
    ]
    posts = []
    for _ in range(chance.randint(1, 6)):
        one = chance.choice(people)
        by_account = chance.random() < 0.5
        posts.append(
            Post(
                chance.choice(list(above)),
                one.id if by_account else None,
                one.name_key if not by_account else "aido",
            )
        )
    return Org(above, tuple(posts)), people, posts


def ancestors(unit: int, org: Org) -> set[int]:
    above = org.above[unit]
    return {unit} if above is None else {unit} | ancestors(above, org)


def is_conflicted(by: Actor, holder: Post, org: Org) -> bool:
    """The same rule from the other end: everybody with a tie to the holder's line, one by one."""
    up = ancestors(holder.unit_id, org)
    down = {unit for unit in org.above if holder.unit_id in ancestors(unit, org)}
    chain = up | down
    for post in (*org.posts, holder):
        mine = post.officer_id == by.id or post.name_key == by.name_key
        if mine and (post.unit_id in chain or post == holder):
            return True
    return any(unit in chain for role in OTHER_ROLES for unit in by.roles.get(role, ()))


def judge(charts: range) -> tuple[int, int]:
    """Compare both rules on every chart: how many were free to judge, how many moderators were kept out."""
    drawn = kept_out = 0
    for seed in charts:
        org, people, posts = chart(seed)
        holder = random.Random(-seed).choice(posts)
        free = pool(people, holder, org, needed=3)
        assert [m.id for m in free if is_conflicted(m, holder, org)] == [], seed
        for person in people:
            assert may_handle(person, holder, org) is not is_conflicted(person, holder, org), (seed, person)
        near = [
            p for p in people if p.roles.get(Role.MODERATOR, frozenset()) & set(line(holder.unit_id, org))
        ]
        drawn += len(free)
        kept_out += sum(not may_handle(person, holder, org) for person in near)
    return drawn, kept_out


def test_random_charts_never_give_a_case_to_somebody_in_the_line() -> None:
    drawn, kept_out = judge(range(150))
    assert drawn > 150
    assert kept_out > 15  # the rule had somebody to keep out: without it they would be drawn


@pytest.mark.proof
def test_two_thousand_charts_have_no_conflict() -> None:
    drawn, kept_out = judge(range(10_000, 12_000))
    assert drawn > 2000
    assert kept_out > 200


WARD, OTHER, PROVINCE = 2, 3, 1
ORG = Org({PROVINCE: None, WARD: PROVINCE, OTHER: PROVINCE, 4: WARD})
HOLDER = Post(WARD, 77, "levanhoa")


@pytest.mark.parametrize(
    ("who", "free"),
    [
        (actor(1, {Role.MODERATOR: {WARD}}), True),
        (actor(1, {Role.MODERATOR: {PROVINCE}}), True),
        (actor(77, {Role.MODERATOR: {PROVINCE}}), False),
        (actor(1, {Role.MODERATOR: {WARD}}, name="levanhoa"), False),
        (actor(1, {Role.MODERATOR: {WARD}, Role.AUTHOR: {WARD}}), False),
        (actor(1, {Role.MODERATOR: {WARD}, Role.ADMIN: {PROVINCE}}), False),
        (actor(1, {Role.MODERATOR: {WARD}, Role.AUTHOR: {4}}), False),
        (actor(1, {Role.MODERATOR: {WARD}, Role.AUTHOR: {OTHER}}), True),
    ],
)
def test_who_may_judge(who: Actor, free: bool) -> None:
    assert may_handle(who, HOLDER, ORG) is free


@pytest.mark.parametrize(("unit", "free"), [(PROVINCE, False), (WARD, False), (4, False), (OTHER, True)])
def test_a_post_holder_in_the_line_may_not(unit: int, free: bool) -> None:
    org = Org(ORG.above, (Post(unit, 5), HOLDER))
    assert may_handle(actor(5, {Role.MODERATOR: {PROVINCE}}), HOLDER, org) is free


@pytest.mark.parametrize(
    ("who", "may"),
    [
        (actor(1, {Role.EVALUATOR: {PROVINCE}}), True),
        (actor(1, {Role.MODERATOR: {OTHER}}), True),
        (actor(1, {Role.MODERATOR: {WARD}}), False),
        (actor(1, {Role.EVALUATOR: {PROVINCE}, Role.AUTHOR: {4}}), False),
        (actor(77, {Role.EVALUATOR: {PROVINCE}}), False),
        (actor(5, {Role.EVALUATOR: {PROVINCE}}), False),
    ],
)
def test_who_may_open_what_is_sealed(who: Actor, may: bool) -> None:
    assert may_keep(who, HOLDER, Org(ORG.above, (Post(PROVINCE, 5), HOLDER))) is may


def test_a_small_ward_borrows_from_above_and_a_large_one_does_not() -> None:
    ward = [actor(key, {Role.MODERATOR: {WARD}}) for key in (1, 2, 3)]
    above = actor(9, {Role.MODERATOR: {PROVINCE}})
    stranger = actor(8, {Role.MODERATOR: {OTHER}})
    everybody = [*ward, above, stranger]
    assert [m.id for m in pool(everybody, HOLDER, ORG, needed=3)] == [1, 2, 3]
    assert [m.id for m in pool(everybody, HOLDER, ORG, needed=4)] == [1, 2, 3, 9]
    assert [m.id for m in pool([ward[0], above], HOLDER, ORG, needed=3)] == [1, 9]
    assert [m.id for m in pool(everybody, HOLDER, ORG, needed=3, without={1, 2, 3})] == [9]
    assert pool([stranger], HOLDER, ORG, needed=1) == ()


def test_a_closed_account_is_not_drawn() -> None:
    closed = Actor(id=1, name_key="", is_active=False, roles={Role.MODERATOR: frozenset({WARD})})
    assert pool([closed], HOLDER, ORG, needed=1) == ()


def test_a_circle_of_units_is_walked_once() -> None:
    assert line(1, Org({1: 2, 2: 1})) == (1, 2)
    assert in_one_line(1, 2, Org({1: 2, 2: 1}))
