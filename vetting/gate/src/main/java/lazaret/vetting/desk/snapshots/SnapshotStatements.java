package lazaret.vetting.desk.snapshots;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import lazaret.vetting.Bytes;
import lazaret.vetting.crates.CrateId;
import lazaret.vetting.crates.Sha256;
import lazaret.vetting.gate.evaluation.CrateEvaluation;
import lazaret.vetting.gate.evaluation.CrateState;
import lazaret.vetting.gate.snapshots.SnapshotAdapter;
import lazaret.vetting.index.IndexEntry;
import lazaret.vetting.index.IndexFile;
import lazaret.vetting.index.IndexLimits;
import lazaret.vetting.index.StoredLine;
import lazaret.vetting.ledger.Decision;
import lazaret.vetting.policy.Reason;
import lazaret.vetting.policy.Verdict;
import lazaret.vetting.snapshot.SnapshotLine;
import lazaret.vetting.snapshot.VerificationStatement;
import org.jspecify.annotations.Nullable;

/// The statements of one snapshot about its versions. A statement of the previous snapshot that
/// says the same is kept.
final class SnapshotStatements {
  static final String UNFETCHED = "its bytes could not be fetched";

  private final Sha256 policy;
  private final Instant now;

  /// @param policy the digest of the policy in force
  SnapshotStatements(Sha256 policy, Instant now) {
    this.policy = policy;
    this.now = now;
  }

  /// A version with the state of its crate.
  record StoredVersion(CrateState file, StoredLine line) {}

  /// Returns the statement about a version.
  ///
  /// @param before the line of the previous snapshot; null if it has none
  VerificationStatement statement(
      StoredVersion version, Verdict verdict, boolean allows, @Nullable SnapshotLine before) {
    VerificationStatement.Claim said = said(version.file(), version.line(), allows);
    if (!allows && said.decisions().isEmpty()) {
      said = said.by(byPolicy(said.id(), verdict, before));
    }
    return before != null && before.statement().claim().equalsIgnoringPolicy(said)
        ? before.statement()
        : VerificationStatement.of(said);
  }

  private VerificationStatement.Claim said(CrateState file, StoredLine line, boolean allows) {
    CrateId id = line.entry().id();
    var versionDecisions = file.decisions(id.version());
    Decision latest = versionDecisions.latest();
    List<Decision> decisions =
        allows
            ? versionDecisions.approvalsAt(now).stream().filter(d -> d.id().equals(id)).toList()
            : latest != null && !latest.kind().serves() && latest.id().equals(id)
                ? List.of(latest)
                : List.of();
    long sequence = decisions.stream().mapToLong(d -> d.at().toEpochMilli()).max().orElse(0);
    return new VerificationStatement.Claim(id, allows, sequence, policy, decisions);
  }

  /// Returns a decision that names the withholding rule, so that a reader inside need not ask
  /// outside. The decision of the previous snapshot is kept, since a new one would change every
  /// snapshot.
  private Decision byPolicy(CrateId id, Verdict verdict, @Nullable SnapshotLine before) {
    Reason reason = verdict.reason();
    String cause =
        verdict.allows()
            ? UNFETCHED
            // The age of a feed changes from day to day.
            : reason.code() == Reason.Code.FEEDS_STALE
                ? reason.code().code()
                : "%s: %s".formatted(reason.code().code(), reason.detail());
    String why = "withheld outside, " + cause;
    List<Decision> had =
        before == null || before.statement().allows()
            ? List.of()
            : before.statement().claim().decisions();
    return had.size() == 1
            && had.getFirst().by().equals(SnapshotAdapter.BY_POLICY)
            && had.getFirst().id().equals(id)
            && had.getFirst().reason().equals(why)
        ? had.getFirst()
        : new Decision(
            Decision.Kind.DENY,
            id,
            now.truncatedTo(ChronoUnit.SECONDS),
            SnapshotAdapter.BY_POLICY,
            why,
            null,
            List.of(),
            List.of());
  }

  /// Returns the line as the gate serves it. If a yank does not count, it is the line from before
  /// the yank.
  IndexEntry entry(CrateEvaluation evaluation, StoredLine line) {
    Bytes raw = evaluation.yanked(line, now) ? line.entry().raw() : line.lineBeforeYank();
    return raw.equals(line.entry().raw())
        ? line.entry()
        : IndexFile.parse(line.entry().name(), raw, IndexLimits.DEFAULT).entries().getFirst();
  }
}
