package lazaret.mirror.following;

import java.util.Map;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.atomic.LongAdder;
import org.jspecify.annotations.Nullable;

/// The counters of following since the start of the program, and its work in progress. Thread-safe.
final class FollowMeters {
  private final LongAdder requests = new LongAdder();
  private final LongAdder bytes = new LongAdder();
  private final LongAdder artifacts = new LongAdder();
  private final LongAdder failures = new LongAdder();
  private final Map<Part, String> troubles = new ConcurrentSkipListMap<>();
  private volatile @Nullable Phase phase;

  /// A part of the work that can fail alone.
  enum Part {
    FEEDS,
    INDEX,
    DUMP,
    ARTIFACTS,
    LOCKFILES
  }

  /// The work in progress.
  ///
  /// @param name the work in a few words
  /// @param total the number of steps; 0 if it is unknown
  /// @param paced whether each step that is left sends about one request
  record Phase(String name, long done, long total, boolean paced) {}

  void requested() {
    requests.increment();
  }

  void received(long count) {
    bytes.add(count);
  }

  void fetched() {
    artifacts.increment();
  }

  void failed() {
    failures.increment();
  }

  /// Reports the work in progress.
  void working(Phase now) {
    phase = now;
  }

  /// Reports that there is no work.
  void idle() {
    phase = null;
  }

  /// Reports why the last attempt of a part failed.
  ///
  /// @param why one clause without paths and credentials
  void failing(Part part, String why) {
    troubles.put(part, why);
  }

  /// Reports that the last attempt of a part succeeded.
  void works(Part part) {
    troubles.remove(part);
  }

  long requests() {
    return requests.sum();
  }

  long bytes() {
    return bytes.sum();
  }

  long artifacts() {
    return artifacts.sum();
  }

  long failures() {
    return failures.sum();
  }

  @Nullable Phase phase() {
    return phase;
  }

  /// Returns why the last attempts failed, in one clause each; null if none did.
  @Nullable String trouble() {
    String all = String.join("; ", troubles.values());
    return all.isEmpty() ? null : all;
  }
}
