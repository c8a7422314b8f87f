"""What governments did about the stations, and what their police agreed with that of the accused state."""

from responses.models.agreement import Agreement
from responses.models.response import Response

__all__ = ["Agreement", "Response"]
