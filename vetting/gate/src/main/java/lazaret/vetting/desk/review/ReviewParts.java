package lazaret.vetting.desk.review;

import lazaret.vetting.gate.Gate;
import lazaret.vetting.gate.context.GateContext;

/// The services for the parts of a review.
///
/// @param capabilities the service for all places of capabilities, and for recorded behavior
/// @param code the service for the difference of the code in windows
/// @param detonations the service for the evidence of sandbox builds
public record ReviewParts(
    CapabilityService capabilities, CodeDeltaService code, DetonationService detonations) {
  /// Creates the services of a gate.
  public static ReviewParts of(GateContext parts, Gate gate) {
    CodeDeltaService code = new CodeDeltaService(parts, gate);
    return new ReviewParts(
        new CapabilityService(parts, gate, code), code, new DetonationService(parts, gate));
  }
}
