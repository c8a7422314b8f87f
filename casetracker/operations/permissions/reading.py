"""What is published, for everybody."""

from casetracker.operations.permissions.model import EVERYBODY, NOBODY, Answer, Person, Rule

_NOT_FOUND = dict.fromkeys(Person, Answer.NOT_FOUND)

RULES = (
    Rule(
        "Read what is published: pages",
        "GET",
        (
            *("/", "robots.txt", "sitemap", "sitemap-section", "home", "map", "statistics", "timeline", "search"),
            *("stations", "station", "station-version", "station-cite", "governments", "government"),
            *("responses", "response", "response-version", "response-cite"),
            *("agreements", "agreement", "agreement-version", "agreement-cite"),
            *("claims", "claim", "claim-version", "claim-cite", "sources", "source", "source-cite"),
            *("corrections", "feeds", "feed-all", "feed-corrections", "feed-status", "feed-country"),
            *("log", "reply", "card", "method", "downloads", "columns", "package-cite"),
        ),
        EVERYBODY,
    ),
    Rule(
        "Read what is published: the API",
        "GET",
        (
            *("api", "schema", "api-docs", "api-search", "api-changes", "api-statistics", "api-status-history"),
            *("api-stations", "api-station", "api-station-versions", "api-station-version"),
            *("api-responses", "api-response", "api-response-versions", "api-response-version"),
            *("api-agreements", "api-agreement", "api-agreement-versions", "api-agreement-version"),
            *("api-claims", "api-claim", "api-claim-versions", "api-claim-version"),
            *("api-governments", "api-government", "api-sources", "api-source"),
            *("api-packages", "api-package-latest", "api-package-file"),
            *("api-log", "api-log-entry", "api-checkpoints", "api-checkpoint-keys", "api-verifier"),
        ),
        EVERYBODY,
    ),
    Rule("Health, for the machine that starts the site anew", "GET", ("health-live", "health-ready"), EVERYBODY),
    Rule("Metrics, for a program that has the token", "GET", ("metrics",), NOBODY, but=_NOT_FOUND),
    Rule("Any other address of the API", "GET", ("api-unknown",), NOBODY, but=_NOT_FOUND),
)
