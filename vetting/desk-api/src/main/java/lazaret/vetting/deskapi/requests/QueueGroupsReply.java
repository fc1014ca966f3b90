package lazaret.vetting.deskapi.requests;

import java.util.List;
import lazaret.vetting.deskapi.crates.ReasonInfo;
import org.jspecify.annotations.Nullable;

/// One page of the queue, grouped by closure.
///
/// @param counts the number of requests in each part of the queue, without filters
/// @param total the number of requests that the filters select
/// @param lines the lines to read of the selected requests that are compared
/// @param notCompared the number of selected requests that are not compared yet
/// @param notEvaluated the number of requests whose verdict is being computed again
/// @param groups the groups in order
/// @param next the value of `after` for the next page; null if this is the last one
/// @param feedWarnings warnings about the age of the feeds; empty while all feeds are fresh
public record QueueGroupsReply(
    QueueTabCountsInfo counts,
    long total,
    long lines,
    long notCompared,
    long notEvaluated,
    List<QueueGroupInfo> groups,
    @Nullable String next,
    List<ReasonInfo> feedWarnings) {
  public QueueGroupsReply {
    groups = List.copyOf(groups);
    feedWarnings = List.copyOf(feedWarnings);
  }
}
