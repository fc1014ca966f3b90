package lazaret.vetting.deskapi.policy;

import java.util.List;

/// A verdict that another policy would change.
///
/// @param name the crate
/// @param version the version
/// @param before the verdict under the policy in force
/// @param after the verdict under the other policy
/// @param alone the verdicts under single parts of the other policy that differ
public record PolicyChangeInfo(
    String name,
    String version,
    PolicyVerdictInfo before,
    PolicyVerdictInfo after,
    List<PolicyPartInfo> alone) {
  public PolicyChangeInfo {
    alone = List.copyOf(alone);
  }
}
