"""Pictures: what is seen stays as it was seen, upright and in its colours; phones' habits are borne."""

import contextlib
import io
import struct

import papers
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image, ImageCms

from portal.office.evidence.caps import Caps
from portal.office.evidence.cleaning import CleanFile, clean
from portal.office.evidence.exit_gate import check_out
from portal.office.evidence.faults import FileRefused
from portal.office.evidence.kinds import Kind
from portal.office.evidence.wording import Dropped


def opened(made: CleanFile) -> Image.Image:
    return Image.open(io.BytesIO(made.data)).convert("RGB")


def two_colours(mode: str = "RGB") -> Image.Image:
    """Red on the left, blue on the right."""
    image = Image.new("RGB", (80, 40), (200, 30, 30))
    image.paste((30, 30, 200), (40, 0, 80, 40))
    return image.convert(mode)


def is_like(pixel: object, wanted: tuple[int, int, int]) -> bool:
    assert isinstance(pixel, tuple)
    return all(abs(a - b) < 40 for a, b in zip(pixel, wanted, strict=True))


@pytest.mark.parametrize(
    ("turn", "red_at"),
    [
        (1, (5, 20)),
        (2, (75, 20)),
        (3, (75, 20)),
        (4, (5, 20)),
        (5, (20, 5)),
        (6, (20, 5)),
        (7, (20, 75)),
        (8, (20, 75)),
    ],
)
def test_a_photo_is_turned_upright(turn: int, red_at: tuple[int, int]) -> None:
    exif = Image.Exif()
    exif[0x0112] = turn
    made = clean(papers.saved(two_colours(), "JPEG", exif=exif, quality=95), filename="a")
    assert (made.width, made.height) == ((80, 40) if turn < 5 else (40, 80))
    assert is_like(opened(made).getpixel(red_at), (200, 30, 30))


@pytest.mark.parametrize("mode", ["RGB", "RGBA", "P", "L", "LA", "1", "I;16"])
def test_every_kind_of_png_keeps_its_look(mode: str) -> None:
    if mode == "I;16":
        image = Image.new("I;16", (80, 40), 40_000)
        wanted = (156, 156, 156)
    else:
        image = two_colours(mode)
        wanted = image.convert("RGB").getpixel((5, 20))  # type: ignore[assignment]
    made = clean(papers.saved(image, "PNG"), filename="a")
    assert made.kind is Kind.PNG
    assert is_like(opened(made).getpixel((5, 20)), wanted)


def test_printers_colours_become_screen_colours() -> None:
    made = clean(papers.saved(two_colours("CMYK"), "JPEG", quality=95), filename="a")
    assert is_like(opened(made).getpixel((5, 20)), (200, 30, 30))


def test_a_profile_is_applied_before_it_is_dropped() -> None:
    wide = ImageCms.ImageCmsProfile(ImageCms.createProfile("XYZ")).tobytes()
    assert Dropped.COLOUR_PROFILE in clean(papers.png(icc_profile=wide), filename="a").dropped
    srgb = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()
    made = clean(papers.saved(two_colours(), "PNG", icc_profile=srgb), filename="a")
    assert is_like(opened(made).getpixel((5, 20)), (200, 30, 30))


def test_what_is_transparent_becomes_white() -> None:
    image = Image.new("RGBA", (20, 20), (255, 0, 0, 0))
    made = clean(papers.saved(image, "PNG"), filename="a")
    assert opened(made).getpixel((10, 10)) == (255, 255, 255)
    assert Dropped.TRANSPARENCY in made.dropped


@pytest.mark.parametrize(("lossless", "kind"), [(True, Kind.PNG), (False, Kind.JPEG)])
def test_webp_comes_out_as_what_every_reader_knows(lossless: bool, kind: Kind) -> None:
    image = two_colours().resize((400, 200))
    made = clean(papers.saved(image, "WEBP", lossless=lossless), filename="a")
    assert (made.kind, made.width) == (kind, 400)


def test_a_large_photo_is_reduced_and_says_so() -> None:
    caps = Caps(published_pixels=100_000)
    for form in ("JPEG", "PNG", "WEBP"):
        made = clean(papers.saved(two_colours().resize((800, 400)), form), filename="a", caps=caps)
        assert made.width * made.height <= 100_000
        assert made.width == 2 * made.height
        assert Dropped.SIZE_REDUCED in made.dropped
        assert is_like(opened(made).getpixel((5, 20)), (200, 30, 30))


def test_of_an_animation_the_first_picture_stays() -> None:
    second = Image.new("RGB", (80, 40), "green")
    for form in ("PNG", "WEBP"):
        data = papers.saved(two_colours(), form, save_all=True, append_images=[second], duration=100)
        made = clean(data, filename="a")
        assert Dropped.ANIMATION in made.dropped
        assert is_like(opened(made).getpixel((5, 20)), (200, 30, 30))


def test_what_a_phone_adds_is_left_out_not_refused() -> None:
    film = b"\0\0\0\x18ftypmp42\0\0\0\0mp42isom" + struct.pack(">I", 108) + b"mdat" + b"x" * 100
    for behind in (papers.jpeg(), b"\0\0" + papers.jpeg() + papers.jpeg(), film, b"\0" * 64, b"\xff\xff"):
        made = clean(papers.jpeg() + behind, filename="a")
        assert made.kind is Kind.JPEG


@settings(max_examples=300, deadline=None)
@given(data=st.data())
def test_a_spoilt_picture_is_refused_or_clean(data: st.DataObject) -> None:
    sound = data.draw(st.sampled_from([papers.png(), papers.jpeg(), papers.webp()]))
    at = data.draw(st.integers(0, len(sound) - 1))
    spoilt = (
        sound[:at] + data.draw(st.binary(min_size=1, max_size=8)) + sound[at + data.draw(st.integers(0, 8)) :]
    )
    with contextlib.suppress(FileRefused):
        check_out((made := clean(spoilt, filename="a")).data, made.kind)
