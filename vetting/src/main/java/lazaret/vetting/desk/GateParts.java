package lazaret.vetting.desk;

import java.time.Clock;
import java.util.List;
import lazaret.vetting.ledger.Notice;
import lazaret.vetting.retention.GrowthLimits;

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

  /// Returns the write that appends a notice of the gate; empty if the limit on notices is reached.
  List<Batch.Write> appends(Notice notice) {
    return growth.notices().limited(List.of(notice), clock.instant()).stream()
        .<Batch.Write>map(Batch.Write.Append::new)
        .toList();
  }
}
