package lazaret.vetting.desk;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.atomic.AtomicLongArray;
import lazaret.vetting.crates.CrateName;
import lazaret.vetting.crates.CrateVersion;
import lazaret.vetting.crates.Sha256;
import lazaret.vetting.index.IndexView;
import lazaret.vetting.lockfile.LockedPackage;
import lazaret.vetting.policy.Reason;
import lazaret.vetting.policy.Rulebook;
import org.jspecify.annotations.Nullable;

/// What was answered about single packages of lockfiles. A project asks the same at each commit,
/// and to judge one package, everything that is held of its crate must be read: of a thousand
/// packages more than the heap keeps.
///
/// An answer holds as long as the view of its crate would: until a moment that is known, under one
/// rulebook and for one snapshot, and until anything changes the crate. Not longer than ten
/// minutes, since ages are part of what is told. Thread-safe.
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
  record Ground(Rulebook rulebook, long head) {
    boolean is(Ground other) {
      return rulebook == other.rulebook && head == other.head;
    }
  }

  private record Answer(
      LockReport.Standing standing,
      List<Reason> reasons,
      String detail,
      @Nullable CrateVersion instead,
      Ground ground,
      long changes,
      Instant until) {}

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
        || !known.ground().is(ground)
        || known.changes() != changes(question.name())
        || !now.isBefore(known.until())) {
      return null;
    }
    return new LockReport.Line(
        locked, known.standing(), known.reasons(), known.detail(), known.instead());
  }

  /// Remembers an answer, where it is known how long it holds.
  ///
  /// @param view the view of the crate that was judged
  /// @param changes what [#changes(CrateName)] returned before
  void given(
      Question question,
      LockReport.Line line,
      Ground ground,
      @Nullable IndexView view,
      long changes,
      Instant now) {
    if (view == null || !view.holdsAt(now, ground.rulebook().generation(question.name(), now))) {
      return;
    }
    Instant until = now.plus(LONGEST);
    Instant ends = view.validUntil();
    answers.put(
        question,
        new Answer(
            line.standing(),
            line.reasons(),
            line.detail(),
            line.instead(),
            ground,
            changes,
            ends != null && ends.isBefore(until) ? ends : until));
  }
}
