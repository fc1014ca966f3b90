package lazaret.vetting.desk.requests;

import java.util.LinkedHashMap;
import lazaret.vetting.crates.CrateName;
import lazaret.vetting.ledger.Decision;
import lazaret.vetting.ledger.LedgerEntry;
import lazaret.vetting.ledger.Notice;

/// The histories of all requests that reviewers handled, kept up to date with the ledger. At most
/// [#MAX_REQUESTS] are kept; the least recently handled one is dropped first. Not thread-safe.
public final class RequestHistories {
  /// The maximum number of histories.
  public static final int MAX_REQUESTS = 10_000;

  private final LinkedHashMap<String, RequestHistory> histories = new LinkedHashMap<>();
  private long read;

  /// Returns the sequence of the last ledger entry that was read; 0 before the first.
  public long read() {
    return read;
  }

  /// Applies the next entry of the ledger. After a decision on a version, its request is open, and
  /// no person has asked for it yet.
  public void add(LedgerEntry entry) {
    read = entry.sequence();
    switch (entry.event()) {
      case Decision decision ->
          histories.computeIfPresent(
              key(decision.id().name(), decision.id().version().text()),
              (_, history) -> history.decided(decision.kind().serves()));
      case Notice notice when notice.kind() == Notice.Kind.REQUEST_SETTLED -> settle(notice);
      case Notice notice -> RequestStep.of(notice).ifPresent(act -> add(notice, act));
    }
  }

  private void settle(Notice notice) {
    CrateName name = notice.name();
    String version = notice.version();
    if (name != null && version != null) {
      histories.computeIfPresent(key(name, version), (_, history) -> history.settled());
    }
  }

  /// Returns a copy, which does not follow the ledger.
  public RequestHistories copy() {
    RequestHistories copy = new RequestHistories();
    copy.histories.putAll(histories);
    copy.read = read;
    return copy;
  }

  private void add(Notice notice, RequestStep act) {
    CrateName name = notice.name();
    String version = notice.version();
    if (name == null || version == null) {
      return;
    }
    String key = key(name, version);
    RequestHistory earlier = histories.remove(key);
    histories.put(key, (earlier == null ? RequestHistory.NONE : earlier).and(act));
    if (histories.size() > MAX_REQUESTS) {
      histories.pollFirstEntry();
    }
  }

  /// Returns the history of the request for a version; [RequestHistory#NONE] if it was never
  /// handled.
  public RequestHistory of(CrateName name, String version) {
    return histories.getOrDefault(key(name, version), RequestHistory.NONE);
  }

  private static String key(CrateName name, String version) {
    return name.collisionKey() + ' ' + version;
  }
}
