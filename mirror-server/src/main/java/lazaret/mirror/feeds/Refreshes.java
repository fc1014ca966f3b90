package lazaret.mirror.feeds;

/// What fetches data from elsewhere on a schedule or on demand.
///
/// @param feeds feeds of advisories
/// @param audits other people's audits
public record Refreshes(FeedRefresh feeds, AuditRefresh audits) {}
