"""Whatever an officer typed is text: no markup, no script, no broken page, in any field."""

from dataclasses import fields, replace
from pathlib import Path

import pytest
import town
from reader import Reader, leaks_no_workings
from townhall import make_settings, open_door, write

from portal.migrations.upgrade import upgrade
from portal.record.documents import (
    Act,
    Area,
    Change,
    CommitmentDoc,
    Confirmation,
    Holder,
    Kind,
    Notice,
    ProgressDoc,
)

HOSTILE = (
    "<script>alert(1)</script>",
    '"><img src=x onerror=alert(1)>',
    "' autofocus onfocus=alert(1) x='",
    "</title></style></textarea><svg onload=alert(1)>",
    "{{ 7*7 }}{% raw %}",
    "javascript:alert(1)",
    "%(num)d %s %% &lt;b&gt;",
    "\u202eđảo ngược\u2066",
    "a" * 3000,
)


def spoil(text: str) -> CommitmentDoc:
    """A commitment with ``text`` in every field that holds words."""
    doc = town.commitments()["TN-02"]
    plain = {f.name: text for f in fields(doc) if type(getattr(doc, f.name)) is str}
    unit = replace(doc.holder.unit, name=text, parent_name=text)
    report = ProgressDoc(
        reported_on=town.NOV,
        state=doc.progress[0].state,
        value=doc.progress[0].value,
        note=text,
        source=text,
        confirmation=Confirmation(body=text, document=text),
    )
    return replace(
        doc,
        **{**plain, "ref": "ckhostile", "programme_ref": "ct0chairman"},
        holder=Holder(cadre_name=text, post=text, unit=unit),
        areas=(Area(code=text, label=text),),
        coordinators=(text, text),
        progress=(report, replace(report, reported_on=town.OCT)),
        causes=(replace(doc.causes[0], text=text, confirmation=report.confirmation),),
    )


@pytest.fixture
def reader(tmp_path: Path) -> Reader:
    """A reader of an installation whose record holds hostile texts."""
    settings = make_settings(tmp_path)
    upgrade(settings)
    write(settings, town.first_lines())
    write(settings, [_line(n, text) for n, text in enumerate(HOSTILE)])
    return Reader(open_door(settings).test_client())


def _line(number: int, text: str) -> town.Line:
    doc = replace(spoil(text), ref=f"ckhostile{number}")
    changes = (Change(field="target", before=text, after=text, kind="target_lowered"),)
    return town.line(Kind.COMMITMENT, doc, Act.PUBLISH, Notice(reason=text, document=text, changes=changes))


# Braces and per cents are here the text itself, not workings of ours that leak.
OURS = (leaks_no_workings,)


@pytest.mark.parametrize("number", range(len(HOSTILE)))
@pytest.mark.parametrize("prefix", ["", "/en"])
def test_every_field_shows_it_as_text(reader: Reader, number: int, prefix: str) -> None:
    for address in (f"/cam-ket/ckhostile{number}", f"/cam-ket/ckhostile{number}/lich-su"):
        page = reader.open(prefix + address, unless=OURS)
        assert " ".join(HOSTILE[number].split()) in page.text


def test_lists_search_and_home_show_it_as_text(reader: Reader) -> None:
    for address in ("/", "/tim-kiem", "/tim-kiem?q=script", "/tim-kiem?trang=2", "/so-cai"):
        reader.open(address, unless=OURS)
