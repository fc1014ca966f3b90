package lazaret.vetting.gate.snapshots;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import lazaret.vetting.index.IndexEntry;
import lazaret.vetting.index.StoredCrate;
import lazaret.vetting.index.StoredLine;
import lazaret.vetting.ledger.Decision;
import lazaret.vetting.snapshot.SnapshotCrate;
import lazaret.vetting.snapshot.SnapshotLine;
import lazaret.vetting.snapshot.VerificationStatement;
import lazaret.vetting.snapshot.VerificationStatement.Claim;

/// The conversion of snapshot content for the gate: lines become stored lines, statements become
/// decisions.
public final class SnapshotAdapter {
  /// The decider of statements that rest on the policy of the connected side alone.
  public static final String BY_POLICY = "snapshot";

  /// The prefix of the deciders of denials that bundles bring.
  public static final String BY_BUNDLE = "bundle:";

  /// The prefix of the evidence that names the snapshot of an imported denial.
  public static final String SNAPSHOT = "outside-snapshot:";

  private SnapshotAdapter() {}

  /// A bundle, as the denials that it brought name it.
  ///
  /// @param stream the name of its stream
  /// @param epoch the epoch of its keys
  /// @param sequence the sequence of its snapshot
  public record Bundle(String stream, long epoch, long sequence) {}

  /// Returns a crate of a snapshot in the form of a crate from upstream.
  public static StoredCrate held(SnapshotCrate crate) {
    return new StoredCrate(
        crate.name(),
        crate.lines().stream()
            .map(l -> StoredLine.first(l.entry(), published(l.entry()), null))
            .toList(),
        List.of());
  }

  private static Instant published(IndexEntry entry) {
    Instant published = entry.pubtime();
    return published == null ? Instant.EPOCH : published;
  }

  /// Returns the decisions on a crate: those of the snapshot first, then those of this store. A
  /// denial from a bundle applies to all snapshots up to the one of that bundle. A later snapshot
  /// lifts it if it allows the version, since its author knew of the denial. A denial made in this
  /// store applies until it is lifted here.
  ///
  /// @param snapshot the sequence of the crate's snapshot
  /// @param own the decisions of this store, oldest first
  public static List<Decision> decisions(SnapshotCrate crate, long snapshot, List<Decision> own) {
    List<Decision> all = new ArrayList<>();
    Map<String, VerificationStatement> statements = new TreeMap<>();
    for (SnapshotLine line : crate.lines()) {
      statements.put(line.entry().version().text(), line.statement());
      all.addAll(of(line));
    }
    for (Decision decision : own) {
      VerificationStatement said = statements.get(decision.id().version().text());
      if (said == null || !lifted(decision, said.claim(), snapshot)) {
        all.add(decision);
      }
    }
    return all;
  }

  private static boolean lifted(Decision denial, Claim said, long snapshot) {
    return denial.by().startsWith(BY_BUNDLE)
        && !denial.kind().serves()
        && said.allows()
        && said.id().equals(denial.id())
        && snapshot > snapshot(denial);
  }

  private static long snapshot(Decision denial) {
    return denial.evidence().stream()
        .filter(e -> e.startsWith(SNAPSHOT))
        .mapToLong(e -> Long.parseLong(e.substring(SNAPSHOT.length())))
        .findFirst()
        .orElse(Long.MAX_VALUE);
  }

  private static List<Decision> of(SnapshotLine line) {
    Claim said = line.statement().claim();
    return said.decisions().isEmpty() ? List.of(byPolicy(line.entry(), said)) : said.decisions();
  }

  private static Decision byPolicy(IndexEntry entry, Claim said) {
    return new Decision(
        said.allows() ? Decision.Kind.APPROVE : Decision.Kind.DENY,
        said.id(),
        published(entry),
        BY_POLICY,
        said.allows()
            ? "the connected side serves it by its policy " + said.policy().hex().substring(0, 16)
            : "the connected side withholds it under its policy "
                + said.policy().hex().substring(0, 16),
        null,
        List.of(),
        List.of());
  }

  /// Returns the decision that records a bundle's denial in the ledger of this store.
  ///
  /// @param said the statement of the connected side, which does not allow the version
  /// @param bundle the bundle that brought it
  /// @param at the current moment
  public static Decision denial(Claim said, Bundle bundle, Instant at) {
    String reason =
        said.decisions().isEmpty()
            ? "the connected side withholds it under its policy"
            : said.decisions().getLast().reason();
    return new Decision(
        Decision.Kind.REVOKE,
        said.id(),
        at,
        BY_BUNDLE + bundle.stream(),
        reason,
        null,
        List.of(),
        List.of(
            "bundle e%d/%d".formatted(bundle.epoch(), bundle.sequence()),
            SNAPSHOT + bundle.sequence()));
  }
}
