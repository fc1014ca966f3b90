package lazaret.vetting.deskapi.review;

import java.util.List;
import lazaret.vetting.deskapi.crates.CapabilityInfo;
import lazaret.vetting.deskapi.crates.SignalInfo;

/// The change of capabilities since the base.
///
/// @param gained the capabilities that only the version has
/// @param lost the capabilities that only the base has
/// @param signals the signals of the change
public record CapabilityChangeInfo(
    List<CapabilityInfo> gained, List<CapabilityInfo> lost, List<SignalInfo> signals) {
  public CapabilityChangeInfo {
    gained = List.copyOf(gained);
    lost = List.copyOf(lost);
    signals = List.copyOf(signals);
  }
}
