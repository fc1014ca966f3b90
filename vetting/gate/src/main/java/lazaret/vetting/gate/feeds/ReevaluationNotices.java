package lazaret.vetting.gate.feeds;

import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import lazaret.vetting.gate.evaluation.VerdictLog;
import lazaret.vetting.gate.store.Batch;
import lazaret.vetting.gate.store.Store;
import lazaret.vetting.index.StoredLine;
import lazaret.vetting.ledger.Notice;
import lazaret.vetting.policy.Verdict;

/// The writer of ledger notices about versions whose verdict new data changed. Each notice names
/// the effect and the blast radius. Not thread-safe.
public final class ReevaluationNotices {
  /// The number of changes that are collected before their notices are written. A feed may change a
  /// million versions.
  private static final int CHUNK = 20_000;

  private final Store store;
  private final Clock clock;
  private final VerdictLog verdictLog;
  private final List<Change> changes = new ArrayList<>();
  private final List<BlastRadius> concerned = new ArrayList<>();
  private int notices;
  private int withdrawn;
  private int freed;

  /// Creates a writer without changes.
  ///
  /// @param verdictLog the log that reports other changes of verdicts, but not those reported here
  public ReevaluationNotices(Store store, Clock clock, VerdictLog verdictLog) {
    this.store = store;
    this.clock = clock;
    this.verdictLog = verdictLog;
  }

  /// A version whose verdict new data changed.
  ///
  /// @param line the stored line of the version
  /// @param served whether it was served before
  /// @param serves whether it is served from now on
  /// @param verdict the current verdict
  /// @param added the new reasons against it
  public record Change(
      StoredLine line, boolean served, boolean serves, Verdict verdict, List<String> added) {
    /// Copies the list.
    public Change {
      added = List.copyOf(added);
    }
  }

  /// Adds a change if the service or the reasons differ.
  public void add(Change change) {
    if (change.served() != change.serves() || !change.added().isEmpty()) {
      changes.add(change);
      if (changes.size() >= CHUNK) {
        write();
      }
    }
  }

  /// Writes the remaining notices and returns the totals.
  ///
  /// @param judged the number of versions that were evaluated
  public FeedUpdateReport.Reevaluation write(int judged) {
    write();
    return new FeedUpdateReport.Reevaluation(judged, withdrawn, freed, concerned);
  }

  /// Writes the notices of the collected changes and clears the collection.
  private void write() {
    Instant now = clock.instant();
    Set<BlastRadius.Key> keys =
        changes.stream()
            .map(c -> BlastRadius.Key.of(c.line().entry().name(), c.line().entry().version()))
            .collect(Collectors.toSet());
    BlastRadius.Index found = BlastRadius.search(store, keys);
    List<Batch.Write> writes = new ArrayList<>();
    for (Change change : changes) {
      withdrawn += change.served() && !change.serves() ? 1 : 0;
      freed += !change.served() && change.serves() ? 1 : 0;
      BlastRadius radius = found.of(change.line().entry().name(), change.line().entry().version());
      boolean matters = !radius.isEmpty() || store.hasArtifact(change.line().entry().cksum());
      if (matters && notices < FeedUpdateReport.MAX_NOTICES) {
        writes.add(new Batch.Write.Append(notice(change, radius, now)));
        notices++;
        if (change.served() != change.serves()) {
          verdictLog.changes().reported(change.line().entry().id());
        }
      }
      if (!radius.isEmpty() && !(change.serves() && !change.served())) {
        concerned.add(radius);
      }
    }
    if (!writes.isEmpty()) {
      store.commit(Batch.synced(writes));
    }
    changes.clear();
  }

  private static Notice notice(Change change, BlastRadius radius, Instant now) {
    boolean freed = change.serves() && !change.served();
    String what =
        freed
            ? "served again: "
            : change.served() && !change.serves() ? "no longer served: " : "advised against: ";
    String why =
        change.added().isEmpty()
            ? change.verdict().reason().detail()
            : String.join(", ", change.added()) + ": " + change.verdict().reason().detail();
    return new Notice(
        freed ? Notice.Kind.ADVISORY_WITHDRAWN : Notice.Kind.ADVISORY_APPLIES,
        now,
        Notice.GATE,
        change.line().entry().name(),
        change.line().entry().version().text(),
        what + why + "; " + radius);
  }
}
