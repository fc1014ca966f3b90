package lazaret.vetting.desk.review;

import lazaret.vetting.gate.Gate;
import lazaret.vetting.gate.context.GateContext;

/// The services for the parts of a review.
///
/// @param capabilities the service for all places of capabilities
/// @param code the service for the difference of the code in windows
/// @param readers the persons who read a version now
/// @param explainer the builder of reports on versions
public record ReviewParts(
    CapabilityService capabilities,
    CodeDeltaService code,
    ReaderRegister readers,
    VersionExplainer explainer) {
  /// Creates the services of a gate.
  public static ReviewParts of(GateContext parts, Gate gate) {
    CodeDeltaService code = new CodeDeltaService(parts, gate);
    return new ReviewParts(
        new CapabilityService(parts, gate, code),
        code,
        new ReaderRegister(parts.clock()),
        new VersionExplainer(parts, gate));
  }
}
