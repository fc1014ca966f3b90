package lazaret.vetting.deskapi.crates;

import org.jspecify.annotations.Nullable;

/// Something that the code of a crate can do.
///
/// @param where the place in which the code runs
/// @param what the capability, for example `network`
/// @param count the number of uses
/// @param path the file of the first use; null if it is not recorded
/// @param line the line of the first use, from 1; 0 if it is not recorded
public record CapabilityInfo(
    Place where, String what, long count, @Nullable String path, long line) {
  /// The places in which code of a crate runs.
  public enum Place {
    /// The build script, on the machine that builds.
    BUILD,
    /// A procedural macro, inside the compiler.
    MACRO,
    /// The program that uses the crate.
    RUNTIME,
    /// Tests, examples and benchmarks.
    TEST
  }
}
