"""What the worker does for whoever watches over it."""

from django_tasks import task


@task
def answer() -> None:
    """Do nothing: that it was done is the answer."""
