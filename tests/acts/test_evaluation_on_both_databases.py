"""A period from its opening to the published marks, on SQLite and PostgreSQL: the same files to the byte."""

from contextlib import closing
from pathlib import Path

from evaluated import DANH, evaluators, freeze_q4, gather_theme, open_q4, published
from people import CONG, SOAN
from published_comments import state_of_receipt
from servers import Postgres
from world import World, who

from portal.doors.looks import find_folder
from portal.office.evaluation import acts, files
from portal.office.evaluation.acts import AccountForm, CorrectionForm, UseForm
from portal.office.evaluation.paper import templates_in
from portal.office.evaluation.reads import calendar_of, dossiers_of, judged, period_of
from portal.office.evaluation.verifying import check
from portal.office.programme.reads import programme
from portal.publication import evaluating
from portal.record import reads
from portal.record.checkpoint import load_verifier
from portal.record.documents import DossierDoc
from portal.record.evaluation import dossier_text
from portal.record.evaluation.document import Use, dossier_ref
from portal.record.evaluation.outcome import Due
from portal.record.export import export
from portal.record.exported import opened
from portal.record.verify import verify

CODE = "2026-Q4"


def explain(world: World, ref: str) -> None:
    """The office accounts for what is due; a second person publishes it."""
    with world.work() as w:
        draft = programme(w, ref)
        seen = judged(w, draft, period_of(w, draft, CODE), calendar=calendar_of(w))
        due = [one.document.ref for one in seen if one.verdict.due is not Due.NOT_DUE]
        for item in due:
            form = AccountForm(account="Đã làm, còn chậm (minh họa).")
            acts.write_account(w, ref, CODE, item, form, by=who(w, SOAN))
    assert due
    with world.work() as w:
        evaluating.publish_explanation(w, ref, CODE, by=who(w, CONG), signer=world.signer)


def use(world: World, ref: str) -> list[str]:
    """The council's mark on a theme, published; the comments it was made of."""
    theme, said = gather_theme(world, ref)
    freeze_q4(world)
    with world.work() as w:
        form = UseForm(use=Use.USED, sentence="Đã xem xét (minh họa).")
        acts.mark_theme(w, ref, CODE, theme.ref, form, by=who(w, DANH))
    with world.work() as w:
        evaluating.publish_uses(w, ref, CODE, by=who(w, CONG), signer=world.signer)
    return said


def course(world: World) -> tuple[str, list[str]]:
    """Every act of an evaluation once; the programme, and the frozen versions' texts, the newest first."""
    world.settle_in()
    evaluators(world)
    ref = published(world)
    open_q4(world)
    explain(world, ref)
    said = use(world, ref)
    assert {state_of_receipt(world, name) for name in said} == {"used"}
    with world.work() as w:
        form = CorrectionForm(reason="Có xác nhận mới (minh họa)")
        evaluating.freeze_again(w, ref, CODE, form, by=who(w, DANH), signer=world.signer)
    with world.work() as w:
        draft = programme(w, ref)
        texts = [row.body for row in dossiers_of(w, period_of(w, draft, CODE), draft)]
        assert verify(w.session, verifier=load_verifier(world.settings.instance / "keys")).faults == []
    return ref, texts


def every_file(world: World, texts: list[str]) -> dict[str, bytes]:
    """Each frozen version in every form, each found to hold; what is not the newest says so."""
    templates = templates_in(world.settings.instance, find_folder("templates"))
    made = {}
    for text in texts:
        one = dossier_text.decode(text)
        for ending in files.endings():
            data = files.file_of(one, ending, template=templates[0])
            with world.work() as w:
                found = [each.holds for each in check(w.session, data, ending, templates=templates)]
            assert set(found) == ({True} if text == texts[0] else {True, None})
            made[files.name_of(one, ending)] = data
    return made


def test_the_whole_course_gives_the_same_bytes_on_both(tmp_path: Path, postgres: Postgres) -> None:
    said, logs = [], []
    for name, address in (("sqlite", None), ("postgresql", postgres.database())):
        changed = {"database_url": address} if address else {}
        with closing(World(tmp_path / name, seed="course", **changed)) as world:
            ref, texts = course(world)
            assert len(texts) == 2
            said.append(every_file(world, texts))
            with world.work() as w:
                found = reads.revision(w.session, dossier_ref(ref, CODE))
                export(
                    w.session,
                    tmp_path / f"{name}-log",
                    verifier=load_verifier(world.settings.instance / "keys"),
                )
            with opened(tmp_path / f"{name}-log") as c:
                templates = templates_in(world.settings.instance, find_folder("templates"))
                data = files.as_json(dossier_text.decode(texts[0]))
                assert all(one.holds for one in check(c, data, "json", templates=templates))
            logs.append((tmp_path / f"{name}-log" / "log.jsonl").read_bytes())
            assert found
            assert isinstance(found.document, DossierDoc)
            assert [one.use for one in found.document.themes] == [Use.USED]
    assert logs[0] == logs[1]
    assert said[0].keys() == said[1].keys()
    assert [name for name in said[0] if said[0][name] != said[1][name]] == []
    assert len({*said[0].values()}) == len(said[0])  # the control: no two files are the same
