package lazaret.vetting.gate.removal;

import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import lazaret.vetting.TimeSpan;
import lazaret.vetting.ledger.Notice;

/// The limit of ledger notices about a crate that repeatedly vanishes or changes and returns. It
/// permits one suspicion, a few changed lines and their end within an hour. Thread-safe.
public final class RemovalNoticeLimit {
  private static final Duration QUIET = Duration.ofHours(1);
  private static final int MAX_CRATES = 10_000;
  private static final int MOST_CHANGES = 4;

  private record Noted(TimeSpan span, boolean open, boolean missing, int changes) {}

  // guarded by this
  private final Map<String, Noted> noted = new LinkedHashMap<>();

  /// Creates a limit without earlier notices.
  public RemovalNoticeLimit() {}

  /// Returns the notices to write.
  public synchronized List<Notice> limited(List<Notice> notices, Instant now) {
    return notices.stream().filter(notice -> admits(notice, now)).toList();
  }

  private boolean admits(Notice notice, Instant now) {
    if (notice.name() == null) {
      return true;
    }
    String key = notice.name().collisionKey();
    Noted known = noted.get(key);
    boolean lately = known != null && known.span().holds(now);
    int changes = known != null && lately ? known.changes() : 0;
    return switch (notice.kind()) {
      case REMOVAL_UNCONFIRMED -> {
        if (known != null && lately && known.missing()) {
          yield false;
        }
        remember(key, new Noted(TimeSpan.from(now, QUIET), true, true, changes));
        yield true;
      }
      case RETURNED_UPSTREAM -> {
        if (known == null) {
          yield true;
        }
        remember(key, new Noted(known.span(), false, known.missing(), known.changes()));
        yield known.open();
      }
      case GONE_UPSTREAM -> {
        remember(key, new Noted(TimeSpan.from(now, QUIET), true, true, changes));
        yield true;
      }
      case LINE_CHANGED -> {
        if (changes >= MOST_CHANGES) {
          yield false;
        }
        TimeSpan span = known != null && lately ? known.span() : TimeSpan.from(now, QUIET);
        boolean missing = known != null && lately && known.missing();
        remember(key, new Noted(span, true, missing, changes + 1));
        yield true;
      }
      default -> true;
    };
  }

  private void remember(String key, Noted value) {
    noted.remove(key);
    noted.put(key, value);
    if (noted.size() > MAX_CRATES) {
      noted.remove(noted.keySet().iterator().next());
    }
  }
}
