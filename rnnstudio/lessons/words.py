"""The words of a lesson without their marks."""

import re


def plain(text: str) -> str:
    """A text with ``**bold**`` and ``$mathematics$`` in it, as one reads it aloud."""
    without = re.sub(r"\*\*|\$", "", text)
    without = re.sub(r"<\w+\|([^>]*)>", r"\1", without)
    without = re.sub(r"\\([A-Za-z]+)", r"\1", without)
    return re.sub(r"([_^])\{([^}]*)\}", r"\1\2", without)
