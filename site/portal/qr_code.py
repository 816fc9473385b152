"""QR codes, drawn here: a printed page leads back to its address, and no other website is asked for the picture."""

import io

import segno
from django.utils.safestring import SafeString, mark_safe


def svg(text: str, label: str) -> SafeString:
    """Return a code as an inline picture without any style of its own, so that it is as large as the page wants it."""
    code = segno.make(text, error="m", micro=False)
    picture = code.svg_inline(border=2, omitsize=True, svgclass="qr-code", lineclass=None, title=label, desc=None)
    return mark_safe(picture.replace("<svg ", '<svg role="img" ', 1))  # segno escapes the title


def picture(text: str) -> str:
    """Return a code as an SVG file of its own, for a program that lays out paper."""
    file = io.BytesIO()
    segno.make(text, error="m", micro=False).save(file, kind="svg", border=2, xmldecl=False)
    return file.getvalue().decode()
