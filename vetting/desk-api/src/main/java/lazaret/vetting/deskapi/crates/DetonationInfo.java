package lazaret.vetting.deskapi.crates;

import java.time.Instant;
import java.util.List;
import lazaret.vetting.crates.CrateVersion;
import org.jspecify.annotations.Nullable;

/// The evidence of a build of one version alone in the sandbox.
///
/// @param at the time of the build
/// @param by the name of the token that recorded the evidence
/// @param ending the end of the build in one clause
/// @param traces the recorded events of the build
/// @param base the nearest lower approved version with evidence; null if there is none
/// @param added the events that the base does not have
/// @param gone the events that only the base has
public record DetonationInfo(
    Instant at,
    String by,
    String ending,
    List<TraceInfo> traces,
    @Nullable CrateVersion base,
    List<TraceInfo> added,
    List<TraceInfo> gone) {
  public DetonationInfo {
    traces = List.copyOf(traces);
    added = List.copyOf(added);
    gone = List.copyOf(gone);
  }
}
