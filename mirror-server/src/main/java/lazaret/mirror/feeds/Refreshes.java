package lazaret.mirror.feeds;

/// The services that refresh data on a schedule or on demand.
///
/// @param feeds feeds of advisories
/// @param audits audits of peers
public record Refreshes(HttpFeedRefresher feeds, HttpAuditRefresher audits) {}
