package lazaret.vetting.deskapi.review;

import java.util.List;
import lazaret.vetting.crates.CrateName;
import lazaret.vetting.crates.CrateVersion;
import lazaret.vetting.crates.Sha256;
import lazaret.vetting.deskapi.binding.InPath;
import lazaret.vetting.deskapi.crates.TraceInfo;

/// An order to record the evidence of a build of one version alone.
///
/// @param name the crate
/// @param version the version
/// @param cksum the SHA-256 of the artifact that was built
/// @param ending the end of the build in one clause
/// @param traces the recorded events of the build
public record DetonationRequest(
    @InPath CrateName name,
    @InPath CrateVersion version,
    Sha256 cksum,
    String ending,
    List<TraceInfo> traces) {
  public DetonationRequest {
    traces = List.copyOf(traces);
  }
}
