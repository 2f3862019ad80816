"""Values carried by a form from one step to the next, in the 3,000 characters that Slack keeps with it."""

import json
import zlib
from base64 import urlsafe_b64decode, urlsafe_b64encode
from collections.abc import Mapping
from typing import Any, Final

from handlers.call import StaleValue

ROOM: Final = 2_700
"""The rest is for the address of the message behind the form."""

LARGEST: Final = 20_000


def packed(values: Mapping[str, Any]) -> str | None:
    """The values as text; None where they do not fit."""
    written = json.dumps(values, ensure_ascii=False, separators=(",", ":")).encode()
    text = urlsafe_b64encode(zlib.compress(written, 9)).decode()
    return text if len(text) <= ROOM else None


def unpacked(text: str) -> dict[str, Any]:
    """What `packed` wrote. Raises StaleValue for anything else."""
    try:
        written = zlib.decompressobj().decompress(urlsafe_b64decode(text.encode()), LARGEST)
        values = json.loads(written)
    except (ValueError, zlib.error) as error:
        raise StaleValue(text) from error
    if not isinstance(values, dict):
        raise StaleValue(text)
    return values
