package lazaret.vetting.deskapi.crates;

import java.util.List;
import lazaret.vetting.crates.CrateVersion;

/// The capabilities and signals that a version gained since the nearest lower vetted version.
///
/// @param base the version that is compared
/// @param manifest the changes of the manifest, by code
/// @param signals the signals of the change
/// @param gained the capabilities that only the version has
/// @param lost the capabilities that only the base has
public record ReleaseDeltaInfo(
    CrateVersion base,
    List<String> manifest,
    List<SignalInfo> signals,
    List<CapabilityInfo> gained,
    List<CapabilityInfo> lost) {
  public ReleaseDeltaInfo {
    manifest = List.copyOf(manifest);
    signals = List.copyOf(signals);
    gained = List.copyOf(gained);
    lost = List.copyOf(lost);
  }
}
