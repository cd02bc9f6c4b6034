"""What an administrator does to officers' accounts: each act, what it tells, and whom it never reaches."""

from datetime import date, timedelta

import pytest
from flask import Flask

from portal.kernel.policy import Actor, Refusal, Refused, Role
from portal.kernel.work import Work, work
from portal.office.accounts import acts, administering, sessions
from portal.office.accounts.administering import Enrolled, OfficerForm
from portal.office.accounts.events import ResetReason, SignedIn
from portal.office.accounts.letters import RESET_REASONS, invitation_letter, reset_letter
from portal.office.accounts.reads import actor, invited_officer, officer, security_log
from portal.office.accounts.roster import PAGE, line_of, officer_seen_by, officers_seen_by
from portal.office.accounts.rules import Standing
from portal.office.accounts.tables import DeskSession, Officer
from portal.office.units.tables import Unit

LAN = "lan@namro.example"
CITY, WARD, OTHER = "31", "10714", "10720"
IDS = {CITY: 1, WARD: 2, OTHER: 3}


@pytest.fixture(autouse=True)
def units(desk: Flask) -> None:
    """A city with two wards, and a ward that has ended."""
    with work() as w:
        for number, code, ended in ((1, CITY, None), (2, WARD, None), (3, OTHER, None), (4, "9", 2026)):
            w.session.add(
                Unit(
                    id=number, slug=f"u{number}", code=code, name=f"Đơn vị {number}", unit_type="phường",
                    parent_id=None if number == 1 else 1, valid_from=date(2025, 7, 1),
                    valid_to=date(ended, 1, 1) if ended else None,
                )
            )  # fmt: skip
            w.session.flush()


def admin(w: Work, unit: str, name: str = "quan-tri") -> Actor:
    """An administrator of a unit who can sign in."""
    found = acts.add_officer(
        w, email=f"{name}-{unit}@namro.example", name=f"Quản Trị {name}", role="admin", unit_code=unit
    )
    found.password = found.tf_totp_secret = found.tf_primary_method = "x"
    w.session.flush()
    return actor(found)


def enrol(w: Work, by: Actor, *, unit: str = WARD, roles: tuple[str, ...] = ("author",)) -> Enrolled:
    form = OfficerForm(email=LAN, name="Trần Thị Lan", unit_code=unit, roles=frozenset(roles))
    return administering.enrol(w, form, by=by)


def at_work(w: Work, by: Actor) -> Officer:
    """Lan, who has come in and sits at two desks."""
    made = enrol(w, by).officer
    made.password = made.tf_totp_secret = made.tf_primary_method = "x"
    for secret in ("one", "two"):
        sessions.begin(w, secret, uniquifier=made.fs_uniquifier, signed_in=True, state={})
    w.session.flush()
    return made


def told(w: Work) -> list[tuple[str, object]]:
    """Lan's security log, the kinds and who did it."""
    return [(one.event, one.facts.get("by")) for one in security_log(w.session, officer(w, LAN).id, limit=99)]


def why(caught: pytest.ExceptionInfo[Refused]) -> Refusal:
    return caught.value.refusal


def test_an_invitation_makes_the_account_and_every_role() -> None:
    with work() as w:
        by = admin(w, WARD)
        enrolled = enrol(w, by, roles=("author", "appraiser"))
        assert actor(enrolled.officer).roles == {Role.AUTHOR: {2}, Role.APPRAISER: {2}}
        assert enrolled.invited
        secret = enrolled.invited.address.rsplit("/", 1)[1]
        letter = invitation_letter(w, enrolled.officer, enrolled.invited)
        assert letter.to == LAN
        assert enrolled.invited.address in letter.text
        assert "mời ông/bà làm việc" in letter.text
    with work() as w:
        assert sorted(told(w)) == [
            ("OfficerAdded", by.id),
            ("OfficerAdded", by.id),
            ("OfficerInvited", by.id),
        ]
        assert invited_officer(w.session, secret, now=w.now).email == LAN


def test_a_new_link_closes_the_old_and_a_withdrawn_one_opens_nothing() -> None:
    with work() as w:
        by = admin(w, WARD)
        key, secrets = enrol(w, by).officer.id, []
        for _ in range(2):
            invited = administering.invite_again(w, key, by=by).invited
            assert invited
            secrets.append(invited.address.rsplit("/", 1)[1])
        assert invited_officer(w.session, secrets[1], now=w.now)
        administering.withdraw_invitation(w, key, by=by)
    with work() as w:
        for secret in secrets:
            with pytest.raises(Refused):
                invited_officer(w.session, secret, now=w.now)
        with pytest.raises(Refused) as caught:
            administering.withdraw_invitation(w, key, by=by)
        assert why(caught) is Refusal.NOT_INVITED
        assert ("InvitationWithdrawn", by.id) in told(w)


def test_somebody_at_work_already_gets_the_role_and_no_link() -> None:
    with work() as w:
        at_work(w, admin(w, WARD))
        enrolled = enrol(w, admin(w, OTHER), unit=OTHER, roles=("publisher",))
        assert enrolled.invited is None
        assert actor(enrolled.officer).roles == {Role.AUTHOR: {2}, Role.PUBLISHER: {3}}


def test_a_lost_password_is_answered_by_a_link_to_the_officer_alone() -> None:
    with work() as w:
        by = admin(w, WARD)
        lan = at_work(w, by)
        enrolled = administering.invite_again(w, lan.id, by=by)
        assert enrolled.invited
        assert "đặt lại mật khẩu" in invitation_letter(w, lan, enrolled.invited).text


def test_roles_become_exactly_what_is_ticked() -> None:
    with work() as w:
        by = admin(w, CITY)
        lan = enrol(w, by, roles=("author", "moderator")).officer
        administering.change_roles(
            w, lan.id, unit_id=2, before=frozenset({"author", "moderator"}),
            roles=frozenset({"author", "appraiser"}), by=by,
        )  # fmt: skip
        assert actor(lan).roles == {Role.AUTHOR: {2}, Role.APPRAISER: {2}}
        administering.change_roles(
            w, lan.id, unit_id=3, before=frozenset(), roles=frozenset({"author"}), by=by
        )
        assert actor(lan).roles[Role.AUTHOR] == {2, 3}
    with work() as w:
        rest = [("OfficerInvited", by.id), ("RoleTaken", by.id)]
        assert sorted(told(w)) == [*[("OfficerAdded", by.id)] * 4, *rest]


@pytest.mark.parametrize(
    ("unit_id", "before", "roles", "refusal"),
    [
        (2, {"publisher"}, {"author"}, Refusal.CHANGED_MEANWHILE),
        (2, {"author"}, {"king"}, Refusal.NO_SUCH_ROLE),
        (2, {"author"}, set(), Refusal.NO_ROLE_LEFT),
        (4, set(), {"author"}, Refusal.NO_SUCH_UNIT),  # a unit that has ended
    ],
)
def test_roles_that_cannot_be(unit_id: int, before: set[str], roles: set[str], refusal: Refusal) -> None:
    with work() as w:
        by = admin(w, CITY)
        key = enrol(w, by).officer.id
        with pytest.raises(Refused) as caught:
            administering.change_roles(
                w, key, unit_id=unit_id, before=frozenset(before), roles=frozenset(roles), by=by
            )
        assert why(caught) is refusal


def test_a_role_in_an_ended_unit_can_still_be_taken() -> None:
    with work() as w:
        by = admin(w, CITY)
        lan = enrol(w, by).officer
        acts.give_role(w, lan, role="author", unit_id=4, by=None)
        administering.change_roles(
            w, lan.id, unit_id=4, before=frozenset({"author"}), roles=frozenset(), by=by
        )
        assert actor(lan).roles == {Role.AUTHOR: {2}}


def test_suspending_ends_every_session_and_restoring_brings_the_account_back() -> None:
    with work() as w:
        by = admin(w, WARD)
        key = at_work(w, by).id
        assert w.session.query(DeskSession).filter(DeskSession.ended_at.is_(None)).count() == 2
        administering.suspend(w, key, by=by)
    with work() as w:
        assert w.session.query(DeskSession).filter(DeskSession.ended_at.is_(None)).count() == 0
        assert not actor(officer(w, LAN)).is_active
        for act in (administering.suspend, administering.invite_again):
            with pytest.raises(Refused) as caught:
                act(w, key, by=by)
            assert why(caught) is Refusal.OFFICER_SUSPENDED
        with pytest.raises(Refused) as caught:
            enrol(w, by, roles=("publisher",))
        assert why(caught) is Refusal.OFFICER_SUSPENDED
        with pytest.raises(Refused) as caught:
            administering.reset_second_factor(w, key, reason=ResetReason.LOST, by=by)
        assert why(caught) is Refusal.OFFICER_SUSPENDED
        administering.restore(w, key, by=by)
        assert actor(officer(w, LAN)).is_active
    with work() as w:
        assert {("AccountClosed", by.id), ("AccountReopened", by.id)} <= set(told(w))


@pytest.mark.parametrize("reason", ResetReason)
def test_a_lost_second_factor_is_reset_and_told(reason: ResetReason) -> None:
    with work() as w:
        by = admin(w, WARD)
        lan = at_work(w, by)
        known_as = lan.fs_uniquifier
        administering.reset_second_factor(w, lan.id, reason=reason, by=by)
        assert not lan.has_second_factor
        assert lan.password == "x"
        assert lan.fs_uniquifier != known_as  # whoever is between the factors begins anew
        letter = reset_letter(w, lan, reason)
        assert (letter.to, RESET_REASONS[reason] in letter.text) == (LAN, True)
        with pytest.raises(Refused) as caught:
            administering.reset_second_factor(w, lan.id, reason=reason, by=by)
        assert why(caught) is Refusal.NO_SECOND_FACTOR
    with work() as w:
        assert w.session.query(DeskSession).filter(DeskSession.ended_at.is_(None)).count() == 0
        (line,) = [
            one for one in security_log(w.session, lan.id, limit=9) if one.event == "SecondFactorReset"
        ]
        assert (line.facts["reason"], line.facts["by"]) == (reason, by.id)


def test_no_administrator_acts_on_their_own_account() -> None:
    with work() as w:
        by = admin(w, WARD)
        admin(w, WARD, "khac")
        own = frozenset({"admin"})
        email = officer_seen_by(w, by, by.id).email
        form = OfficerForm(email=email, name="", unit_code=WARD, roles=frozenset({"publisher"}))
        for act in (
            lambda: administering.enrol(w, form, by=by),
            lambda: administering.change_roles(
                w, by.id, unit_id=2, before=own, roles=own | {"publisher"}, by=by
            ),
            lambda: administering.invite_again(w, by.id, by=by),
            lambda: administering.withdraw_invitation(w, by.id, by=by),
            lambda: administering.suspend(w, by.id, by=by),
            lambda: administering.reset_second_factor(w, by.id, reason=ResetReason.LOST, by=by),
        ):
            with pytest.raises(Refused) as caught:
                act()
            assert why(caught) is Refusal.OWN_ACCOUNT


def test_the_last_administrator_is_not_locked_out() -> None:
    """Two who suspend each other at once: the second still believes to be one. With a third, it may."""
    with work() as w:
        first, second = admin(w, WARD, "mot"), admin(w, WARD, "hai")
        administering.suspend(w, second.id, by=first)
        with pytest.raises(Refused) as caught:
            administering.suspend(w, first.id, by=second)
        assert why(caught) is Refusal.LAST_ADMINISTRATOR
        held = frozenset({"admin"})
        with pytest.raises(Refused) as caught:
            administering.change_roles(
                w, first.id, unit_id=2, before=held, roles=frozenset({"author"}), by=second
            )
        assert why(caught) is Refusal.LAST_ADMINISTRATOR
        admin(w, CITY)
        administering.suspend(w, first.id, by=second)
        assert not officer_seen_by(w, second, first.id).active


def test_an_invited_administrator_who_never_came_does_not_count() -> None:
    with work() as w:
        first, second = admin(w, WARD, "mot"), admin(w, WARD, "hai")
        acts.add_officer(w, email="cho@namro.example", name="", role="admin", unit_code=WARD)
        administering.suspend(w, second.id, by=first)
        with pytest.raises(Refused) as caught:
            administering.suspend(w, first.id, by=second)
        assert why(caught) is Refusal.LAST_ADMINISTRATOR


def test_a_unit_reaches_its_own_officers_and_nobody_elses() -> None:
    with work() as w:
        city, ward, other = admin(w, CITY), admin(w, WARD), admin(w, OTHER)
        key = at_work(w, ward).id
        assert {one.email for one in officers_seen_by(w, other).lines} == {f"quan-tri-{OTHER}@namro.example"}
        assert officers_seen_by(w, city).total == 4
        for key_of, by in ((key, other), (city.id, ward), (4711, city)):
            for act in (administering.suspend, administering.restore, administering.invite_again):
                with pytest.raises(Refused) as caught:
                    act(w, key_of, by=by)
                assert why(caught) is Refusal.NO_SUCH_OFFICER
        with pytest.raises(Refused) as caught:
            enrol(w, ward, unit=CITY)
        assert why(caught) is Refusal.NOT_YOUR_ROLE


def test_who_shares_an_officer_changes_only_what_is_theirs() -> None:
    with work() as w:
        city, ward, other = admin(w, CITY), admin(w, WARD), admin(w, OTHER)
        lan = at_work(w, ward)
        enrol(w, other, unit=OTHER)
        line = line_of(w, ward, lan)
        assert ([held.unit_id for held in line.held], line.has_roles_elsewhere) == ([2], True)
        for act in (administering.suspend, administering.restore, administering.invite_again):
            with pytest.raises(Refused) as caught:
                act(w, lan.id, by=ward)
            assert why(caught) is Refusal.NOT_YOUR_ROLE
        with pytest.raises(Refused) as caught:
            administering.change_roles(
                w, lan.id, unit_id=3, before=frozenset({"author"}), roles=frozenset(), by=ward
            )
        assert why(caught) is Refusal.NOT_YOUR_ROLE
        administering.suspend(w, lan.id, by=city)
        assert line_of(w, city, lan).has_roles_elsewhere is False


def test_an_officer_without_any_role_is_nobodys_but_the_operators() -> None:
    with work() as w:
        by = admin(w, CITY)
        lan = enrol(w, by).officer
        acts.take_role(w, lan, role="author", unit_id=2)
        w.session.flush()
        for act in (acts.invite, acts.close_account, acts.reopen_account):
            with pytest.raises(Refused) as caught:
                act(w, lan, by=by)
            assert why(caught) is Refusal.NOT_YOUR_ROLE
        assert acts.invite(w, lan).address


def test_the_roster_says_how_each_account_stands() -> None:
    with work() as w:
        by = admin(w, WARD)
        lan = enrol(w, by).officer
        assert line_of(w, by, lan).standing is Standing.INVITED
        administering.withdraw_invitation(w, lan.id, by=by)
        assert line_of(w, by, lan).standing is Standing.NOT_INVITED
        lan.password = "x"
        assert line_of(w, by, lan).standing is Standing.NO_DEVICE
        lan.tf_totp_secret = lan.tf_primary_method = "x"
        assert (line_of(w, by, lan).standing, line_of(w, by, lan).last_seen_on) == (Standing.WORKING, None)
        w.tell(SignedIn(officer_id=lan.id, how="totp"))  # type: ignore[arg-type]  # as the log stores it
        key, today = lan.id, w.today
    with work() as w:
        (mine, other) = sorted(officers_seen_by(w, by).lines, key=lambda one: not one.is_me)
        assert (mine.is_me, other.id, other.last_seen_on) == (True, key, today)
        assert other.invited_until is None


def test_the_roster_is_searched_without_accents_and_paged() -> None:
    with work() as w:
        by = admin(w, CITY)
        enrol(w, by)
        for number in range(PAGE):
            acts.add_officer(
                w, email=f"nguoi{number}@namro.example", name=f"Người {number}", role="author", unit_code=WARD
            )
        first, second = officers_seen_by(w, by), officers_seen_by(w, by, page=2)
        assert (first.total, first.pages, len(first.lines), len(second.lines)) == (PAGE + 2, 2, PAGE, 2)
        assert not {one.id for one in first.lines} & {one.id for one in second.lines}
        for words, count in (("tran thi LAN", 1), ("lan@", 1), ("Nguoi", PAGE), ("không có ai", 0)):
            assert officers_seen_by(w, by, words=words).total == count


def test_an_expired_link_counts_as_none() -> None:
    with work() as w:
        by = admin(w, WARD)
        enrolled = enrol(w, by)
        assert enrolled.invited
        w.now = enrolled.invited.expires_at + timedelta(seconds=1)
        assert line_of(w, by, enrolled.officer).standing is Standing.NOT_INVITED
        with pytest.raises(Refused) as caught:
            administering.withdraw_invitation(w, enrolled.officer.id, by=by)
        assert why(caught) is Refusal.NOT_INVITED


def test_without_a_role_nobody_is_enrolled() -> None:
    with work() as w, pytest.raises(Refused) as caught:
        enrol(w, admin(w, WARD), roles=())
    assert why(caught) is Refusal.NO_ROLE_LEFT
