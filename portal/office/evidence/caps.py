"""How much one evidence file may cost: bytes, pixels, pages, cells, memory and time."""

from dataclasses import dataclass

MB = 1024 * 1024


@dataclass(frozen=True, slots=True, kw_only=True)
class Caps:
    """Limits on one file. Sizes are bytes (1 MB as a file manager counts it), times are seconds.

    Pixels are capped by format because decoders differ in what a pixel costs them: JPEG can be
    decoded at half size, WebP keeps three whole frames. The defaults were measured to fit `memory`.
    """

    file_bytes: int = 10 * MB
    published_bytes: int = 20 * MB
    jpeg_pixels: int = 50_000_000
    png_pixels: int = 36_000_000
    webp_pixels: int = 8_000_000
    side_pixels: int = 16_000  # PNG and WebP headers may promise a picture one pixel high
    published_pixels: int = 13_000_000  # a phone's 12 megapixels stay as they are
    pages: int = 60
    page_pixels: int = 9_000_000  # A4 at 150 dots an inch has 2.2 million, A2 8.7
    dots_per_inch: int = 150
    members: int = 1_000
    unpacked_bytes: int = 40 * MB
    part_bytes: int = 16 * MB
    sheets: int = 30
    cells: int = 50_000
    blocks: int = 20_000  # paragraphs and table cells of a text document
    pictures: int = 40
    memory: int = 256 * MB  # resident, of the process that parses
    cpu_seconds: int = 5
    wall_seconds: int = 30  # a busy machine may take longer than the processor time says
