package lazaret.mirror.upstream;

import java.time.Clock;
import lazaret.vetting.crates.CrateId;
import lazaret.vetting.crates.CrateName;
import lazaret.vetting.index.Validators;

/// No upstream at all: what is held is served, and every question goes unanswered. Thread-safe.
public final class OfflineUpstream implements MeteredUpstream {
  private static final String WHY = "the gate is offline and does not ask upstream";

  private final UpstreamMeters meters;

  /// Goes offline.
  public OfflineUpstream(Clock clock) {
    var nothing = new UpstreamOptions.Budget(0, 0);
    this.meters = new UpstreamMeters(new Politeness(nothing, clock, System::nanoTime));
  }

  @Override
  public IndexAnswer index(CrateName name, Validators known) {
    return new IndexAnswer.Unavailable(WHY, null);
  }

  @Override
  public ArtefactAnswer artefact(CrateId id) {
    return new ArtefactAnswer.Unavailable(WHY, null);
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
    // Nothing is open.
  }
}
