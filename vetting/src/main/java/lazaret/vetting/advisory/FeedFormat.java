package lazaret.vetting.advisory;

import java.util.Locale;

/// The forms in which feeds come.
public enum FeedFormat {
  /// RustSec's advisory database: Markdown files that begin with TOML.
  RUSTSEC,
  /// JSON records of the OSV schema: the public dump of the ecosystem, malicious-package records.
  OSV,
  /// A list of our own: one TOML file, described in `docs/feeds.md`.
  LOCAL;

  /// Returns the word for reports, options and JSON, for example `osv`.
  public String code() {
    return name().toLowerCase(Locale.ROOT);
  }
}
