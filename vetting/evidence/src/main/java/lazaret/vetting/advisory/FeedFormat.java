package lazaret.vetting.advisory;

import lazaret.vetting.text.Coded;

/// The formats of feeds.
public enum FeedFormat implements Coded {
  /// RustSec's advisory database: Markdown files that start with TOML.
  RUSTSEC("rustsec"),
  /// JSON records of the OSV schema: the public dump for crates, or malicious-package records.
  OSV("osv"),
  /// A local list: one TOML file, described in `docs/feeds.md`.
  LOCAL("local");

  private final String code;

  FeedFormat(String code) {
    this.code = code;
  }

  /// Returns the word for reports, options and JSON, for example `osv`.
  @Override
  public String code() {
    return code;
  }

  /// Returns the format with a code.
  ///
  /// @throws IllegalArgumentException if there is none
  public static FeedFormat parse(String code) {
    return Coded.parse(FeedFormat.class, code);
  }
}
