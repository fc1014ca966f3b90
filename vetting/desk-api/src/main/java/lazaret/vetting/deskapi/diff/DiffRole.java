package lazaret.vetting.deskapi.diff;

/// The roles in which the content of a file is used, in the order of decreasing danger.
public enum DiffRole {
  /// The build script and the files that it includes or names.
  BUILD_SCRIPT,
  /// A source of a proc macro, which runs in the compiler.
  MACRO,
  /// The manifest `Cargo.toml`, as cargo reads it.
  MANIFEST,
  /// A source of the library or of programs.
  RUNTIME,
  /// A test, example or benchmark, or their data.
  TEST,
  /// Any other file, whether a source includes it or not.
  DATA
}
