"""Addresses for programs that watch over a site. The desk has them; the public side does not."""

from django.urls import path

from casetracker.operations.monitoring import views

urlpatterns = [
    path("health/live", views.live, name="health-live"),
    path("health/ready", views.ready, name="health-ready"),
    path("metrics", views.metrics, name="metrics"),
]
