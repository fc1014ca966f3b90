package lazaret.vetting.queue;

import java.time.Duration;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.ReentrantLock;
import java.util.stream.Stream;
import lazaret.vetting.desk.Desk;
import lazaret.vetting.desk.api.Infos;
import lazaret.vetting.desk.requests.RequestHistories;
import lazaret.vetting.desk.requests.RequestHistory;
import lazaret.vetting.desk.review.ReaderRegister;
import lazaret.vetting.deskapi.requests.QueueGroupInfo;
import lazaret.vetting.deskapi.requests.QueueGroupsReply;
import lazaret.vetting.deskapi.requests.QueueGroupsRequest.Tab;
import lazaret.vetting.deskapi.requests.QueueRowInfo;
import lazaret.vetting.deskapi.requests.QueueTabCountsInfo;
import org.jspecify.annotations.Nullable;

/// The queue by closure. A page costs one pass over the requests in heap; the store is read for the
/// requests that changed since the last page. Thread-safe; blocks.
final class GroupedQueue {
  /// The time for evaluations before a page; other versions are shown by their last evaluation.
  private static final Duration EVALUATIONS = Duration.ofMillis(10);

  private final Desk desk;
  private final QueueIndex index;
  private final SightingIndex sightings;
  private final ReadingCache readings;
  private final ReentrantLock lock = new ReentrantLock();
  // guarded by lock
  private @Nullable Grouping grouping;

  GroupedQueue(Desk desk, QueueIndex index, SightingIndex sightings, ReadingCache readings) {
    this.desk = desk;
    this.index = index;
    this.sightings = sightings;
    this.readings = readings;
  }

  /// The closures of the open requests, with what they were computed from.
  ///
  /// @param structure the number of [QueueIndex.View]
  /// @param ledger the last entry of the ledger
  private record Grouping(
      long structure, long ledger, SightingIndex.View sightings, List<QueueClosure> closures) {}

  /// The data that a page shows with each row.
  private record Shown(SightingIndex.View sightings, String person) {}

  /// The requests at one moment.
  private record State(QueueIndex.View view, RequestHistories histories, List<QueueItem> items) {}

  /// Returns one page of the queue.
  ///
  /// @param person the person who asks
  QueueGroupsReply list(QueueQuery query, String person) {
    State state = state();
    Map<String, QueueItem> selected = new HashMap<>();
    for (QueueItem item : state.items()) {
      if (item.open() && item.in(query.tab(), person) && item.matches(query)) {
        selected.put(item.row().key(), item);
      }
    }
    Grouping current = grouping(state);
    List<QueueGroup> groups = groups(current, selected, query);
    List<QueueGroupInfo> page = new ArrayList<>();
    QueuePosition next = page(groups, query, new Shown(current.sightings(), person), page);
    return new QueueGroupsReply(
        counts(state.items(), person),
        selected.size(),
        groups.stream().mapToLong(QueueGroup::lines).sum(),
        groups.stream().mapToLong(QueueGroup::notCompared).sum(),
        state.view().notEvaluated(),
        page,
        next == null ? null : next.toString(),
        Infos.feedWarnings(desk));
  }

  private State state() {
    QueueIndex.View view = index.refresh(EVALUATIONS);
    RequestHistories histories = desk.requests().histories();
    List<QueueItem> items = new ArrayList<>(view.rows().size());
    for (QueueRow row : view.rows()) {
      RequestHistory history = histories.of(row.name(), row.version().text());
      items.add(new QueueItem(row, history, row.state(history), readings.of(row)));
    }
    return new State(view, histories, items);
  }

  private static QueueTabCountsInfo counts(List<QueueItem> items, String person) {
    return new QueueTabCountsInfo(
        count(items, Tab.DECISION, person),
        count(items, Tab.COOLDOWN, person),
        count(items, Tab.SECOND_PERSON, person),
        count(items, Tab.MINE, person));
  }

  private static long count(List<QueueItem> items, Tab tab, String person) {
    return items.stream().filter(item -> item.in(tab, person)).count();
  }

  /// Returns the closures of all open requests. They are computed again only if the rows, the
  /// ledger or the lockfiles have changed.
  private Grouping grouping(State state) {
    List<QueueRow> open =
        state.items().stream().filter(QueueItem::open).map(QueueItem::row).toList();
    SightingIndex.View seen = sightings.view(open.stream().map(QueueRow::key).toList());
    lock.lock();
    try {
      Grouping known = grouping;
      if (known == null
          || known.structure() != state.view().structure()
          || known.ledger() != state.histories().read()
          || known.sightings().version() != seen.version()) {
        known =
            new Grouping(
                state.view().structure(),
                state.histories().read(),
                seen,
                QueueClosureBuilder.of(open, seen));
        grouping = known;
      }
      return known;
    } finally {
      lock.unlock();
    }
  }

  private static List<QueueGroup> groups(
      Grouping grouping, Map<String, QueueItem> selected, QueueQuery query) {
    List<QueueGroup> groups = new ArrayList<>();
    for (QueueClosure closure : grouping.closures()) {
      List<QueueItem> items =
          closure.rows().stream()
              .flatMap(row -> Stream.ofNullable(selected.get(row.key())))
              .toList();
      if (!items.isEmpty()) {
        groups.add(QueueGroup.of(closure, items, query.sort()));
      }
    }
    groups.sort(Comparator.comparing(QueueGroup::position));
    return groups;
  }

  /// Adds the groups of a page.
  ///
  /// @return the position after the page; null if it is the last one
  private @Nullable QueuePosition page(
      List<QueueGroup> groups, QueueQuery query, Shown shown, List<QueueGroupInfo> page) {
    QueuePosition after = query.after();
    int left = query.limit();
    QueuePosition last = null;
    for (QueueGroup group : groups) {
      QueuePosition start = group.position();
      int order = after == null ? 1 : start.compareTo(after);
      int from = order == 0 && after != null ? Math.min(after.rows(), group.items().size()) : 0;
      if (order < 0 || from == group.items().size()) {
        continue;
      }
      if (left == 0) {
        return last;
      }
      int to = Math.min(group.items().size(), from + left);
      page.add(info(group, group.items().subList(from, to), shown));
      left -= to - from;
      last = new QueuePosition(start.rank(), to, start.name(), start.version());
      if (to < group.items().size()) {
        return last;
      }
    }
    return null;
  }

  private QueueGroupInfo info(QueueGroup group, List<QueueItem> items, Shown shown) {
    QueueRow root = group.closure().root();
    boolean alone = group.closure().added().isEmpty();
    BitSet lockfiles = new BitSet();
    group.items().forEach(item -> lockfiles.or(shown.sightings().of(item.row().key())));
    List<QueueRowInfo> rows =
        items.stream().map(item -> QueueRowInfos.of(item, readers(item, shown))).toList();
    return new QueueGroupInfo(
        alone ? null : root.name(),
        alone ? null : root.version(),
        group.closure().rows().size(),
        group.lines(),
        group.notCompared(),
        lockfiles.cardinality(),
        group.requests(),
        rows);
  }

  private List<ReaderRegister.Entry> readers(QueueItem item, Shown shown) {
    return desk.reviews().readers().others(shown.person(), item.row().request().id().cksum());
  }
}
