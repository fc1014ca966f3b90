package lazaret.vetting.gate.evaluation;

import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import lazaret.vetting.crates.CrateId;
import lazaret.vetting.gate.context.BoundedCache;
import lazaret.vetting.gate.store.RecordedVerdict;
import lazaret.vetting.ledger.Decision;
import lazaret.vetting.ledger.Notice;
import lazaret.vetting.policy.Reason;
import lazaret.vetting.policy.Reason.Code;
import lazaret.vetting.policy.Verdict;
import org.jspecify.annotations.Nullable;

/// The detector of verdicts that change from served to withheld or back. A change is ignored if a
/// hold ended, a person decided, or another notice names it. Not thread-safe, except [#reported].
public final class VerdictChangeNotices {
  /// The causes that have a notice of their own, or that do not concern a single version.
  private static final Set<Code> NOTICED =
      EnumSet.of(
          Code.DENIED,
          Code.REVOKED,
          Code.MALWARE,
          Code.VULNERABLE,
          Code.UNSOUND,
          Code.UNMAINTAINED,
          Code.ADVISORY_NOTICE,
          Code.FEEDS_STALE,
          Code.ARCHIVE_NOT_CONFORMANT,
          Code.CKSUM_CHANGED,
          Code.LINE_CHANGED,
          Code.REMOVAL_UNCONFIRMED,
          Code.GONE_UPSTREAM,
          Code.YANK_WAVE);

  /// The maximum number of notices of one kind on one crate at once. The last of them states the
  /// number of the others.
  private static final int MAX_OF_CRATE = 4;

  /// The maximum time from the first sight of a version to its first verdict.
  private static final Duration FIRST_VIEW = Duration.ofMinutes(1);

  private final Clock clock;
  private final BoundedCache<String, Boolean> reported = new BoundedCache<>(10_000, _ -> 1);
  private final BoundedCache<String, Boolean> withdrawn = new BoundedCache<>(10_000, _ -> 1);

  VerdictChangeNotices(Clock clock) {
    this.clock = clock;
  }

  /// Records that another notice names the next change of the verdict on a version.
  public void reported(CrateId id) {
    reported.put(key(id), true);
  }

  /// The previous verdict.
  ///
  /// @param served whether the version was served
  /// @param verdict the verdict; null if none was recorded, since the version was served by its age
  ///   alone
  private record Before(boolean served, @Nullable Verdict verdict) {
    @Nullable Code code() {
      return verdict == null ? null : verdict.reason().code();
    }
  }

  /// Returns the notice of a change, or empty if there was none.
  ///
  /// @param kept the recorded verdicts on the version, oldest first
  Optional<Notice> notice(VerdictLog.Given given, List<RecordedVerdict> kept) {
    RecordedVerdict now = given.verdict();
    Before before = given.snapshot() == 0 ? before(given, kept) : null;
    if (before == null || before.served() == now.served() || decided(given, kept)) {
      return Optional.empty();
    }
    String key = key(now.id());
    boolean known = reported.get(key) != null;
    reported.remove(key);
    Code cause = now.served() ? before.code() : now.verdict().reason().code();
    if (known || (cause != null && NOTICED.contains(cause))) {
      return Optional.empty();
    }
    if (!now.served()) {
      withdrawn.put(key, true);
      return Optional.of(notice(Notice.Kind.VERSION_WITHDRAWN, now, before));
    }
    boolean again = withdrawn.get(key) != null || kept.stream().anyMatch(RecordedVerdict::served);
    withdrawn.remove(key);
    return again || !(before.verdict() instanceof Verdict.Hold)
        ? Optional.of(notice(Notice.Kind.VERSION_RELEASED, now, before))
        : Optional.empty();
  }

  private static @Nullable Before before(VerdictLog.Given given, List<RecordedVerdict> kept) {
    VerdictLog.Given last = given.before();
    if (last != null) {
      return new Before(last.verdict().served(), last.verdict().verdict());
    }
    if (!kept.isEmpty()) {
      return new Before(kept.getLast().served(), kept.getLast().verdict());
    }
    boolean later = given.verdict().at().isAfter(given.line().firstSeen().plus(FIRST_VIEW));
    return later ? new Before(true, null) : null;
  }

  /// Returns whether a person decided since the previous verdict.
  private static boolean decided(VerdictLog.Given given, List<RecordedVerdict> kept) {
    Decision latest = given.decision();
    VerdictLog.Given last = given.before();
    if (last != null) {
      return !Objects.equals(last.decision(), latest);
    }
    return latest != null && (kept.isEmpty() || latest.at().isAfter(kept.getLast().at()));
  }

  private Notice notice(Notice.Kind kind, RecordedVerdict now, Before before) {
    String what = kind == Notice.Kind.VERSION_WITHDRAWN ? "withdrawn" : "released";
    return new Notice(
        kind,
        clock.instant(),
        Notice.GATE,
        now.id().name(),
        now.id().version().text(),
        "%s: %s; before: %s"
            .formatted(
                what,
                words(now.verdict()),
                before.verdict() == null ? "served by its age" : words(before.verdict())));
  }

  private static String words(Verdict verdict) {
    Reason reason = verdict.reason();
    return reason.code().code() + ", " + reason.detail();
  }

  /// Returns the notices of one crate, of which those beyond the maximum of a kind are summed up.
  static List<Notice> summed(List<Notice> notices) {
    List<Notice> summed = new ArrayList<>();
    for (Notice.Kind kind : List.of(Notice.Kind.VERSION_WITHDRAWN, Notice.Kind.VERSION_RELEASED)) {
      List<Notice> of = notices.stream().filter(notice -> notice.kind() == kind).toList();
      summed.addAll(of.subList(0, Math.min(of.size(), MAX_OF_CRATE)));
      if (of.size() > MAX_OF_CRATE) {
        Notice last = summed.removeLast();
        String detail =
            "%s (and %d more versions)".formatted(last.detail(), of.size() - MAX_OF_CRATE);
        summed.add(new Notice(kind, last.at(), last.by(), last.name(), last.version(), detail));
      }
    }
    return summed;
  }

  private static String key(CrateId id) {
    return id.name().collisionKey() + ' ' + id.version().text();
  }
}
