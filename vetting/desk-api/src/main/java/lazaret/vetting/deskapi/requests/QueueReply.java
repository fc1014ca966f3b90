package lazaret.vetting.deskapi.requests;

import java.util.List;
import lazaret.vetting.deskapi.crates.ReasonInfo;

/// The queue of requested versions, the latest first.
///
/// @param more the number of open requests that are not shown
/// @param dropped the number of requests that were dropped because of a limit
/// @param expired the number of requests that were dropped because of their age
/// @param counts the number of requests in each state
/// @param requests the requests
/// @param feedWarnings warnings about the age of the feeds; empty while all feeds are fresh
public record QueueReply(
    long more,
    long dropped,
    long expired,
    QueueCountsInfo counts,
    List<QueuedRequestInfo> requests,
    List<ReasonInfo> feedWarnings) {
  public QueueReply {
    requests = List.copyOf(requests);
    feedWarnings = List.copyOf(feedWarnings);
  }
}
