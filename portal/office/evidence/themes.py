"""The colour theme of an office document: the twelve colours its texts and grounds refer to."""

from portal.office.evidence.colours import BLACK, WHITE, Rgb, from_hex, theme_colours
from portal.office.evidence.markup import local, local_attrs, tree_of

Theme = tuple[Rgb, ...]

# What text documents and drawings call the colours, by their place in the theme.
_PLACES = {
    "light1": 0, "background1": 0, "lt1": 0, "bg1": 0, "dark1": 1, "text1": 1, "dk1": 1, "tx1": 1,
    "light2": 2, "background2": 2, "lt2": 2, "bg2": 2, "dark2": 3, "text2": 3, "dk2": 3, "tx2": 3,
    **{f"accent{n}": 3 + n for n in range(1, 7)},
    "hyperlink": 10, "hlink": 10, "followedHyperlink": 11, "folHlink": 11,
}  # fmt: skip


def theme_of(content: bytes) -> Theme:
    """The colours of the theme part ``content``; Office's own when it is empty."""
    named: dict[str, str] = {}
    for scheme in tree_of(content).iter() if content else ():
        if local(scheme.tag) == "clrScheme":
            for colour in scheme:
                for value in colour:
                    attrs = local_attrs(value)
                    named[local(colour.tag)] = attrs.get("lastClr", attrs.get("val", ""))
    return theme_colours(named)


def themed(name: str, theme: Theme, *, tint: str = "", shade: str = "") -> Rgb | None:
    """The colour a text document calls ``name``; ``tint`` and ``shade`` are hex shares of it kept."""
    place = _PLACES.get(name)
    if place is None:
        return None
    colour = theme[place] if place < len(theme) else BLACK
    for share, towards in ((shade, BLACK), (tint, WHITE)):
        kept = from_hex("0000" + share) if len(share) == 2 else None
        if kept:
            red, green, blue = (
                round(channel * kept[2] / 255 + end * (1 - kept[2] / 255))
                for channel, end in zip(colour, towards, strict=True)
            )
            colour = red, green, blue
    return colour
