package lazaret.vetting.review;

import java.util.Locale;

/// The role of a file of a crate, in reading order. Code that runs first, or that an attack gains
/// most from, is first.
public enum FilePart {
  /// The build script and the files it names; it runs on every machine that builds the crate.
  BUILD_SCRIPT,
  /// `Cargo.toml`, and `Cargo.toml.orig` as the author wrote it.
  MANIFEST,
  /// The source that the compiler reads; that of a proc macro also runs at build time.
  SOURCE,
  /// Any other file: data, scripts, binaries.
  OTHER,
  /// Tests, examples, benchmarks and documents, which are never built for a dependency.
  ASIDE;

  /// Returns the kebab-case form, for example `build-script`.
  public String code() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }
}
