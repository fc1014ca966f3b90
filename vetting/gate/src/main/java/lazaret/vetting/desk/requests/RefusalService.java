package lazaret.vetting.desk.requests;

import java.util.Optional;
import lazaret.vetting.crates.CrateId;
import lazaret.vetting.crates.CrateName;
import lazaret.vetting.crates.CrateVersion;
import lazaret.vetting.desk.review.VersionExplainer;
import lazaret.vetting.desk.review.VersionReport;
import lazaret.vetting.gate.Gate;
import lazaret.vetting.gate.context.GateContext;
import lazaret.vetting.gate.retention.RefusedDownload;
import lazaret.vetting.origin.NameOrigin;

/// The service for recent refusals of the gate and the requests that developers make about them.
/// Thread-safe; methods block.
public final class RefusalService {
  private final GateContext parts;
  private final Gate gate;
  private final RequestQueue queue;
  private final VersionExplainer explainer;

  public RefusalService(
      GateContext parts, Gate gate, RequestQueue queue, VersionExplainer explainer) {
    this.parts = parts;
    this.gate = gate;
    this.queue = queue;
    this.explainer = explainer;
  }

  /// Returns whether a crate is one of the public registry. Others are named to readers alone.
  public boolean isPublic(CrateName name) {
    return gate.origin(name) == NameOrigin.PUBLIC;
  }

  /// Explains a version as it is now. The result is empty if the gate did not refuse the version in
  /// the last day, it is not queued, and no person asked for it. A decision takes a version from
  /// the queue; the request of a person keeps its explanation.
  public Optional<VersionReport> why(CrateName name, CrateVersion version) {
    gate.usageLog().flush();
    boolean refused =
        gate.refusals().ofVersion(name, version, parts.clock().instant()).isPresent()
            || parts.store().request(name, version).isPresent()
            || queue.history(name, version).total() > 0;
    return refused ? explainer.version(name, version) : Optional.empty();
  }

  /// Returns the version that a request was refused in the last day, or empty if there is none.
  public Optional<CrateId> ofRequest(String request) {
    return gate.refusals().ofRequest(request, parts.clock().instant()).map(RefusedDownload::id);
  }

  /// Queues a withheld version for a person who gives a reason. Empty if the crate or version does
  /// not exist.
  public Optional<RequestSubmission.Outcome> request(
      CrateName name, CrateVersion version, RequestSubmission request) {
    return gate.finder().listed(name, version).map(found -> request.record(parts, gate, found));
  }
}
