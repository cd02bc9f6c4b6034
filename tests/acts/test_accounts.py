"""What is done with officers' accounts: who may, what it changes, what is told."""

from datetime import date, timedelta

import pytest
from flask import Flask

from portal.kernel.clock import StoppedClock
from portal.kernel.policy import Actor, Refusal, Refused, Role
from portal.kernel.work import Work, house, work
from portal.office.accounts import acts, sample, second_factor, sessions
from portal.office.accounts.passwords import matches, weakness
from portal.office.accounts.reads import actor, invited_officer, officer, security_log
from portal.office.accounts.tables import DeskSession, Officer
from portal.office.units.tables import Unit

LAN = "lan@namro.example"
PASSWORD = "cánh buồm nâu rẽ sóng sớm"


@pytest.fixture(autouse=True)
def units(desk: Flask) -> None:
    """A city with two wards."""
    with work() as w:
        for number, code, parent in ((1, "31", None), (2, "10714", 1), (3, "10720", 1)):
            w.session.add(
                Unit(
                    id=number, slug=f"u{number}", code=code, name=f"Đơn vị {number}", unit_type="phường",
                    parent_id=parent, valid_from=date(2025, 7, 1), valid_to=None,
                )
            )  # fmt: skip
            w.session.flush()


def add(w: Work, email: str, role: str = "author", unit: str = "10714", by: Actor | None = None) -> Officer:
    """An officer of a ward."""
    return acts.add_officer(w, email=email, name="Trần Thị Lan", role=role, unit_code=unit, by=by)


def admin_of(w: Work, unit: str) -> Actor:
    """The administrator of a unit."""
    return actor(add(w, f"quan-tri-{unit}@namro.example", "admin", unit))


def refusal(refused: pytest.ExceptionInfo[Refused]) -> Refusal:
    """Which rule refused."""
    return refused.value.refusal


def test_adding_twice_gives_a_role_and_no_second_account() -> None:
    with work() as w:
        first = add(w, " LAN@namro.example ")
        assert first.email == LAN
        assert add(w, LAN, "publisher") is first
        assert add(w, LAN, "publisher") is first
        assert actor(first).roles == {Role.AUTHOR: frozenset({2}), Role.PUBLISHER: frozenset({2})}
    with work() as w:
        told = [line.event for line in security_log(w.session, officer(w, LAN).id, limit=9)]
    assert told == ["OfficerAdded", "OfficerAdded"]


@pytest.mark.parametrize(
    ("email", "role", "unit", "why"),
    [
        (LAN, "king", "10714", Refusal.NO_SUCH_ROLE),
        (LAN, "author", "99999", Refusal.NO_SUCH_UNIT),
        ("lan", "author", "10714", Refusal.NOT_AN_ADDRESS),
        ("lan@@namro", "author", "10714", Refusal.NOT_AN_ADDRESS),
        ("lan @namro.example", "author", "10714", Refusal.NOT_AN_ADDRESS),
    ],
)
def test_what_cannot_be_added_is_refused(email: str, role: str, unit: str, why: Refusal) -> None:
    with pytest.raises(Refused) as refused, work() as w:
        add(w, email, role, unit)
    assert refusal(refused) is why


def test_an_administrator_adds_in_own_units_only() -> None:
    with work() as w:
        ward, city = admin_of(w, "10714"), admin_of(w, "31")
        add(w, LAN, by=ward)
        add(w, LAN, unit="10720", by=city)  # the city is above
        with pytest.raises(Refused) as refused:
            add(w, "khac@namro.example", unit="10720", by=ward)
    assert refusal(refused) is Refusal.NOT_YOUR_ROLE


def test_no_officer_sets_the_password_of_another() -> None:
    with work() as w, pytest.raises(ValueError, match="invite"):
        acts.add_officer(
            w, email=LAN, name="", role="author", unit_code="10714", password=PASSWORD, by=admin_of(w, "31")
        )


def test_the_operator_sets_a_first_password_and_never_a_second() -> None:
    with work() as w:
        for password in (PASSWORD, "một mật khẩu khác hẳn"):
            acts.add_officer(w, email=LAN, name="", role="author", unit_code="10714", password=password)
        assert matches(PASSWORD, officer(w, LAN).password or "")


def test_who_administers_one_ward_does_not_take_over_an_officer_of_two() -> None:
    with work() as w:
        shared = add(w, LAN)
        add(w, LAN, unit="10720")
        ward = admin_of(w, "10714")
        for act in (acts.invite, acts.close_account, acts.reopen_account):
            with pytest.raises(Refused) as refused:
                act(w, shared, by=ward)
            assert refusal(refused) is Refusal.NOT_YOUR_ROLE
        assert acts.invite(w, shared, by=admin_of(w, "31")).address


def test_an_invitation_is_stored_as_a_digest_and_expires() -> None:
    with work() as w:
        invited = acts.invite(w, add(w, LAN))
        secret = invited.address.rsplit("/", 1)[1]
        assert invited.address.startswith("http://127.0.0.1:8000/van-phong/loi-moi/")
        assert len(secret) >= 43
        assert invited.expires_at == w.now + timedelta(days=7)
    with work() as w:
        assert invited_officer(w.session, secret, now=w.now).email == LAN
        with pytest.raises(Refused):
            invited_officer(w.session, secret, now=invited.expires_at)
        with pytest.raises(Refused):
            invited_officer(w.session, secret + "x", now=w.now)
        acts.close_account(w, officer(w, LAN))
        w.session.flush()
        w.session.expire_all()
        with pytest.raises(Refused):
            invited_officer(w.session, secret, now=w.now)


def test_an_invitation_is_accepted_once() -> None:
    with work() as w:
        secret = acts.invite(w, add(w, LAN)).address.rsplit("/", 1)[1]
    with work() as w:
        acts.accept(w, secret, hashed_password="x")
    with pytest.raises(Refused) as refused, work() as w:
        acts.accept(w, secret, hashed_password="y")
    assert refusal(refused) is Refusal.NO_SUCH_INVITATION


def test_a_code_is_claimed_once_and_never_backwards() -> None:
    with work() as w:
        lan = add(w, LAN)
        assert [second_factor.claim(w, lan, counter) for counter in (5, 5, 4, 6)] == [
            True,
            False,
            False,
            True,
        ]


def test_a_recovery_code_belongs_to_its_officer() -> None:
    with work() as w:
        lan, binh = add(w, LAN), add(w, "binh@namro.example")
        code = second_factor.make_recovery_codes(w, lan)[0]
        second_factor.make_recovery_codes(w, binh)
        assert not second_factor.use_recovery_code(w, binh, code)
        assert second_factor.use_recovery_code(w, lan, code)
        assert not second_factor.use_recovery_code(w, lan, code)


def test_new_recovery_codes_replace_the_old() -> None:
    with work() as w:
        lan = add(w, LAN)
        old = second_factor.make_recovery_codes(w, lan)
        new = second_factor.make_recovery_codes(w, lan)
        assert len(set(old) | set(new)) == 20
        assert not any(second_factor.use_recovery_code(w, lan, code) for code in old)
        assert all(second_factor.use_recovery_code(w, lan, code) for code in new)


def test_an_ended_session_is_never_kept_alive_again() -> None:
    with work() as w:
        lan = add(w, LAN)
        begun = sessions.begin(w, "s", uniquifier=lan.fs_uniquifier, signed_in=True, state={})
        assert begun is not None
        w.session.flush()
        number = begun.id
        sessions.end(w, number)
        sessions.keep(w, number, {"_user_id": "somebody"})
    with work() as w:
        found = w.session.get_one(DeskSession, number)
        assert found.ended_at is not None
        assert found.state == "{}"


def test_sessions_over_for_a_day_are_forgotten() -> None:
    clock = house().clock
    assert isinstance(clock, StoppedClock)
    with work() as w:
        lan = add(w, LAN)
        name = lan.fs_uniquifier
        sessions.begin(w, "one", uniquifier=name, signed_in=True, state={})
    for hours, known in ((35, 2), (2, 2)):  # 12 hours of life and a day to be told of
        clock.at += timedelta(hours=hours)
        with work() as w:
            sessions.begin(w, f"after {hours}", uniquifier=name, signed_in=True, state={})
        with work() as w:
            assert w.session.query(DeskSession).count() == known


def test_sample_officers_can_sign_in_and_nobody_else_is_told_of() -> None:
    with work() as w:
        made = sample.add_sample_officer(
            w, email="soan@namro.example", name="Hoàng Thị Soạn", role="author", unit_code="31"
        )
        assert made.has_second_factor
        code = sample.sample_second_factor(w, "soan@namro.example")
        assert len(code) == 6
        assert code.isdigit()
        lines = "\n".join(sample.sign_in_lines(w, ["soan@namro.example"]))
        assert code in lines
        assert sample.sample_password(w, "soan@namro.example") in lines
        add(w, LAN)
        with pytest.raises(Refused):
            sample.sample_second_factor(w, LAN)


def test_sample_passwords_differ_from_house_to_house_and_are_strong() -> None:
    with work() as w:
        one, other = (sample.sample_password(w, f"{name}@namro.example") for name in "ab")
    assert one != other
    assert weakness(one) is None
