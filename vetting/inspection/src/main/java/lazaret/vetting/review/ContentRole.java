package lazaret.vetting.review;

import lazaret.vetting.text.Coded;

/// The role in which the content of a file is used, in the order of decreasing danger.
public enum ContentRole implements Coded {
  /// The build script and the files that it includes or names.
  BUILD_SCRIPT("build-script"),
  /// A source of a proc macro, which runs in the compiler.
  MACRO("macro"),
  /// The manifest `Cargo.toml`, as cargo reads it.
  MANIFEST("manifest"),
  /// A source of the library or of programs.
  RUNTIME("runtime"),
  /// A test, example or benchmark, or their data. No build of a dependency contains it.
  TEST("test"),
  /// Any other file, whether a source includes it or not.
  DATA("data");

  private final String code;

  ContentRole(String code) {
    this.code = code;
  }

  /// Returns the kebab-case form, for example `build-script`.
  @Override
  public String code() {
    return code;
  }
}
