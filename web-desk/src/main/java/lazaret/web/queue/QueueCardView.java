package lazaret.web.queue;

import java.util.List;
import lazaret.vetting.deskapi.requests.QueueGroupInfo;
import lazaret.vetting.deskapi.requests.QueueRowInfo;
import org.jspecify.annotations.Nullable;

/// A card of the queue: a closure with its heading, or versions alone without one.
///
/// @param heading the heading of a closure; for versions alone a name for screen readers, unique on
///   the page
/// @param group the closure; null for versions alone
/// @param rows the versions, at least one
public record QueueCardView(
    String heading, @Nullable QueueGroupInfo group, List<QueueRowInfo> rows) {
  public QueueCardView {
    rows = List.copyOf(rows);
  }
}
