package lazaret.vetting.desk;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import lazaret.vetting.index.HeldCrate;
import lazaret.vetting.index.HeldLine;
import lazaret.vetting.index.IndexEntry;
import lazaret.vetting.ledger.Decision;
import lazaret.vetting.snapshot.SnapshotCrate;
import lazaret.vetting.snapshot.SnapshotLine;
import lazaret.vetting.snapshot.Statement;
import lazaret.vetting.snapshot.Statement.Said;

/// What a snapshot says, in the words of the gate that serves it: lines as held lines, statements
/// as decisions.
public final class Carried {
  /// Who decided where policy alone did, on the connected side.
  public static final String BY_POLICY = "snapshot";

  /// What the names begin with under which denials of bundles stand in the ledger.
  public static final String BY_BUNDLE = "bundle:";

  /// What the piece of evidence begins with that keeps of which snapshot a carried denial is.
  private static final String SNAPSHOT = "outside-snapshot:";

  private Carried() {}

  /// A bundle, as denials that it brought name it.
  ///
  /// @param stream the name of its stream
  /// @param epoch the run of keys
  /// @param sequence of the snapshot that it was made of
  public record Bundle(String stream, long epoch, long sequence) {}

  /// Returns a crate of a snapshot as if an upstream had it.
  static HeldCrate held(SnapshotCrate crate) {
    return new HeldCrate(
        crate.name(),
        crate.lines().stream()
            .map(l -> HeldLine.first(l.entry(), published(l.entry()), null))
            .toList(),
        List.of());
  }

  private static Instant published(IndexEntry entry) {
    Instant published = entry.pubtime();
    return published == null ? Instant.EPOCH : published;
  }

  /// Returns the decisions on a crate: those that came with the snapshot, then those of this store.
  /// A denial that came by a bundle counts for all snapshots up to the one of that bundle, and for
  /// a later one unless that one allows the version: whoever made it knew of the denial. A denial
  /// that was made here counts until it is lifted here.
  ///
  /// @param snapshot the one that the crate is of
  /// @param own of this store, oldest first
  static List<Decision> decisions(SnapshotCrate crate, long snapshot, List<Decision> own) {
    List<Decision> all = new ArrayList<>();
    Map<String, Statement> statements = new TreeMap<>();
    for (SnapshotLine line : crate.lines()) {
      statements.put(line.entry().version().text(), line.statement());
      all.addAll(of(line));
    }
    for (Decision decision : own) {
      Statement said = statements.get(decision.id().version().text());
      if (said == null || !lifted(decision, said.said(), snapshot)) {
        all.add(decision);
      }
    }
    return all;
  }

  private static boolean lifted(Decision denial, Said said, long snapshot) {
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
    Said said = line.statement().said();
    return said.decisions().isEmpty() ? List.of(byPolicy(line.entry(), said)) : said.decisions();
  }

  private static Decision byPolicy(IndexEntry entry, Said said) {
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

  /// Returns the decision under which a bundle's denial stands in this store's ledger.
  ///
  /// @param said what the connected side says; it does not allow
  /// @param bundle what brought it
  /// @param at now
  public static Decision denial(Said said, Bundle bundle, Instant at) {
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
