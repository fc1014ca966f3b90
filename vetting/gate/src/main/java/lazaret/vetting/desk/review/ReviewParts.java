package lazaret.vetting.desk.review;

import lazaret.vetting.gate.Gate;
import lazaret.vetting.gate.context.GateContext;

/// The services for the parts of a review that are computed from two artifacts.
///
/// @param capabilities the service for all places of capabilities, and for recorded behavior
/// @param code the service for the difference of the code in windows
public record ReviewParts(CapabilityService capabilities, CodeDeltaService code) {
  /// Creates the services of a gate.
  public static ReviewParts of(GateContext parts, Gate gate) {
    return new ReviewParts(new CapabilityService(parts, gate), new CodeDeltaService(parts, gate));
  }
}
