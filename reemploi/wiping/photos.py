"""Photos of a screen: drawn again from their pixels, so that nothing else of the file (place, time, owner) is kept."""

import io

from PIL import Image, ImageOps, UnidentifiedImageError

from reemploi.errors import Refused
from reemploi.sentences import N_

FORMATS = ("JPEG", "PNG", "WEBP")
LONGEST_SIDE = 1600
MOST_PIXELS = 60_000_000
QUALITY = 82


def redrawn(content: bytes) -> bytes:
    """The photo as a JPEG of at most 1,600 pixels a side, without its metadata.

    Raises Refused for what is no photo (JPEG, PNG, WebP), is damaged, or has too many pixels.
    """
    try:
        with Image.open(io.BytesIO(content), formats=FORMATS) as photo:
            if photo.width * photo.height > MOST_PIXELS:
                raise Refused(N_("Cette photo a trop de pixels. Prenez-la en qualité moyenne."), code="photo")
            upright = ImageOps.exif_transpose(photo).convert("RGB")
    except (UnidentifiedImageError, Image.DecompressionBombError, OSError, ValueError, SyntaxError) as damaged:
        raise Refused(N_("Cette photo ne se lit pas. Déposez une photo JPEG ou PNG."), code="photo") from damaged
    upright.thumbnail((LONGEST_SIDE, LONGEST_SIDE))
    drawn = io.BytesIO()
    upright.save(drawn, "JPEG", quality=QUALITY)
    return drawn.getvalue()
