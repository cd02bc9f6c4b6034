"""Importing and publishing units on a real database, as the desk's role."""

import json
from datetime import date
from pathlib import Path

import pytest
from flask import Flask
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from portal.kernel.db import db
from portal.kernel.succession import Way, way
from portal.kernel.work import House, Work, work
from portal.office.audit.events import UnitsImported
from portal.office.audit.tables import AuditLine
from portal.office.units.acts import import_units
from portal.office.units.reading import UnitsRefused
from portal.office.units.reads import line_above, old_names, unit_of_code
from portal.office.units.rows import FIELDS
from portal.office.units.tables import Unit, UnitSuccession
from portal.publication.units import publish_units
from portal.record import reads
from portal.record.checkpoint import Signer, load_signer
from portal.record.documents import Act
from portal.record.succession import heirs
from portal.record.verify import verify

SAMPLE = Path(__file__).parents[2] / "samples" / "units_kinh_mon.json"
BEFORE, AFTER = date(2025, 6, 30), date(2025, 7, 1)


@pytest.fixture
def signer(house: House) -> Signer:
    return load_signer(house.settings.instance / "keys", "namro.test/so-cai")


@pytest.fixture
def session(desk: Flask) -> Session:
    return db.session()


def take_sample(w: Work) -> UnitsImported:
    return import_units(w, SAMPLE.read_bytes(), filename=SAMPLE.name, by="operator")


def take_csv(w: Work, *lines: str) -> UnitsImported:
    data = "\n".join([",".join(FIELDS), *lines]).encode()
    return import_units(w, data, filename="don-vi.csv", by="operator")


def counted(event: UnitsImported) -> tuple[int, int, int]:
    return event.added, event.known, event.changed


def test_the_sample_loads_once_and_is_audited(session: Session) -> None:
    with work() as w:
        assert counted(take_sample(w)) == (33, 0, 0)
    with work() as w:
        assert counted(take_sample(w)) == (0, 30, 0)
    assert session.scalar(select(func.count()).select_from(Unit)) == 33
    assert session.scalar(select(func.count()).select_from(UnitSuccession)) == 23
    lines = session.scalars(select(AuditLine).where(AuditLine.event == "UnitsImported")).all()
    assert sorted(line.facts["added"] for line in lines) == [0, 33]
    assert {line.facts["by"] for line in lines} == {"operator"}


def test_a_code_means_the_unit_of_the_day(session: Session) -> None:
    with work() as w:
        take_sample(w)
    then, now = unit_of_code(session, "10714", BEFORE), unit_of_code(session, " 10714 ", AFTER)
    assert then is not None
    assert now is not None
    assert (then.name, then.slug) == ("Phường Phú Thứ", "phuong-phu-thu")
    assert (now.name, now.slug) == ("Phường Nhị Chiểu", "phuong-nhi-chieu")
    assert unit_of_code(session, "10702", AFTER) is None


def test_the_line_above_a_unit_begins_with_it_and_ends_at_the_top(session: Session) -> None:
    with work() as w:
        take_sample(w)
    old = unit_of_code(session, "10714", BEFORE)
    assert old is not None
    codes = [session.get_one(Unit, unit_id).code for unit_id in line_above(session, old.id)]
    assert codes == ["10714", "292", "30"]


def test_old_names_of_a_unit_go_back_more_than_one_step(session: Session) -> None:
    with work() as w:
        take_sample(w)
        take_csv(w, "7,Xã Xưa,,,,1999-12-31,10702")
    new = unit_of_code(session, "10714", AFTER)
    assert new is not None
    names = old_names(session, new.id)
    assert names[-1] == "Xã Xưa"
    assert set(names[:-1]) == {"Phường Duy Tân", "Phường Minh Tân", "Phường Phú Thứ", "Phường Tân Dân"}


def test_a_faulty_file_leaves_nothing_behind(session: Session) -> None:
    with pytest.raises(UnitsRefused) as refused, work() as w:
        take_csv(w, "1,Xã A,,,,,", "2,,,,x,,")
    assert [(f.line, f.column) for f in refused.value.faults] == [(3, "name"), (3, "valid_from")]
    assert session.scalar(select(func.count()).select_from(Unit)) == 0
    assert session.scalar(select(func.count()).select_from(AuditLine)) == 0
    with work() as w:  # the control: without the faulty row the same file is stored
        take_csv(w, "1,Xã A,,,,,")
    assert session.scalar(select(func.count()).select_from(Unit)) == 1


def test_a_unit_renamed_and_divided_keeps_its_address(session: Session, signer: Signer) -> None:
    with work() as w:
        take_csv(w, "1,Xã A,,,,2025-06-30,2", "2,Xã B,,,2025-07-01,,", "3,Xã C,,,,,")
        assert len(publish_units(w, signer)) == 3
    with work() as w:
        told = take_csv(w, "1,Xã A,,,,2025-06-30,2;3", "2,Phường B,phường,3,2025-07-01,,")
        assert counted(told) == (0, 2, 2)
        publish_units(w, signer)
    renamed = reads.unit(session, "xa-b")
    assert renamed is not None
    assert (renamed.name, renamed.unit_type, renamed.parent_slug) == ("Phường B", "phường", "xa-c")
    assert [(s.unit.name, s.whole) for s in renamed.predecessors] == [("Xã A", False)]
    old, other = reads.unit(session, "xa-a"), reads.unit(session, "xa-c")
    assert old is not None
    assert other is not None
    assert [(s.unit.slug, s.unit.parent_name) for s in old.successors] == [("xa-b", "Xã C"), ("xa-c", "")]
    assert [s.unit.slug for s in other.predecessors] == ["xa-a"]


def test_another_spelling_of_a_name_changes_nothing(session: Session) -> None:
    with work() as w:
        take_csv(w, "1,Xã Hoà An,,,,,")
        assert counted(take_csv(w, "1,xã  Hòa An,,,,,")) == (0, 1, 0)
    unit = unit_of_code(session, "1", AFTER)
    assert unit is not None
    assert unit.name == "Xã Hoà An"


def test_namesakes_get_addresses_of_their_own_whoever_came_first(session: Session) -> None:
    with work() as w:
        take_csv(
            w, "1,Xã Tân Tiến,,,,2025-06-30,", "2,Xã Tân Tiến,,,2025-07-01,,", "1,Xã Tân Tiến,,,2025-07-01,,"
        )
    with work() as w:
        take_csv(w, "3,Xã Tân Tiến,,,,,")
    slugs = {(u.code, u.valid_from): u.slug for u in session.scalars(select(Unit))}
    assert slugs == {
        ("1", AFTER): "xa-tan-tien",
        ("2", AFTER): "xa-tan-tien-2",
        ("1", None): "xa-tan-tien-1",
        ("3", None): "xa-tan-tien-3",
    }


def test_publishing_appends_what_differs_and_nothing_else(session: Session, signer: Signer) -> None:
    with work() as w:
        take_sample(w)
        assert publish_units(w, signer) == tuple(range(33))
    with work() as w:
        take_sample(w)
        assert publish_units(w, signer) == ()
    assert reads.head(session) == 33
    with work() as w:
        unit = {"code": "10714", "name": "Phường Nhị Chiểu Mới", "valid_from": "2025-07-01"}
        data = json.dumps({"new_units": [unit]}).encode()
        assert counted(import_units(w, data, filename="a.json", by="operator")) == (0, 1, 1)
        appended = publish_units(w, signer)
    revised = {r.ref: r for p in appended if (r := reads.entry(session, p)) is not None}
    wards = {"phuong-minh-tan", "phuong-duy-tan", "phuong-tan-dan", "phuong-phu-thu"}
    assert revised.keys() == {"phuong-nhi-chieu"} | wards  # the old ones name their successor
    revision = revised["phuong-nhi-chieu"]
    assert (revision.number, revision.act) == (2, Act.AMEND)
    assert [(c.field, c.before, c.after) for c in revision.notice.changes] == [
        ("name", "Phường Nhị Chiểu", "Phường Nhị Chiểu Mới")
    ]
    published = session.scalars(select(AuditLine).where(AuditLine.event == "UnitsPublished")).all()
    assert sorted(line.facts["entries"] for line in published) == [5, 33]


def test_what_is_published_can_be_verified(session: Session, signer: Signer) -> None:
    with work() as w:
        take_sample(w)
        publish_units(w, signer)
    verified = verify(session, verifier=signer.verifier())
    assert (verified.entries, verified.faults) == (33, [])


@pytest.mark.parametrize(
    ("slug", "there", "successors"),
    [
        ("phuong-minh-tan", Way.ONE, ["phuong-nhi-chieu"]),
        ("phuong-duy-tan", Way.ONE, ["phuong-nhi-chieu"]),
        ("phuong-tan-dan", Way.ONE, ["phuong-nhi-chieu"]),
        ("phuong-phu-thu", Way.ONE, ["phuong-nhi-chieu"]),
        ("xa-thuong-quan", Way.CHOOSER, ["phuong-tran-lieu", "xa-phu-thai"]),
        ("phuong-nhi-chieu", Way.STANDS, ["phuong-nhi-chieu"]),
        ("thi-xa-kinh-mon", Way.NOWHERE, []),
    ],
)
def test_the_public_documents_alone_lead_from_old_to_new(
    session: Session, signer: Signer, slug: str, there: Way, successors: list[str]
) -> None:
    with work() as w:
        take_sample(w)
        publish_units(w, signer)
    unit = reads.unit(session, slug)
    assert unit is not None
    found = heirs(session, unit, date(2026, 11, 24))
    assert way(unit, found) is there
    assert [heir.slug for heir in found] == successors


def test_the_public_documents_lead_over_several_steps_and_back(session: Session, signer: Signer) -> None:
    with work() as w:
        take_sample(w)
        publish_units(w, signer)
        take_csv(
            w,
            "10714,Phường Nhị Chiểu,,31,2025-07-01,2026-06-30,10714",
            "10729,Phường Trần Liễu,,31,2025-07-01,2026-06-30,10714",
            "10714,Phường Kinh Thầy,,31,2026-07-01,,",
        )
        publish_units(w, signer)
    old, new = reads.unit(session, "xa-thuong-quan"), reads.unit(session, "phuong-kinh-thay")
    assert old is not None
    assert new is not None
    today = [u.slug for u in heirs(session, old, date(2026, 11, 24))]
    assert today == ["xa-phu-thai", "phuong-kinh-thay"]
