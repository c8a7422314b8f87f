"""What is reported about overseas police stations: places, and what is claimed about the matter."""

from stations.models.claim import Claim
from stations.models.station import Reply, Station, StationName

__all__ = ["Claim", "Reply", "Station", "StationName"]
