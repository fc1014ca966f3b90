package lazaret.detonation;

import java.util.List;
import lazaret.vetting.crates.CrateName;
import lazaret.vetting.crates.CrateVersion;
import lazaret.vetting.crates.Sha256;
import lazaret.vetting.deskapi.crates.TraceInfo;

/// The report of a build of documentation in the sandbox.
///
/// @param name the crate
/// @param version the version
/// @param cksum the SHA-256 of the artifact
/// @param ending the end of the build in one clause: `built` if it succeeded
/// @param toolchain the toolchain, as its `rustc -V` says; empty if it is not known
/// @param output the end of the output of cargo; foreign text
/// @param traces the attempts that the sandbox denied
/// @param bytes the length of the pages that were sent
public record DocumentationReport(
    CrateName name,
    CrateVersion version,
    Sha256 cksum,
    String ending,
    String toolchain,
    String output,
    List<TraceInfo> traces,
    long bytes) {
  /// The ending of a build that succeeded.
  public static final String BUILT = "built";

  /// The maximum length of the output, in characters.
  public static final int MAX_OUTPUT = 4 << 10;

  /// Copies the list.
  public DocumentationReport {
    traces = List.copyOf(traces);
  }

  /// Returns whether there are pages.
  public boolean isBuilt() {
    return ending.equals(BUILT);
  }
}
