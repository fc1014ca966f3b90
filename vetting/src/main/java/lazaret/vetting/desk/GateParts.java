package lazaret.vetting.desk;

import java.time.Clock;
import java.util.List;
import lazaret.vetting.crates.CrateName;
import lazaret.vetting.crates.CrateVersion;
import lazaret.vetting.crates.Sha256;
import lazaret.vetting.ledger.Decision;
import lazaret.vetting.ledger.Notice;
import lazaret.vetting.ledger.Standing;
import lazaret.vetting.policy.Unlisted;
import lazaret.vetting.policy.UnlistedVersion;
import lazaret.vetting.retention.GrowthLimits;
import org.jspecify.annotations.Nullable;

/// What the gate and the desk are made of.
///
/// @param store where everything is kept; closed by whoever opened it
/// @param upstream where crates come from; closed by whoever opened it
/// @param rules the rulebook in force
/// @param clock the only source of time
/// @param options how the gate behaves apart from policy
/// @param growth the limits on what is kept
public record GateParts(
    Store store,
    Upstream upstream,
    Rules rules,
    Clock clock,
    GateOptions options,
    GrowthLimits growth) {

  /// Creates parts with the limits of the options.
  public GateParts(Store store, Upstream upstream, Rules rules, Clock clock, GateOptions options) {
    this(store, upstream, rules, clock, options, GrowthLimits.of(options.retention()));
  }

  /// Judges a version that the index does not list, by the feeds and by what people decided.
  ///
  /// @param cksum the SHA-256 that the asker names; null if it names none
  Unlisted unlisted(CrateName name, CrateVersion version, @Nullable Sha256 cksum) {
    Standing standing = Standing.NONE;
    for (Decision decision : store.decisions(name)) {
      if (decision.id().version().equals(version)) {
        standing = standing.and(decision);
      }
    }
    return rules
        .current()
        .judge(new UnlistedVersion(name, version, cksum, standing), clock.instant());
  }

  /// Returns the write that appends a notice of the gate; empty if the limit on notices is reached.
  List<Batch.Write> appends(Notice notice) {
    return growth.notices().limited(List.of(notice), clock.instant()).stream()
        .<Batch.Write>map(Batch.Write.Append::new)
        .toList();
  }
}
