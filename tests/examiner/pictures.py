"""Small pictures as a notebook holds them."""

import base64
import io

from PIL import Image


def picture(kind="PNG", size=(3, 2)):
    """Return a picture in base64."""
    buffer = io.BytesIO()
    Image.new("RGB", size, "red").save(buffer, kind)
    return base64.b64encode(buffer.getvalue()).decode()
