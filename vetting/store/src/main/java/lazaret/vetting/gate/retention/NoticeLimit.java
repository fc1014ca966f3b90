package lazaret.vetting.gate.retention;

import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import lazaret.vetting.gate.store.Requester;
import lazaret.vetting.ledger.Notice;
import org.jspecify.annotations.Nullable;

/// The limit of notices that upstream and the disk cause. The ledger never loses an entry, so
/// notices are limited before they are appended. Decisions are not limited. Thread-safe.
public final class NoticeLimit {
  /// The maximum number of notices of one kind on one day. Requests of persons with a token count
  /// by person.
  public static final int KIND_A_DAY = 1_000;

  /// The maximum number of notices of one kind on one version on one day.
  public static final int VERSION_A_DAY = 4;

  private final DropCounts dropped;
  // guarded by this
  private @Nullable LocalDate day;
  // Both are bounded: only admitted notices add keys.
  private final Map<String, Integer> totals = new HashMap<>();
  private final Map<String, Integer> subjects = new HashMap<>();
  private final Map<Notice.Kind, Long> leftOut = new EnumMap<>(Notice.Kind.class);
  private final List<Notice> summaries = new ArrayList<>();

  /// Creates a limit.
  ///
  /// @param dropped the counts, to which omitted notices are added
  public NoticeLimit(DropCounts dropped) {
    this.dropped = dropped;
  }

  /// Returns the notices to append, and counts the others as left out.
  public synchronized List<Notice> limited(List<Notice> notices, Instant now) {
    List<Notice> admitted = new ArrayList<>();
    for (Notice notice : notices) {
      if (admits(notice, now)) {
        admitted.add(notice);
      } else {
        leftOut.merge(notice.kind(), 1L, Long::sum);
        dropped.add(DropKind.NOTICES, 1);
      }
    }
    return List.copyOf(admitted);
  }

  /// Returns whether to append a notice, and counts it if so. It does not count as left out if not:
  /// the caller refuses the action that the notice records.
  public synchronized boolean admits(Notice notice, Instant now) {
    turn(now);
    String total = notice.kind().code() + person(notice);
    String subject = subject(notice);
    int ofTotal = totals.getOrDefault(total, 0);
    int ofSubject = subjects.getOrDefault(subject, 0);
    if (ofTotal >= KIND_A_DAY || ofSubject >= VERSION_A_DAY) {
      return false;
    }
    totals.put(total, ofTotal + 1);
    subjects.put(subject, ofSubject + 1);
    return true;
  }

  /// Returns the subject that has a limit of its own: a version. For a request of a person with a
  /// token it is the version with the person, so that requesters do not displace each other.
  private static String subject(Notice notice) {
    String name = notice.name() == null ? "" : notice.name().collisionKey();
    String which = notice.version() == null ? '\n' + notice.detail() : ' ' + notice.version();
    return notice.kind().code() + ' ' + name + which + person(notice);
  }

  /// Returns the person of a request with a token, after a space; empty for any other notice.
  private static String person(Notice notice) {
    boolean person = notice.kind() == Notice.Kind.REQUEST_MADE && Requester.hasToken(notice.by());
    return person ? ' ' + notice.by() : "";
  }

  /// Returns whether a notice of the same kind, version and, for a request, person was admitted
  /// today.
  public synchronized boolean hasToday(Notice notice, Instant now) {
    turn(now);
    return subjects.containsKey(subject(notice));
  }

  private void turn(Instant now) {
    LocalDate today = LocalDate.ofInstant(now, ZoneOffset.UTC);
    if (!today.equals(day)) {
      close(now);
      day = today;
    }
  }

  private void close(Instant now) {
    leftOut.forEach((kind, count) -> summaries.add(summary(kind, count, now)));
    leftOut.clear();
    totals.clear();
    subjects.clear();
  }

  private Notice summary(Notice.Kind kind, long count, Instant now) {
    String detail = "%d more notices '%s' of %s were left out".formatted(count, kind.code(), day);
    return new Notice(Notice.Kind.NOTICES_LEFT_OUT, now, Notice.GATE, null, null, detail);
  }

  /// Removes and returns the summaries of past days, one for each kind.
  public synchronized List<Notice> takeSummaries(Instant now) {
    turn(now);
    List<Notice> taken = List.copyOf(summaries);
    summaries.clear();
    return taken;
  }

  /// Removes and returns all summaries, including that of the current day. Called when the server
  /// stops.
  public synchronized List<Notice> takeLastSummaries(Instant now) {
    leftOut.forEach((kind, count) -> summaries.add(summary(kind, count, now)));
    leftOut.clear();
    return takeSummaries(now);
  }

  /// Puts back summaries that were removed but not appended.
  public synchronized void putBack(List<Notice> taken) {
    if (summaries.size() < KIND_A_DAY) {
      summaries.addAll(0, taken);
    }
  }
}
