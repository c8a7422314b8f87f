"""Second factors: codes of an app, passkeys, and codes on paper."""
