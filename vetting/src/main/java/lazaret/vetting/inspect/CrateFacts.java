package lazaret.vetting.inspect;

import org.jspecify.annotations.Nullable;

/// What policy needs to know of a crate and the index does not say.
///
/// @param buildScript whether cargo compiles and runs a build script of it
/// @param procMacro whether its library runs inside the compiler
/// @param licence the `license` expression as the manifest states it, cut where it is very long;
///   null where there is none (`license-file` does not count)
/// @param links the native library that the manifest claims, or null where there is none
/// @param unpackedBytes the size of the decompressed archive
/// @param entries its files and directories
public record CrateFacts(
    boolean buildScript,
    boolean procMacro,
    @Nullable String licence,
    @Nullable String links,
    long unpackedBytes,
    int entries) {
  /// Returns whether building the crate runs code of its author.
  public boolean runsCodeAtBuild() {
    return buildScript || procMacro;
  }

  /// Assumes the worst of a crate whose manifest could not be read.
  static CrateFacts unread(long unpackedBytes, int entries) {
    return new CrateFacts(true, true, null, null, unpackedBytes, entries);
  }
}
