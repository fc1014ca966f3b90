package lazaret.vetting.desk.lockfiles;

import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicLongArray;
import java.util.function.BooleanSupplier;
import lazaret.vetting.TimeSpan;
import lazaret.vetting.advisory.FeedAge;
import lazaret.vetting.crates.CrateName;
import lazaret.vetting.crates.CrateVersion;
import lazaret.vetting.crates.Sha256;
import lazaret.vetting.gate.context.BoundedCache;
import lazaret.vetting.gate.evaluation.CrateStates;
import lazaret.vetting.lockfile.LockedPackage;
import lazaret.vetting.policy.rules.Rulebook;
import lazaret.vetting.policy.rules.Rulebook.CrateGeneration;
import org.jspecify.annotations.Nullable;

/// The cache of the results for single packages of lockfiles. A project checks the same packages at
/// each commit, and an evaluation reads all data of the crate. For a thousand packages that is more
/// than the heap keeps.
///
/// A result is valid until a known moment, for one snapshot, until the crate changes, and while the
/// rulebook has the same content about the crate. A feed that names other crates does not
/// invalidate it. It expires after ten minutes, since it contains ages. A result that depends on
/// other crates is not cached, since their changes are not observed. Thread-safe.
public final class LockfileAnswerCache {
  private static final Duration LONGEST = Duration.ofMinutes(10);
  private static final Duration ALARM_PAUSE = Duration.ofDays(1);
  private static final int MAX_ANSWERS = 20_000;
  private static final int STRIPES = 1 << 10;

  private final BoundedCache<PackageKey, Entry> answers = new BoundedCache<>(MAX_ANSWERS, _ -> 1);

  /// The pauses before the next alarm about private names, by its subject.
  private final BoundedCache<String, TimeSpan> alarms = new BoundedCache<>(1_000, _ -> 1);

  /// The number of changes of each stripe of crates.
  private final AtomicLongArray changes = new AtomicLongArray(STRIPES);

  private final AtomicLong allChanges = new AtomicLong();

  private LockfileAnswerCache() {}

  /// Creates an empty cache that follows the changes of these crates.
  public static LockfileAnswerCache of(CrateStates files) {
    LockfileAnswerCache answers = new LockfileAnswerCache();
    files.onChange(answers::changed, answers::changedAll);
    return answers;
  }

  /// A package, with all of its properties that the result depends on.
  record PackageKey(CrateName name, CrateVersion version, Sha256 checksum) {}

  /// The data that all packages of a lockfile share.
  ///
  /// @param rulebook the rulebook in force
  /// @param head the sequence of the served snapshot
  /// @param age the age of the feeds
  record Basis(Rulebook rulebook, long head, FeedAge age) {
    CrateGeneration generation(CrateName name) {
      return rulebook.crateGeneration(name, age);
    }

    /// Returns whether another basis gives the same verdicts, which may name other ages.
    boolean equalsButForTime(Basis other) {
      return rulebook == other.rulebook && head == other.head && age.state() == other.age.state();
    }
  }

  /// A cached result.
  ///
  /// @param ownBytes whether the result depends on no other bytes than those of the package, and no
  ///   feed named these
  private record Entry(
      LockfileReport.Line line,
      CrateGeneration generation,
      boolean ownBytes,
      long head,
      long changes,
      @Nullable Instant until,
      Instant entry) {
    boolean holds(PackageKey question, Basis basis, Instant now) {
      CrateGeneration current = basis.generation(question.name());
      boolean sameBytes = generation.bytes().equals(current.bytes());
      boolean unnamed = ownBytes && !basis.rulebook().advisories().namesBytes(question.checksum());
      return head == basis.head()
          && generation.equalsButForBytes(current)
          && (sameBytes || unnamed)
          && (until == null || now.isBefore(until))
          && TimeSpan.from(entry, LONGEST).holds(now);
    }
  }

  /// Raises an alarm about a private name in a lockfile, unless one about its subject was raised
  /// within a day.
  ///
  /// @param subject the collision key of a private name, or the pattern of reserved ones
  /// @param raise raises it, and returns whether the ledger has it
  void alarm(String subject, Instant now, BooleanSupplier raise) {
    TimeSpan last = alarms.get(subject);
    if (last != null && last.holds(now)) {
      return;
    }
    // First, so that the other packages of a lockfile raise no more.
    alarms.put(subject, TimeSpan.from(now, ALARM_PAUSE));
    boolean raised = false;
    try {
      raised = raise.getAsBoolean();
    } finally {
      if (!raised) {
        alarms.remove(subject);
      }
    }
  }

  /// Records that data behind a verdict has changed. The change must already be visible to readers.
  private void changed(CrateName name) {
    changes.incrementAndGet(stripe(name));
    allChanges.incrementAndGet();
  }

  private void changedAll() {
    for (int i = 0; i < STRIPES; i++) {
      changes.incrementAndGet(i);
    }
    allChanges.incrementAndGet();
  }

  /// Returns the change counter of all crates. It must be read before the state of a crate.
  long changes() {
    return allChanges.get();
  }

  /// Returns the change counter of a crate. A later difference means that the crate may have
  /// changed. It must be read before the crate's state.
  long changes(CrateName name) {
    return changes.get(stripe(name));
  }

  private static int stripe(CrateName name) {
    return name.collisionKey().hashCode() & (STRIPES - 1);
  }

  /// Returns the valid result for a package, perhaps from another lockfile, or null if there is
  /// none.
  LockfileReport.@Nullable Line find(
      PackageKey question, LockedPackage locked, Basis basis, Instant now) {
    Entry known = answers.get(question);
    if (known == null
        || known.changes() != changes(question.name())
        || !known.holds(question, basis, now)) {
      return null;
    }
    return known.line().of(locked);
  }

  /// Caches a result that rests on its crate and the shared data alone.
  ///
  /// @param until the earliest moment at which time changes it; null if there is none
  /// @param changes the result of [#changes(CrateName)] before the evaluation
  void entry(
      PackageKey question,
      LockfileReport.Line line,
      Basis basis,
      @Nullable Instant until,
      long changes,
      Instant now) {
    boolean ownBytes =
        line.status() == LockfileReport.Status.SERVED
            && !basis.rulebook().advisories().namesBytes(question.checksum());
    answers.put(
        question,
        new Entry(
            line, basis.generation(question.name()), ownBytes, basis.head(), changes, until, now));
  }
}
