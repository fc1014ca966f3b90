package lazaret.vetting.gate.context;

import java.time.Clock;
import java.util.List;
import lazaret.vetting.crates.CrateName;
import lazaret.vetting.crates.CrateVersion;
import lazaret.vetting.crates.Sha256;
import lazaret.vetting.gate.retention.GrowthLimits;
import lazaret.vetting.gate.store.Batch;
import lazaret.vetting.gate.store.Store;
import lazaret.vetting.gate.upstream.Upstream;
import lazaret.vetting.ledger.Decision;
import lazaret.vetting.ledger.Notice;
import lazaret.vetting.ledger.VersionDecisions;
import lazaret.vetting.policy.UnlistedVerdict;
import lazaret.vetting.policy.UnlistedVersion;
import org.jspecify.annotations.Nullable;

/// The components of the gate and the desk.
///
/// @param store the store of all data; closed by its opener
/// @param upstream the registry from which crates are fetched; closed by its opener
/// @param rules the rulebook in force
/// @param clock the only source of time
/// @param options the settings of the gate apart from policy
/// @param growth the limits of stored records
public record GateContext(
    Store store,
    Upstream upstream,
    CurrentRulebook rules,
    Clock clock,
    GateOptions options,
    GrowthLimits growth) {

  /// Creates components with the limits of the options.
  public GateContext(
      Store store, Upstream upstream, CurrentRulebook rules, Clock clock, GateOptions options) {
    this(store, upstream, rules, clock, options, GrowthLimits.of(options.retention()));
  }

  /// Evaluates a version that the index does not list, by the feeds and the decisions of people.
  ///
  /// @param cksum the SHA-256 that the client names; null if it names none
  public UnlistedVerdict unlisted(CrateName name, CrateVersion version, @Nullable Sha256 cksum) {
    VersionDecisions decisions = VersionDecisions.NONE;
    for (Decision decision : store.decisions(name)) {
      if (decision.id().version().equals(version)) {
        decisions = decisions.plus(decision);
      }
    }
    return rules
        .current()
        .evaluate(new UnlistedVersion(name, version, cksum, decisions), clock.instant());
  }

  /// Appends a notice of the gate to the ledger, unless the limit on notices is reached.
  ///
  /// @return whether it was appended
  public boolean append(Notice notice) {
    List<Batch.Write> appends = appends(notice);
    if (!appends.isEmpty()) {
      store.commit(Batch.synced(appends));
    }
    return !appends.isEmpty();
  }

  /// Returns the write that appends a notice of the gate; empty if the limit on notices is reached.
  public List<Batch.Write> appends(Notice notice) {
    return growth.notices().limited(List.of(notice), clock.instant()).stream()
        .<Batch.Write>map(Batch.Write.Append::new)
        .toList();
  }
}
