"""What every template may show about the site itself."""

from django.conf import settings
from django.http import HttpRequest


def site(_request: HttpRequest) -> dict[str, object]:
    """Give `demo` (show the banner) and `build` (the version that runs)."""
    return {"demo": settings.DEMO, "build": settings.BUILD}
