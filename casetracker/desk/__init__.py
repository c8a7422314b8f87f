"""The desk: where signed-in colleagues log, verify, approve and publish."""
