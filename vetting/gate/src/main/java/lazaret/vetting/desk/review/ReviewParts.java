package lazaret.vetting.desk.review;

import lazaret.vetting.gate.Gate;
import lazaret.vetting.gate.context.GateContext;

/// The services for the parts of a review.
///
/// @param capabilities the service for all places of capabilities, and for recorded behavior
/// @param code the service for the difference of the code in windows
/// @param detonations the service for the evidence of sandbox builds
/// @param explainer the builder of reports on versions
public record ReviewParts(
    CapabilityService capabilities,
    CodeDeltaService code,
    DetonationService detonations,
    VersionExplainer explainer) {
  /// Creates the services of a gate.
  public static ReviewParts of(GateContext parts, Gate gate) {
    return new ReviewParts(
        new CapabilityService(parts, gate),
        new CodeDeltaService(parts, gate),
        new DetonationService(parts, gate),
        new VersionExplainer(parts, gate));
  }
}
