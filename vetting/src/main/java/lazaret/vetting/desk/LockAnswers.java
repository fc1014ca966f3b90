package lazaret.vetting.desk;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.atomic.AtomicLongArray;
import lazaret.vetting.advisory.FeedAge;
import lazaret.vetting.crates.CrateName;
import lazaret.vetting.crates.CrateVersion;
import lazaret.vetting.crates.Sha256;
import lazaret.vetting.lockfile.LockedPackage;
import lazaret.vetting.policy.Reason;
import lazaret.vetting.policy.Rulebook;
import lazaret.vetting.policy.Rulebook.Bearing;
import lazaret.vetting.timing.TimeSpan;
import org.jspecify.annotations.Nullable;

/// What was answered about single packages of lockfiles. A project asks the same at each commit,
/// and to judge one package, everything that is held of its crate must be read: of a thousand
/// packages more than the heap keeps.
///
/// An answer holds until a moment that is known, for one snapshot, until anything changes the
/// crate, and as long as the rulebook says of the crate what it said: a feed that names other
/// crates leaves it as it is. Not longer than ten minutes, since ages are part of what is told.
/// What depends on other crates is not remembered, since nothing tells when they change.
/// Thread-safe.
final class LockAnswers {
  private static final Duration LONGEST = Duration.ofMinutes(10);
  private static final int MAX_ANSWERS = 20_000;
  private static final int STRIPES = 1 << 10;

  private final BoundedMemory<Question, Answer> answers = new BoundedMemory<>(MAX_ANSWERS, _ -> 1);

  /// How often a crate, or another of the same stripe, was changed.
  private final AtomicLongArray changes = new AtomicLongArray(STRIPES);

  /// What is asked: everything of a package that its answer depends on.
  record Question(CrateName name, CrateVersion version, Sha256 checksum) {}

  /// What is the same for all packages of a lockfile.
  ///
  /// @param head the snapshot that is served
  /// @param age how old the feeds are
  record Ground(Rulebook rulebook, long head, FeedAge age) {
    Bearing bearing(CrateName name) {
      return rulebook.bearing(name, age);
    }
  }

  /// @param ownBytes whether no other bytes than those that were asked about have a part in it, and
  ///   no feed named these
  private record Answer(
      LockReport.Standing standing,
      List<Reason> reasons,
      String detail,
      @Nullable CrateVersion instead,
      @Nullable Instant expires,
      Bearing bearing,
      boolean ownBytes,
      long head,
      long changes,
      @Nullable Instant until,
      Instant given) {
    boolean holds(Question question, Ground ground, Instant now) {
      Bearing current = ground.bearing(question.name());
      boolean sameBytes = bearing.bytes().equals(current.bytes());
      boolean unnamed = ownBytes && !ground.rulebook().advisories().namesBytes(question.checksum());
      return head == ground.head()
          && bearing.equalsButForBytes(current)
          && (sameBytes || unnamed)
          && (until == null || now.isBefore(until))
          && TimeSpan.from(given, LONGEST).holds(now);
    }
  }

  /// Notes that something that a verdict rests on has changed, after whoever asks from now on can
  /// see it.
  void changed(CrateName name) {
    changes.incrementAndGet(stripe(name));
  }

  /// Returns what tells later whether a crate has changed since now; to be asked before the crate's
  /// file is read.
  long changes(CrateName name) {
    return changes.get(stripe(name));
  }

  private static int stripe(CrateName name) {
    return name.collisionKey().hashCode() & (STRIPES - 1);
  }

  /// Returns the answer given before, for a package of perhaps another lockfile; null where there
  /// is none that still holds.
  LockReport.@Nullable Line find(
      Question question, LockedPackage locked, Ground ground, Instant now) {
    Answer known = answers.get(question);
    if (known == null
        || known.changes() != changes(question.name())
        || !known.holds(question, ground, now)) {
      return null;
    }
    return new LockReport.Line(
        locked,
        known.standing(),
        known.reasons(),
        known.detail(),
        known.instead(),
        known.expires());
  }

  /// Remembers an answer that rests on its crate and the ground alone.
  ///
  /// @param until when time changes it, at the earliest; null where time does not
  /// @param changes what [#changes(CrateName)] returned before
  void given(
      Question question,
      LockReport.Line line,
      Ground ground,
      @Nullable Instant until,
      long changes,
      Instant now) {
    boolean ownBytes =
        line.standing() == LockReport.Standing.SERVED
            && !ground.rulebook().advisories().namesBytes(question.checksum());
    answers.put(
        question,
        new Answer(
            line.standing(),
            line.reasons(),
            line.detail(),
            line.instead(),
            line.expires(),
            ground.bearing(question.name()),
            ownBytes,
            ground.head(),
            changes,
            until,
            now));
  }
}
