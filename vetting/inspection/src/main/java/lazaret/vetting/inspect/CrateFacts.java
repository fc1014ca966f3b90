package lazaret.vetting.inspect;

import org.jspecify.annotations.Nullable;

/// The facts about a crate that policy needs and that the index does not contain.
///
/// @param buildScript whether cargo compiles and runs a build script of the crate
/// @param procMacro whether the library runs inside the compiler
/// @param license the `license` expression of the manifest, shortened if it is very long; null if
///   there is none (`license-file` does not count)
/// @param links the native library that the manifest claims, or null if there is none
/// @param unpackedBytes the size of the decompressed archive in bytes
/// @param entries the number of files and directories
public record CrateFacts(
    boolean buildScript,
    boolean procMacro,
    @Nullable String license,
    @Nullable String links,
    long unpackedBytes,
    int entries) {
  /// Returns whether building the crate runs code of its author.
  public boolean runsCodeAtBuild() {
    return buildScript || procMacro;
  }

  /// Returns the facts of a crate whose manifest could not be read: the worst is assumed.
  static CrateFacts unread(long unpackedBytes, int entries) {
    return new CrateFacts(true, true, null, null, unpackedBytes, entries);
  }
}
