package lazaret.mirror.upstream;

import java.time.Clock;
import lazaret.mirror.outbound.RateBudget;
import lazaret.mirror.outbound.UpstreamMeters;
import lazaret.mirror.outbound.UpstreamOptions;
import lazaret.vetting.crates.CrateId;
import lazaret.vetting.crates.CrateName;
import lazaret.vetting.index.Validators;

/// The absence of an upstream: stored crates are served, and every request fails. Thread-safe.
public final class OfflineUpstream implements MeteredUpstream {
  private static final String WHY = "the gate is offline and sends no requests to upstream";

  private final UpstreamMeters meters;

  /// Creates the upstream of an offline gate.
  public OfflineUpstream(Clock clock) {
    var nothing = new UpstreamOptions.RateLimits(0, 0);
    this.meters = new UpstreamMeters(new RateBudget(nothing, clock, System::nanoTime));
  }

  @Override
  public IndexResponse index(CrateName name, Validators known) {
    return new IndexResponse.Unavailable(WHY, null);
  }

  @Override
  public ArtifactResponse artifact(CrateId id) {
    return new ArtifactResponse.Unavailable(WHY, null);
  }

  @Override
  public UpstreamMeters meters() {
    return meters;
  }

  @Override
  public String describe() {
    return "offline";
  }

  @Override
  public void close() {
    // There is no resource to close.
  }
}
