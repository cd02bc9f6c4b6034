"""On which page a document of the record is read; what has no page of its own is read on another's."""

from portal.record.documents import (
    CommentDoc,
    DossierDoc,
    ExplanationDoc,
    Kind,
    ModerationDoc,
    QuotationDoc,
    RatingsDoc,
    Revision,
    ThemeDoc,
    TransparencyDoc,
)

FOLDERS = {
    Kind.UNIT: "/don-vi",
    Kind.PROGRAMME: "/chuong-trinh",
    Kind.COMMITMENT: "/cam-ket",
    Kind.PROCEDURES: "/don-vi",  # its reference is the unit's address and a part of it
}
"""The documents that have a page of their own, even when they were taken down."""


def page_of(newest: Revision) -> str | None:
    """The address, without language and host, where ``newest`` is read; None where it no longer is."""
    if newest.kind in FOLDERS:
        return f"{FOLDERS[newest.kind]}/{newest.ref}" if newest.document else None
    match newest.document:
        case CommentDoc() as comment:
            return f"/cam-ket/{comment.commitment_ref}"
        case RatingsDoc() as ratings:
            return f"/cam-ket/{ratings.commitment_ref}/danh-gia"
        case ThemeDoc() as theme:
            return f"/chuong-trinh/{theme.programme_ref}/giai-trinh"
        case DossierDoc() | ExplanationDoc() | QuotationDoc() as told:
            return f"/chuong-trinh/{told.programme_ref}/ky-danh-gia"
        case ModerationDoc() | TransparencyDoc():
            return "/kiem-duyet"
    return None
