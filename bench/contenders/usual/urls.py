"""Addresses of the API."""

from rest_framework.routers import SimpleRouter

from usual.views import StationViewSet

router = SimpleRouter()
router.register("stations", StationViewSet)
urlpatterns = router.urls
