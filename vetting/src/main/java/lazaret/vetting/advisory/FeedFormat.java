package lazaret.vetting.advisory;

import java.util.Locale;

/// The formats of feeds.
public enum FeedFormat {
  /// RustSec's advisory database: Markdown files that start with TOML.
  RUSTSEC,
  /// JSON records of the OSV schema: the public dump for crates, or malicious-package records.
  OSV,
  /// A local list: one TOML file, described in `docs/feeds.md`.
  LOCAL;

  /// Returns the word for reports, options and JSON, for example `osv`.
  public String code() {
    return name().toLowerCase(Locale.ROOT);
  }
}
