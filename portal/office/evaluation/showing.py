"""A dossier as tables of words: what every output shows, in one place, so that none says something else."""

from portal.office.evaluation.section import Row, Section
from portal.office.evaluation.showing_voice import examples, moderation, ratings, themes
from portal.record.change_words import LABELS, show
from portal.record.documents import Change
from portal.record.evaluation import dossier_text
from portal.record.evaluation.counting import FourFigures
from portal.record.evaluation.dossier import CommitmentPart, Dossier
from portal.record.evaluation.formula import figure_words, formula_of
from portal.record.evaluation.legal import LEGAL
from portal.record.evaluation.outcome import Due
from portal.record.evaluation.wording import CAUSE_WORDS, DUE_WORDS, KIND_WORDS, OUTCOME_WORDS

_ACTS = {
    "publish": "Công bố",
    "amend": "Điều chỉnh (có văn bản)",
    "correct": "Đính chính",
    "withdraw": "Gỡ xuống",
}
TITLE = "BẢN TỔNG HỢP Ý KIẾN GIÁM SÁT"


def facts(made: Dossier) -> tuple[Row, ...]:
    """What the dossier is about and how anybody can check it: label and value."""
    holder, period = made.programme.holder, made.period
    digest = dossier_text.digest(dossier_text.encode(made))
    return (
        ("Cán bộ", holder.cadre_name),
        ("Chức vụ", holder.post),
        ("Đơn vị", f"{holder.unit.name} ({holder.unit.parent_name})"),
        ("Chương trình hành động", made.programme.ref),
        ("Thời hạn, nhiệm kỳ", f"{show(made.programme.mandate_from)} – {show(made.programme.mandate_to)}"),
        ("Kỳ đánh giá", f"{period.code} ({KIND_WORDS[period.kind][0].lower()})"),
        ("Từ ngày – đến hết ngày", f"{show(period.first)} – {show(period.last)}"),
        ("Ngày chốt", show(made.frozen_on)),
        ("Phiên bản", str(made.version)),
        *((("Lý do lập phiên bản này", made.correction),) if made.correction else ()),
        ("Mã bản tổng hợp (SHA-256)", digest),
        ("Mốc sổ cái: số mục", str(made.checkpoint.log_size)),
        ("Mốc sổ cái: mã gốc", made.checkpoint.root_hex),
        ("Cách tính ngày", made.formulas),
    )


def sections(made: Dossier) -> tuple[Section, ...]:
    """Every table of the dossier, in order."""
    return (
        _figures(made.figures),
        _products(made),
        _due(made),
        _others(made),
        _accounts(made),
        _evidence(made),
        ratings(made),
        themes(made),
        examples(made),
        moderation(made),
        _changes(made),
    )


def _figures(found: FourFigures) -> Section:
    def share(value: object) -> str:
        return "" if value is None else f"{show(value)}%"

    return Section(
        "bon_so_lieu",
        f"I. Bốn số liệu theo {LEGAL['four_figures']}",
        ("Số liệu", "Số cam kết", "Tỷ lệ trên số được giao"),
        (
            ("Nhiệm vụ, cam kết được giao đến hạn trong kỳ", str(found.assigned), ""),
            ("Hoàn thành đúng hạn, bảo đảm chất lượng", str(found.on_time), share(found.on_time_percent)),
            ("Trong đó vượt yêu cầu", str(found.beyond), share(found.beyond_percent)),
            ("Chậm so với thời hạn", str(found.late), share(found.late_percent)),
            ("– đã hoàn thành nhưng quá hạn", str(found.late_completed), ""),
            ("– quá hạn, chưa hoàn thành", str(found.late_open), ""),
            ("– trong đó có nguyên nhân khách quan đã xác nhận", str(found.late_excused), ""),
            ("Tự báo cáo hoàn thành, chờ xác nhận", str(found.awaiting), ""),
            ("Chưa hết hạn tại ngày chốt", str(found.running), ""),
        ),
        note="Chỉ tính theo số liệu đã được cơ quan có thẩm quyền xác nhận bằng văn bản.",
    )


def _products(made: Dossier) -> Section:
    found = made.products
    return Section(
        "san_pham",
        f"II. Sản phẩm, công việc để đối chiếu theo {LEGAL['products']}",
        ("Tiêu chí", "Đạt", "Trên số được giao"),
        (
            ("Số lượng: đã hoàn thành (kể cả tự báo cáo)", str(found.delivered), str(found.assigned)),
            ("Chất lượng: đã xác nhận đạt mức đích", str(found.with_quality), str(found.assigned)),
            ("Tiến độ: xác nhận hoàn thành trong hạn", str(found.in_time), str(found.assigned)),
            ("Chậm vì nguyên nhân khách quan đã xác nhận", str(found.excused), str(found.assigned)),
        ),
        note="Chỉ đếm, không chấm điểm.",
    )


def _due(made: Dossier) -> Section:
    parts = [part for part in made.commitments if part.verdict.due is not Due.NOT_DUE]
    return Section(
        "cam_ket",
        "III. Cam kết đến hạn trong kỳ: tự báo cáo và đã xác nhận",
        (
            *("STT", "Cam kết", "Mức nền → mức đích", "Thời hạn", "Cán bộ tự báo cáo", "Đã xác nhận"),
            *("Cách tính (theo số đã xác nhận)", "Kết quả", "Quá hạn", "Nguyên nhân khách quan"),
        ),
        tuple(_commitment(n, part) for n, part in enumerate(parts, 1)),
        note="Công thức: (số liệu − mức nền) : (mức đích − mức nền), làm tròn xuống.",
        empty="Không có cam kết nào đến hạn trong kỳ.",
    )


def _commitment(number: int, part: CommitmentPart) -> Row:
    verdict, unit = part.verdict, part.measure_unit
    moved = "" if part.first_deadline == part.deadline else f" (lần đầu: {show(part.first_deadline)})"
    beyond = "; vượt mức" if verdict.beyond else ""
    late = f"{verdict.days_late} ngày làm việc" if verdict.days_late else ""
    return (
        str(number),
        f"{part.text} [{part.ref}]",
        f"{show(part.baseline)} → {show(part.target)} {unit}",
        f"{show(part.deadline)}{moved}",
        figure_words(verdict.self_reported, unit),
        figure_words(verdict.confirmed, unit),
        formula_of(part, verdict.confirmed, verdict.confirmed_share),
        f"{OUTCOME_WORDS[verdict.outcome][0]}{beyond} ({DUE_WORDS[verdict.due][0].lower()})",
        late,
        "; ".join(
            f"{one.text} ({one.confirmation.body}, {one.confirmation.document})" for one in part.causes
        ),
    )


def _others(made: Dossier) -> Section:
    parts = [part for part in made.commitments if part.verdict.due is Due.NOT_DUE]
    return Section(
        "chua_den_han",
        "IV. Cam kết khác của chương trình",
        ("Cam kết", "Thời hạn", "Cán bộ tự báo cáo", "Đã xác nhận", "Tình trạng"),
        tuple(
            (
                f"{part.text} [{part.ref}]",
                show(part.deadline),
                figure_words(part.verdict.self_reported, part.measure_unit),
                figure_words(part.verdict.confirmed, part.measure_unit),
                OUTCOME_WORDS[part.verdict.outcome][0],
            )
            for part in parts
        ),
    )


def _accounts(made: Dossier) -> Section:
    texts = {part.ref: part.text for part in made.commitments}
    return Section(
        "giai_trinh",
        "V. Giải trình của cán bộ",
        ("Cam kết", "Nội dung giải trình", "Nguyên nhân", "Xác nhận bởi"),
        tuple(
            (
                texts.get(one.commitment_ref, one.commitment_ref),
                one.account,
                CAUSE_WORDS[one.cause][0],
                one.confirmed_by,
            )
            for one in made.accounts
        ),
        empty="Chưa có giải trình được công bố.",
    )


def _evidence(made: Dossier) -> Section:
    return Section(
        "minh_chung",
        "VI. Minh chứng",
        ("Cam kết", "Mô tả", "Ngày", "Mã tệp (SHA-256)"),
        tuple(
            (one.commitment_ref, one.file.description, show(one.file.added_on), one.file.sha256)
            for one in made.evidence
        ),
    )


def _changes(made: Dossier) -> Section:
    texts = {part.ref: f"{part.indicator or part.text} [{part.ref}]" for part in made.commitments}
    return Section(
        "thay_doi",
        "XI. Thay đổi của chương trình trong kỳ",
        ("Ngày", "Mục sổ cái", "Việc", "Nội dung", "Lý do, văn bản", "Trước → sau"),
        tuple(
            (
                show(one.on),
                str(one.position),
                _ACTS[one.act],
                texts.get(one.ref, "Chương trình hành động"),
                "; ".join(text for text in (one.reason, one.document) if text),
                "; ".join(_change(change) for change in one.changes),
            )
            for one in made.changes
        ),
        empty="Không có thay đổi nào được công bố trong kỳ.",
    )


def _change(one: Change) -> str:
    label = LABELS.get(one.field.split(".")[0].split("[")[0], one.field)
    return f"{label}: {one.before or '(trống)'} → {one.after or '(trống)'}"
