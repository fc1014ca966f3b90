package lazaret.vetting.desk;

import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import lazaret.vetting.crates.CrateId;
import lazaret.vetting.ledger.Decision;
import lazaret.vetting.ledger.Notice;
import lazaret.vetting.policy.Reason;
import lazaret.vetting.policy.Reason.Code;
import lazaret.vetting.policy.Verdict;
import org.jspecify.annotations.Nullable;

/// Notices each verdict that changes from served to withheld or back, unless a wait ended, a person
/// decided, or another notice names the change. Not thread-safe, except [#reported].
final class VerdictChanges {
  /// Causes that have a notice of their own, or are no matter of one version.
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

  /// The most notices of one kind on one crate at once; the last of them has the number of the
  /// others.
  private static final int MAX_OF_CRATE = 4;

  /// A verdict was given when the version was first seen, at most so much later.
  private static final Duration FIRST_VIEW = Duration.ofMinutes(1);

  private final GateParts parts;
  private final BoundedMemory<String, Boolean> reported = new BoundedMemory<>(10_000, _ -> 1);
  private final BoundedMemory<String, Boolean> withdrawn = new BoundedMemory<>(10_000, _ -> 1);

  VerdictChanges(GateParts parts) {
    this.parts = parts;
  }

  /// Notes that a notice names the next change of the verdict on a version.
  void reported(CrateId id) {
    reported.put(key(id), true);
  }

  /// What was said before.
  ///
  /// @param verdict null where nothing was written down: the version was served by its age alone
  private record Before(boolean served, @Nullable Verdict verdict) {
    @Nullable Code code() {
      return verdict == null ? null : verdict.reason().code();
    }
  }

  /// Returns the notice of a change; empty if there was none.
  ///
  /// @param kept the verdicts on the version that are written down, oldest first
  Optional<Notice> notice(Rulings.Given given, List<Ruling> kept) {
    Ruling now = given.ruling();
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
    boolean again = withdrawn.get(key) != null || kept.stream().anyMatch(Ruling::served);
    withdrawn.remove(key);
    return again || !(before.verdict() instanceof Verdict.Hold)
        ? Optional.of(notice(Notice.Kind.VERSION_RELEASED, now, before))
        : Optional.empty();
  }

  private static @Nullable Before before(Rulings.Given given, List<Ruling> kept) {
    Rulings.Given last = given.before();
    if (last != null) {
      return new Before(last.ruling().served(), last.ruling().verdict());
    }
    if (!kept.isEmpty()) {
      return new Before(kept.getLast().served(), kept.getLast().verdict());
    }
    boolean later = given.ruling().at().isAfter(given.line().firstSeen().plus(FIRST_VIEW));
    return later ? new Before(true, null) : null;
  }

  /// Returns whether a person decided since the verdict before was given.
  private static boolean decided(Rulings.Given given, List<Ruling> kept) {
    Decision latest = given.decision();
    Rulings.Given last = given.before();
    if (last != null) {
      return !Objects.equals(last.decision(), latest);
    }
    return latest != null && (kept.isEmpty() || latest.at().isAfter(kept.getLast().at()));
  }

  private Notice notice(Notice.Kind kind, Ruling now, Before before) {
    String what = kind == Notice.Kind.VERSION_WITHDRAWN ? "withdrawn" : "released";
    return new Notice(
        kind,
        parts.clock().instant(),
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

  /// Returns the notices of one crate, of which very many of a kind are summed up.
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
