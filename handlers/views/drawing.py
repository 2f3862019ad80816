"""What the pictures have in common: colours, letters, and a small file.

Roboto is the font because it has every letter of the three languages and comes from the package registry; Pillow's own
has no accents. A picture has few colours, so that it is small on a slow line.
"""

from functools import cache
from importlib.resources import as_file, files
from io import BytesIO

from PIL import Image, ImageFont

INK, FAINT, PAPER = "#1d2733", "#68727f", "#ffffff"


def png(image: Image.Image, colours: int) -> bytes:
    """The picture as a file, in so many colours; rare ones stay what they are."""
    made = BytesIO()
    image.quantize(colours, Image.Quantize.MAXCOVERAGE).save(made, "PNG", optimize=True)
    return made.getvalue()


@cache
def font(size: int, *, bold: bool = False) -> ImageFont.FreeTypeFont:
    """Roboto in that size (pixels)."""
    name = "Roboto-Bold.ttf" if bold else "Roboto-Regular.ttf"
    with as_file(files("font_roboto") / "files" / name) as path:
        return ImageFont.truetype(path, size)
