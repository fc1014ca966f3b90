package lazaret.vetting.review;

import java.util.Locale;

/// What a file of a crate is for, in the order in which it is worth reading: what runs first, and
/// what an attack gains most from, comes first.
public enum FilePart {
  /// The build script and whatever it names: it runs on the machine of whoever builds.
  BUILD_SCRIPT,
  /// `Cargo.toml`, and `Cargo.toml.orig` as the author wrote it.
  MANIFEST,
  /// What the compiler sees; of a proc macro it runs at build time, too.
  SOURCE,
  /// Anything else: data, scripts, binaries.
  OTHER,
  /// Tests, examples, benchmarks, documents: never built by whoever depends on the crate.
  ASIDE;

  /// Returns the kebab-case form, for example `build-script`.
  public String code() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }
}
