package lazaret.vetting.queue;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import lazaret.vetting.deskapi.requests.QueueGroupsRequest.Sort;

/// A closure with the requests that a query selects from it.
///
/// @param closure the closure
/// @param items the selected requests: the root first, then the fewest lines to read; never empty
/// @param position the position of the group, before its first row
record QueueGroup(QueueClosure closure, List<QueueItem> items, QueuePosition position) {
  /// The rank that is added if the lines to read are not known.
  private static final long UNKNOWN = 1L << 52;

  /// Copies the list.
  QueueGroup {
    items = List.copyOf(items);
  }

  /// Returns a group in its order.
  ///
  /// @param items the selected requests, at least one, in any order
  static QueueGroup of(QueueClosure closure, List<QueueItem> items, Sort sort) {
    QueueRow root = closure.root();
    List<QueueItem> ordered = new ArrayList<>(items);
    ordered.sort(
        Comparator.comparing((QueueItem item) -> !item.row().key().equals(root.key()))
            .thenComparing(item -> !item.compared())
            .thenComparingLong(QueueItem::lines)
            .thenComparing(item -> item.row().key()));
    return new QueueGroup(
        closure,
        ordered,
        new QueuePosition(rank(items, sort), 0, root.name().collisionKey(), root.version().text()));
  }

  private static long rank(List<QueueItem> items, Sort sort) {
    return switch (sort) {
      case LEAST_READING -> lines(items) + (notCompared(items) == 0 ? 0 : UNKNOWN);
      case OLDEST ->
          items.stream().mapToLong(item -> item.first().getEpochSecond()).min().orElse(0);
      case MOST_REQUESTED -> -requests(items);
    };
  }

  private static long lines(List<QueueItem> items) {
    return items.stream().mapToLong(QueueItem::lines).sum();
  }

  private static long notCompared(List<QueueItem> items) {
    return items.stream().filter(item -> !item.compared()).count();
  }

  private static long requests(List<QueueItem> items) {
    return items.stream().mapToLong(QueueItem::requests).sum();
  }

  long lines() {
    return lines(items);
  }

  long notCompared() {
    return notCompared(items);
  }

  long requests() {
    return requests(items);
  }
}
