"""My data: a copy only its owner can open, erasure that leaves every proof valid, keys that are destroyed."""

import json
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path

import pytest
from speakers import Square
from sqlalchemy import select
from takers import Taker, letters
from world import World, make_settings

from portal.commands.followers import _close_vault
from portal.commands.taking_part import take_care
from portal.inbox.feedback.acts import digest_of
from portal.inbox.feedback.tables import Comment, Rating, Receipt, Wish
from portal.inbox.signin.tables import Account, Attested, CodeLetter, SignInCode, Visit
from portal.inbox.signin.vault import PeriodClosed, close_past, living, person_key, vault
from portal.kernel.keys import key
from portal.office.moderation.intake import take_in
from portal.office.moderation.rules import Decision
from portal.record import reads
from portal.record.checkpoint import load_verifier
from portal.record.documents import CommentDoc
from portal.record.verify import verify

WORDS = "Đèn đường khu tôi đã sáng, nhưng chưa thấy làm vỉa hè."


@pytest.fixture
def square(database_url: str, tmp_path: Path) -> Iterator[Square]:
    mail, folder = (tmp_path / "mail").as_uri(), tmp_path / "instance"
    made = Square(World(folder, review_percent=0, mail_url=mail, database_url=database_url)).settle_in()
    yield made
    made.close()


@pytest.fixture
def mai(square: Square) -> Taker:
    return Taker(square.world.public, square.world.settings, "mai@thu.example").sign_in()


def place(square: Square) -> str:
    return f"/cam-ket/{square.commitment}/gop-y"


def care(square: Square) -> int:
    with square.world.office.app_context():
        return take_care()


def digest(square: Square, code: str) -> str:
    with square.world.work() as w:
        return digest_of(w, code)


def test_a_copy_is_given_once_and_only_to_who_has_the_link(square: Square, mai: Taker) -> None:
    mai.receipt(place(square), rating="unclear", words=WORDS, relation="local")
    other = Taker(square.world.public, square.world.settings, "lan@thu.example").sign_in()
    other.receipt(place(square), words="Của người khác.")
    asked = mai.fill("/tai-khoan", to="/tai-khoan/ban-sao")
    link = next(part for part in asked.text.split('"') if "/ban-sao/" in part)
    assert "chưa xong" in mai.get(link).text
    with square.world.work() as w:
        wish = w.session.scalars(select(Wish)).one()
        assert WORDS.encode() not in (wish.sealed or b"")
    assert care(square) == 1
    with square.world.work() as w:
        wish = w.session.scalars(select(Wish)).one()
        assert (wish.sealed, WORDS.encode() in (wish.answer or b"")) == (None, False)
    assert mai.get(link + "x").status_code == 404
    answer = other.get(link)
    copy = json.loads(answer.text)
    assert [c["noi_dung"] for c in copy["gop_y"]] == [WORDS]
    assert [r["tra_loi"] for r in copy["danh_gia"]] == ["unclear"]
    assert "mai@" not in answer.text
    assert answer.headers["Cache-Control"] == "no-store"
    assert mai.get(link).status_code == 404


def test_erasure_takes_everything_and_every_proof_stays_valid(square: Square, mai: Taker) -> None:
    shown = mai.receipt(place(square), rating="unclear", words=WORDS)
    square.world.later(minutes=31)
    square.take_in()
    square.decide(digest(square, shown), Decision.PUBLISH)
    fresh = mai.receipt(place(square), words="Còn mới, chưa ai đọc.")
    assert mai.fill("/tai-khoan", to="/tai-khoan/xoa").status_code == 422  # not without the tick
    assert mai.fill("/tai-khoan", to="/tai-khoan/xoa", chac_chan="y").status_code == 200
    assert care(square) == 1
    with square.world.work() as w:
        for table in (Account, Visit, Attested, Rating, Comment, Wish):
            assert w.session.scalars(select(table)).all() == [], table
        receipts = {r.code: r.state for r in w.session.scalars(select(Receipt))}
        ref = w.session.get_one(Receipt, digest_of(w, shown)).comment_ref
        found = reads.revision(w.session, ref or "")
        faults = verify(w.session, verifier=load_verifier(w.settings.instance / "keys")).faults
    assert set(receipts.values()) == {"withdrawn"}
    assert len(receipts) == 2
    assert found is not None
    assert isinstance(found.document, CommentDoc)
    assert (found.document.state, found.document.words) == ("taken_back", "")
    assert faults == []
    for path in square.world.settings.instance.rglob("*"):
        if path.is_file():
            assert "vỉa hè".encode() not in path.read_bytes(), path
    assert mai.get("/tai-khoan").status_code == 303
    assert "đã rút" in mai.get(f"/bien-nhan/{fresh}").text


def test_a_wish_sealed_for_another_key_waits_and_harms_nothing(square: Square, mai: Taker) -> None:
    mai.receipt(place(square), words=WORDS)
    mai.fill("/tai-khoan", to="/tai-khoan/ban-sao")
    kept = square.world.settings.instance / "keys" / "mail.key"
    whole = kept.read_bytes() if kept.exists() else key(kept.parent, "mail")
    kept.write_bytes(bytes(32))
    assert care(square) == 0
    kept.write_bytes(whole)
    assert care(square) == 1


def test_who_asked_is_told_by_mail_and_the_letter_says_nothing(square: Square, mai: Taker) -> None:
    told = mai.receipt(place(square), words=WORDS, mail="y")
    mai.receipt(place(square), words="Không cần báo thư.")
    with square.world.work() as w:
        boxes = [c.answer_to for c in w.session.scalars(select(Comment).order_by(Comment.answer_to))]
    assert sum(box is not None for box in boxes) == 1
    assert all(b"mai@" not in (box or b"") for box in boxes)
    square.world.later(minutes=31)
    square.take_in()
    before = len(letters(square.world.settings))
    square.decide(digest(square, told), Decision.PUBLISH)
    ((to, subject, text),) = letters(square.world.settings)[before:]
    assert (to, "biên nhận" in subject.lower()) == ("mai@thu.example", True)
    assert square.commitment not in text
    assert WORDS not in text


def test_words_are_rewritten_within_the_window_by_whoever_has_the_code(square: Square, mai: Taker) -> None:
    code = mai.receipt(place(square), words=WORDS, shown_as="unit", mail="y")
    passer_by = Taker(square.world.public, square.world.settings, "")
    assert "Viết lại" in passer_by.get(f"/bien-nhan/{code}").text
    assert WORDS not in passer_by.get(f"/bien-nhan/{code}/sua").text
    asked = passer_by.fill(f"/bien-nhan/{code}/sua", words="Gọi 0912 345 678 nhé.", kind="question")
    assert asked.status_code == 422
    piece = passer_by.hidden(asked)["seen"]
    done = passer_by.fill(
        f"/bien-nhan/{code}/sua", words="Gọi 0912 345 678 nhé.", kind="question", seen=piece, mask=piece
    )
    assert done.status_code == 303
    with square.world.work() as w:
        first, second = w.session.scalars(select(Comment).order_by(Comment.kind))
        assert (first.code, first.person, first.shown_as) == (second.code, second.person, second.shown_as)
        assert first.answer_to == second.answer_to
        assert second.words == "Gọi [đã che: số điện thoại] nhé."
    assert passer_by.fill(f"/bien-nhan/{code}/sua", words=" ").status_code == 422
    square.world.later(minutes=31)
    late = passer_by.fill(f"/bien-nhan/{code}/sua", words="Muộn rồi.")
    assert late.status_code == 409
    assert "Muộn rồi.</textarea>" in late.text  # nothing that was typed is lost
    assert "không sửa được nữa" in late.text
    with square.world.work() as w:
        assert len(w.session.scalars(select(Comment)).all()) == 2


def test_an_author_whose_words_are_read_already_is_told_and_keeps_what_was_typed(
    square: Square, mai: Taker
) -> None:
    code = mai.receipt(place(square), words=WORDS)
    mai.get(f"/bien-nhan/{code}/sua")  # the form is open
    named = digest(square, code)
    with square.world.work() as w:
        take_in(w, signer=square.world.signer, at_once=named)
    late = mai.fill(f"/bien-nhan/{code}/sua", words="Đã đổi ý (minh họa).")
    assert late.status_code == 409
    assert "Đã đổi ý (minh họa).</textarea>" in late.text
    with square.world.work() as w:
        assert [one.words for one in w.session.scalars(select(Comment))] == [WORDS]


def test_by_receipt_one_withdraws_blacks_out_and_appeals(square: Square, mai: Taker) -> None:
    asks = {"rut": {}, "che": {"che": "vỉa hè"}, "xem-lai": {"ly_do": "Tôi nói đúng việc."}}
    shown = mai.receipt(place(square), words=WORDS)
    refused = mai.receipt(place(square), words="Bọn này chỉ ăn hại, làm thì láo báo cáo thì hay")
    square.world.later(minutes=31)
    square.take_in()
    square.decide(digest(square, shown), Decision.PUBLISH)
    square.decide(digest(square, refused), Decision.RETURN, reason="defamation")
    for code, what in ((shown, "che"), (refused, "xem-lai"), (refused, "xem-lai"), (shown, "rut")):
        answer = mai.client.post(f"/bien-nhan/{code}/{what}", data=asks[what])
        assert answer.status_code == 303
    assert mai.client.post(f"/bien-nhan/{shown}/che", data={}).status_code == 422
    assert "người thứ ba" in mai.get(f"/bien-nhan/{refused}").text
    square.take_in()
    assert square.receipt(digest(square, shown)).state == "withdrawn"
    assert square.case(digest(square, refused)).appeal == "asked"
    assert mai.client.post(f"/bien-nhan/{refused}/xem-lai", data={"ly_do": ""}).status_code == 422
    assert mai.client.post("/bien-nhan/GY.20261124.0000-0000-000/rut").status_code == 303


def test_the_key_of_a_settled_quarter_is_destroyed_for_good(
    square: Square, mai: Taker, tmp_path: Path
) -> None:
    mai.receipt(place(square), rating="unclear")
    folder = vault(square.world.settings.instance)
    assert living(folder) == ["2026-Q4"]
    before = person_key(folder, "2026-Q4", account=1, programme="a")
    square.world.later(days=37 + 14)  # 31 December and the settling days, to the last of them
    care(square)
    assert living(folder) == ["2026-Q4"]
    square.world.later(days=1)
    care(square)
    assert living(folder) == []
    with pytest.raises(PeriodClosed):
        person_key(folder, "2026-Q4", account=1, programme="a")
    mai.sign_in().receipt(place(square), rating="unclear")  # goes into the new quarter
    with square.world.work() as w:
        assert {r.period for r in w.session.scalars(select(Rating))} == {"2026-Q4", "2027-Q1"}
    assert before not in (p.read_bytes().hex() for p in folder.iterdir())


def test_a_key_left_beside_its_mark_is_of_no_use(tmp_path: Path) -> None:
    """A crash between the two: the period stays closed, and the next look takes the key away."""
    person_key(tmp_path, "2025-Q1", account=1, programme="a")
    (tmp_path / "2025-Q1.closed").touch()
    with pytest.raises(PeriodClosed):
        person_key(tmp_path, "2025-Q1", account=1, programme="a")
    assert close_past(tmp_path, today=date(2026, 1, 1), settle_days=0) == ["2025-Q1"]
    assert living(tmp_path) == []


def test_a_host_without_a_desk_destroys_its_keys_too(tmp_path: Path) -> None:
    settings = make_settings(tmp_path)
    person_key(vault(tmp_path), "2025-Q1", account=1, programme="a")
    _close_vault(settings)
    assert living(vault(tmp_path)) == []


def test_what_has_had_its_time_goes(square: Square, mai: Taker) -> None:
    mai.receipt(place(square), rating="unclear", words=WORDS)
    mai.fill("/tai-khoan", to="/tai-khoan/ban-sao")
    page = Taker(square.world.public, square.world.settings, "lan@thu.example")
    page.fill("/dang-nhap", email="lan@thu.example")
    with square.world.work() as w:
        on = w.today
        w.session.add(Attested(account=1, group="resident", unit="x", body="b", attested_on=on, until=on))
        w.session.add(
            CodeLetter(
                code="c", issue=1, group="resident", unit="x", body="b", issued_on=on, until=on, used=False
            )
        )
    square.world.clock.at += timedelta(days=square.world.settings.words_days + 1)
    care(square)
    with square.world.work() as w:
        for table in (Rating, Comment, Receipt, Wish, SignInCode, Visit, Attested, CodeLetter):
            assert w.session.scalars(select(table)).all() == [], table
