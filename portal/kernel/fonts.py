"""The typeface of the pages, cut from its package at set-up to what Vietnamese and English need.

Be Vietnam Pro (SIL Open Font License 1.1) comes as 130 kB a weight with every Latin language in
it; two weights cut to Vietnamese are about 30 kB each and arrive before a resident reads on.
"""

import sys
from pathlib import Path

import fontpkg_be_vietnam_pro as package  # type: ignore[import-untyped]
from fontTools.subset import Options, Subsetter, load_font, save_font  # type: ignore[import-untyped]

WEIGHTS = {"regular": "BeVietnamPro-Regular.ttf", "bold": "BeVietnamPro-Bold.ttf"}

# ASCII, Latin-1 letters and signs, Ă Đ Ĩ Ũ Ơ Ư, combining tone marks (text typed in NFD still
# shows), the precomposed Vietnamese block, dashes, quotes, bullet, ellipsis, primes, arrows, đồng.
_RANGES = (
    (0x20, 0x7E), (0xA0, 0xFF), (0x102, 0x103), (0x110, 0x111), (0x128, 0x129), (0x168, 0x169),
    (0x1A0, 0x1A1), (0x1AF, 0x1B0), (0x300, 0x303), (0x306, 0x306), (0x309, 0x309),
    (0x31B, 0x31B), (0x323, 0x323), (0x1EA0, 0x1EF9), (0x2010, 0x2014), (0x2018, 0x201E),
    (0x2022, 0x2022), (0x2026, 0x2026), (0x2032, 0x2033), (0x20AB, 0x20AB), (0x2190, 0x2193),
    (0x2212, 0x2212), (0x2260, 0x2265), (0x202F, 0x202F), (0x2011, 0x2011),
)  # fmt: skip
_FEATURES = ["ccmp", "kern", "locl", "mark", "mkmk", "liga"]


def build_fonts(target: Path) -> list[Path]:
    """Write ``be-vietnam-pro-<weight>.woff2`` for each weight into ``target``; the paths written.

    Writes only what is missing, so a second set-up takes no time.
    """
    target.mkdir(parents=True, exist_ok=True)
    paths = {name: target / f"be-vietnam-pro-{name}.woff2" for name in WEIGHTS}
    for name, path in paths.items():
        if not path.exists():
            _cut(Path(package.ROOT) / "files" / WEIGHTS[name], path)
    return list(paths.values())


def _cut(source: Path, path: Path) -> None:
    options = Options(
        flavor="woff2", layout_features=_FEATURES, hinting=False, desubroutinize=True,
        name_IDs=[0, 1, 2, 13, 14], notdef_outline=True,
    )  # fmt: skip
    font = load_font(str(source), options)
    cutter = Subsetter(options)
    cutter.populate(unicodes=[c for first, last in _RANGES for c in range(first, last + 1)])
    cutter.subset(font)
    partial = path.with_suffix(".partial")
    save_font(font, str(partial), options)
    partial.replace(path)  # an interrupted set-up leaves no half font behind


if __name__ == "__main__":
    for written in build_fonts(Path(sys.argv[1])):
        print(written.name, written.stat().st_size)
