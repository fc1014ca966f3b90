package lazaret.vetting.queue;

import static java.lang.System.Logger.Level.DEBUG;
import static java.lang.System.Logger.Level.WARNING;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import lazaret.vetting.ErrorCode;
import lazaret.vetting.LazaretException;
import lazaret.vetting.desk.requests.RequestHistory;
import lazaret.vetting.desk.requests.RequestState;
import lazaret.vetting.desk.review.CodeDeltaService.Prepared;
import lazaret.vetting.desk.review.ReviewParts;
import lazaret.vetting.desk.review.ReviewReport.NotReadable;
import lazaret.vetting.desk.review.ReviewService;
import lazaret.vetting.gate.Gate;
import lazaret.vetting.gate.context.GateContext;
import lazaret.vetting.gate.serving.VersionFinder;
import lazaret.vetting.gate.serving.VersionLookup;
import lazaret.vetting.gate.store.StoreException;
import lazaret.vetting.index.StoredLine;
import lazaret.vetting.queue.ReadingCache.Reading;
import lazaret.vetting.review.CrateDiff;
import lazaret.vetting.review.DiffLimits;
import org.jspecify.annotations.Nullable;

/// The background work on the queue: it evaluates queued versions again and compares them with
/// vetted versions, one at a time. A comparison fetches artifacts by the ordinary admission, as a
/// review does. Start and stop are for one thread.
final class QueueTask {
  private static final System.Logger LOG = System.getLogger(QueueTask.class.getName());
  private static final Duration EVERY = Duration.ofSeconds(1);
  private static final Duration AFTER_FAILURE = Duration.ofMinutes(1);

  /// The time after the first request at which a version is compared, so that the build that
  /// requests many versions is served first.
  private static final Duration DELAY = Duration.ofSeconds(5);

  /// The time for evaluations at once, during which a page waits.
  private static final Duration EVALUATIONS = Duration.ofMillis(20);

  /// The maximum number of times that one round evaluates.
  private static final int REPEATS = 50;

  /// The maximum number of versions that one round compares, so that new requests do not wait for
  /// all old ones.
  private static final int COMPARISONS = 20;

  private static final String UNLISTED = "the index does not list it";
  private static final String FAILED = "the comparison failed; the log has the cause";

  private final QueueIndex index;
  private final ReadingCache readings;
  private final Parts others;
  private final Clock clock;
  private final VersionFinder finder;
  private final ReviewService reviews;
  private @Nullable Thread thread;

  /// Creates a task.
  ///
  /// @param others the other services that are prepared
  QueueTask(GateContext parts, Gate gate, QueueIndex index, ReadingCache readings, Parts others) {
    this.index = index;
    this.readings = readings;
    this.others = others;
    this.clock = parts.clock();
    this.finder = gate.finder();
    this.reviews = new ReviewService(parts, gate.files(), gate.admission(), DiffLimits.COUNT);
  }

  /// The other services that are prepared.
  ///
  /// @param data brings data up to date that the pages of the queue read
  /// @param reviews the services for the parts of a review
  /// @param compared receives each difference that was prepared
  record Parts(Runnable data, ReviewParts reviews, Consumer<Prepared> compared) {}

  void start() {
    thread = Thread.ofPlatform().daemon().name("queue").start(this::run);
  }

  void stop() {
    Thread running = thread;
    if (running != null) {
      running.interrupt();
      try {
        running.join(Duration.ofSeconds(5));
      } catch (InterruptedException _) {
        Thread.currentThread().interrupt();
      }
    }
  }

  private void run() {
    Duration pause = EVERY;
    while (!Thread.currentThread().isInterrupted()) {
      try {
        TimeUnit.NANOSECONDS.sleep(pause.toNanos());
        round();
        pause = EVERY;
      } catch (InterruptedException _) {
        return;
      } catch (RuntimeException e) {
        if (!Thread.currentThread().isInterrupted()) {
          LOG.log(WARNING, "the queue was not prepared in the background", e);
        }
        pause = AFTER_FAILURE;
      }
    }
  }

  /// Evaluates and compares some versions.
  void round() {
    others.data().run();
    QueueIndex.View view = index.refresh(EVALUATIONS);
    for (int i = 0; i < REPEATS && view.notEvaluated() > 0; i++) {
      view = index.refresh(EVALUATIONS);
    }
    List<QueueRow> next = due(view);
    for (QueueRow row : next) {
      if (Thread.currentThread().isInterrupted()) {
        return;
      }
      compare(row);
    }
  }

  /// Returns the versions to compare, at most [#COMPARISONS].
  private List<QueueRow> due(QueueIndex.View view) {
    List<QueueRow> due = new ArrayList<>();
    Instant now = clock.instant();
    for (QueueRow row : view.rows()) {
      if (!row.request().first().plus(DELAY).isAfter(now) && readings.isDue(row, now)) {
        due.add(row);
      }
    }
    due.sort(
        Comparator.comparing((QueueRow row) -> readings.of(row) != null)
            .thenComparing(QueueTask::waits)
            .thenComparing(row -> row.request().first()));
    return due.subList(0, Math.min(COMPARISONS, due.size()));
  }

  /// Versions for which a person must decide come before those that wait for time.
  private static boolean waits(QueueRow row) {
    return row.state(RequestHistory.NONE) != RequestState.WAITING;
  }

  private void compare(QueueRow row) {
    long before = readings.changes(row.name());
    readings.put(row, reading(row), before);
  }

  /// Returns the reading of a version. A failure concerns that version alone, unless the store
  /// failed: the comparison of the others goes on.
  private Reading reading(QueueRow row) {
    try {
      return switch (finder.find(row.name(), row.version())) {
        case VersionLookup.NotFound _ -> unread(ErrorCode.UNKNOWN, UNLISTED);
        case VersionLookup.Found found -> compared(found);
      };
    } catch (RuntimeException e) {
      if (Thread.currentThread().isInterrupted() || concernsAll(e)) {
        throw e;
      }
      LOG.log(WARNING, "the queued version " + row.key() + " was not compared", e);
      return unread(ErrorCode.INTERNAL, FAILED);
    }
  }

  private static boolean concernsAll(RuntimeException e) {
    return e instanceof StoreException failure && failure.code() != ErrorCode.STORE_CORRUPT;
  }

  private Reading unread(ErrorCode code, String detail) {
    return new Reading(clock.instant(), null, null, new NotReadable(code, detail));
  }

  private Reading compared(VersionLookup.Found found) {
    ReviewService.Comparison comparison = reviews.read(found, null);
    CrateDiff diff = comparison.diff();
    if (diff != null) {
      prepare(found, comparison.baseLine());
    }
    return new Reading(
        clock.instant(), comparison.base(), diff == null ? null : diff.stat(), comparison.unread());
  }

  /// Prepares the review of a version. A failure is reported by the review itself.
  private void prepare(VersionLookup.Found found, @Nullable StoredLine base) {
    try {
      others.compared().accept(others.reviews().code().prepareQueued(found, base));
      others.reviews().capabilities().prepare(found);
    } catch (LazaretException e) {
      LOG.log(DEBUG, "a review was not prepared: {0}", e.getMessage());
    }
  }
}
