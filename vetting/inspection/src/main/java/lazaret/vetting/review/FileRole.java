package lazaret.vetting.review;

import lazaret.vetting.text.Coded;

/// The role of a file of a crate, in reading order. Code that runs first, or that an attack gains
/// most from, is first.
public enum FileRole implements Coded {
  /// The build script and the files it names; it runs on every machine that builds the crate.
  BUILD_SCRIPT("build-script"),
  /// `Cargo.toml`, and `Cargo.toml.orig` as the author wrote it.
  MANIFEST("manifest"),
  /// The source that the compiler reads; that of a proc macro also runs at build time.
  SOURCE("source"),
  /// Any other file: data, scripts, binaries.
  OTHER("other"),
  /// Tests, examples, benchmarks and documents, which are never built for a dependency.
  ASIDE("aside");

  private final String code;

  FileRole(String code) {
    this.code = code;
  }

  /// Returns the kebab-case form, for example `build-script`.
  @Override
  public String code() {
    return code;
  }
}
