"""Whether a picture on the web can go into a newsletter: it is there, it is a picture, and it is not too large."""

from typing import Final

import aiohttp

from handlers.call import PictureTrouble

LARGEST: Final = 2_000_000
"""Bytes: many readers are on slow lines, and each of them loads it."""

PATIENCE: Final = 1.5
"""Seconds: an answer to a form has three in all."""

NO_HEAD: Final = frozenset({403, 405, 501})
"""Servers that do not answer HEAD; they are asked with GET, of which nothing more is read than is needed."""


class Pictures:
    """Looks at addresses that writers enter. Nothing of what is found there is shown or kept."""

    def __init__(self, session: aiohttp.ClientSession) -> None:
        self._session = session

    async def look(self, address: str) -> PictureTrouble | None:
        """What is wrong with it; None where it can be used."""
        timeout = aiohttp.ClientTimeout(total=PATIENCE)
        try:
            async with self._session.head(address, timeout=timeout, allow_redirects=True) as answer:
                if answer.status not in NO_HEAD and answer.content_length is not None:
                    return _trouble(answer, answer.content_length)
            async with self._session.get(address, timeout=timeout) as answer:
                if trouble := _trouble(answer, answer.content_length or 0):
                    return trouble
                size = 0
                async for part in answer.content.iter_chunked(65_536):
                    size += len(part)
                    if size > LARGEST:
                        return PictureTrouble.TOO_LARGE
                return None
        except (TimeoutError, aiohttp.ClientError, ValueError, OSError):
            return PictureTrouble.UNREACHABLE


def _trouble(answer: aiohttp.ClientResponse, size: int) -> PictureTrouble | None:
    if answer.status != 200:
        return PictureTrouble.UNREACHABLE
    if not answer.content_type.startswith("image/"):
        return PictureTrouble.NO_PICTURE
    return PictureTrouble.TOO_LARGE if size > LARGEST else None
