package lazaret.vetting.deskapi.crates;

import java.util.List;
import org.jspecify.annotations.Nullable;

/// The result of inspecting one artifact.
///
/// @param conformant whether the artifact has the form that cargo requires
/// @param inspectorVersion the version of the inspector that produced the result
/// @param problems the faults of the archive
/// @param buildScript whether the crate has a build script
/// @param procMacro whether the crate is a procedural macro
/// @param license the license expression of the manifest; null if it has none
/// @param links the native library that the crate links; null if it links none
/// @param unpackedBytes the size of the unpacked files in bytes
/// @param entries the number of entries of the archive
/// @param signals the signals, the heaviest first
/// @param capabilities the capabilities of the code
public record FindingsInfo(
    boolean conformant,
    int inspectorVersion,
    List<ArchiveProblemInfo> problems,
    boolean buildScript,
    boolean procMacro,
    @Nullable String license,
    @Nullable String links,
    long unpackedBytes,
    long entries,
    List<SignalInfo> signals,
    List<CapabilityInfo> capabilities) {
  public FindingsInfo {
    problems = List.copyOf(problems);
    signals = List.copyOf(signals);
    capabilities = List.copyOf(capabilities);
  }
}
