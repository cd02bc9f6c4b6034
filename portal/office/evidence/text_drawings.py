"""Drawings in a text document: pictures are kept from their pixels, what may cover words is refused."""

import re
from dataclasses import dataclass

from portal.office.evidence.caps import Caps
from portal.office.evidence.faults import FileRefused
from portal.office.evidence.kinds import Form, form_of
from portal.office.evidence.markup import Element, local, local_attrs
from portal.office.evidence.package import Package
from portal.office.evidence.pictures import clean_picture
from portal.office.evidence.text_model import Shown
from portal.office.evidence.wording import Dropped, Reason

_LINES = re.compile(r"line$|straightConnector|curvedConnector|bentConnector", re.IGNORECASE)
_WRAPS = frozenset(("wrapSquare", "wrapTight", "wrapThrough", "wrapTopAndBottom"))
_VML_WRAPS = frozenset(("square", "tight", "through", "topAndBottom"))
_VML_SHAPES = frozenset(("shape", "rect", "roundrect", "oval", "group", "image", "arc", "polyline", "curve"))
_TRUE = frozenset(("1", "true"))
_LARGEST = 914_400 * 22  # EMU; no paper in use is larger
# Refusals of a picture that only mean it cannot be shown: an odd format is left out, not the document.
_SKIPPED = frozenset(
    (
        Reason.UNKNOWN_KIND,
        Reason.OTHER_IMAGE,
        Reason.SVG,
        Reason.HEIC,
        Reason.DAMAGED,
        Reason.EMPTY,
        Reason.PLAIN_TEXT,
        Reason.TOO_MANY_PIXELS,
    )
)


@dataclass(slots=True)
class Drawings:
    """Takes drawings one by one, noting what is left out in ``dropped``."""

    package: Package
    part: str
    caps: Caps
    dropped: set[Dropped]
    count: int = 0

    def take(self, drawing: Element) -> list[Shown]:
        """The pictures in a DrawingML drawing. Raises `FileRefused` when it may cover words."""
        if any(_covers(frame) for frame in drawing if local(frame.tag) == "anchor"):
            raise FileRefused(Reason.COVERED)
        found = [self._picture(part) for part in drawing.iter() if local(part.tag) == "pic"]
        pictures = [picture for picture in found if picture is not None]
        names = {local(part.tag) for part in drawing.iter()}
        if "chart" in names or "relIds" in names:
            self.dropped.add(Dropped.CHARTS)
        if "wsp" in names:
            self.dropped.add(Dropped.DRAWINGS)
        return pictures

    def take_old(self, drawing: Element) -> None:
        """A VML drawing: only looked at, its pictures are left out."""
        for shape in drawing.iter():
            name, attrs = local(shape.tag), local_attrs(shape)
            if name == "imagedata":
                self.dropped.add(Dropped.PICTURES)
            if name in _VML_SHAPES:
                self.dropped.add(Dropped.DRAWINGS)
                if _covers_old(shape, attrs):
                    raise FileRefused(Reason.COVERED)

    def _picture(self, pic: Element) -> Shown | None:
        blip = next((part for part in pic.iter() if local(part.tag) == "blip"), None)
        link = (
            self.package.links(self.part).get(local_attrs(blip).get("embed", ""))
            if blip is not None
            else None
        )
        content = self.package.parts.get(link.target) if link and not link.is_outside else None
        if content is None:
            self.dropped.add(Dropped.PICTURES)
            return None
        self.count += 1
        if self.count > self.caps.pictures:
            raise FileRefused(Reason.TOO_LONG, limit=self.caps.blocks)
        return self._cleaned(content, pic)

    def _cleaned(self, content: bytes, pic: Element) -> Shown | None:
        try:
            form = form_of(content, self.caps)
            if form in (Form.PDF, Form.PACKAGE):
                raise FileRefused(Reason.UNKNOWN_KIND)
            picture = clean_picture(content, form, self.caps, crop=_crop(pic))
        except FileRefused as refused:
            if refused.reason not in _SKIPPED:
                raise
            self.dropped.add(Dropped.PICTURES)
            return None
        self.dropped.update(picture.dropped - {Dropped.SIZE_REDUCED})
        width, height = _size(pic)
        if (picture.width > picture.height) != (width > height):
            width, height = height, width
        return Shown(data=picture.data, extension=picture.kind, width=width, height=height)


def _covers(anchor: Element) -> bool:
    """Whether a floating drawing lies before the words and can hide some."""
    names = {local(part.tag) for part in anchor}
    if local_attrs(anchor).get("behindDoc") in _TRUE or names & _WRAPS:
        return False
    return any(
        local(part.tag) in ("pic", "graphicFrame", "chart", "relIds")
        or (local(part.tag) == "wsp" and not _is_clear(part))
        for part in anchor.iter()
    )


def _is_clear(shape: Element) -> bool:
    """Whether a shape is a line, or an outline without filling."""
    for properties in shape:
        if local(properties.tag) == "spPr":
            for part in properties:
                name = local(part.tag)
                if name == "noFill" or (
                    name == "prstGeom" and _LINES.search(local_attrs(part).get("prst", ""))
                ):
                    return True
    return any(local(part.tag) == "cNvCnPr" for part in shape)


def _covers_old(shape: Element, attrs: dict[str, str]) -> bool:
    style = attrs.get("style", "").replace(" ", "")
    floats = "position:absolute" in style and "z-index:-" not in style
    wrapped = any(local(part.tag) == "wrap" and local_attrs(part).get("type") in _VML_WRAPS for part in shape)
    clear = attrs.get("filled", "t") in ("f", "false") and not any(
        local(part.tag) == "imagedata" for part in shape.iter()
    )
    return floats and not wrapped and not clear


def _crop(pic: Element) -> tuple[float, ...]:
    """The shares of the picture that are cut off: left, top, right, bottom."""
    for part in pic.iter():
        if local(part.tag) == "srcRect":
            attrs = local_attrs(part)
            return tuple(_number(attrs.get(side, "0")) / 100_000 for side in ("l", "t", "r", "b"))
    return ()


def _size(pic: Element) -> tuple[int, int]:
    for part in pic.iter():
        if local(part.tag) == "ext" and "cx" in part.attrib:
            attrs = local_attrs(part)
            width, height = (round(_number(attrs.get(name, "0"))) for name in ("cx", "cy"))
            return min(max(width, 12_700), _LARGEST), min(max(height, 12_700), _LARGEST)
    return 914_400, 914_400


def _number(text: str) -> float:
    try:
        return float(text)
    except ValueError:
        return 0.0
