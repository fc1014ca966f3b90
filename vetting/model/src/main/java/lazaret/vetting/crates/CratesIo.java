package lazaret.vetting.crates;

/// The addresses of the public registry.
///
/// Source: Cargo reference, *Registry Index*, *Index Protocols*; the registry's own `config.json`.
public final class CratesIo {
  /// The sparse index, with the slash that cargo requires at the end.
  public static final String INDEX = "https://index.crates.io/";

  /// The base address of artifacts, as in the registry's `config.json`, without markers.
  public static final String DL = "https://static.crates.io/crates";

  /// The folder of the feeds of releases and of the dump of the database.
  public static final String FILES = "https://static.crates.io/";

  /// The base address of the web API.
  public static final String API = "https://crates.io";

  /// The git index. It identifies the registry in every `Cargo.lock`, whatever protocol was used.
  public static final String GIT_INDEX = "https://github.com/rust-lang/crates.io-index";

  /// The public dump of OSV records for crates, a zip archive of JSON files.
  public static final String OSV_DUMP =
      "https://osv-vulnerabilities.storage.googleapis.com/crates.io/all.zip";

  /// The current state of RustSec's advisory database, a gzip-compressed tar archive.
  public static final String ADVISORY_DB =
      "https://github.com/rustsec/advisory-db/archive/refs/heads/main.tar.gz";

  private CratesIo() {}

  /// Returns whether an index address is the public registry's own. The git form and the sparse
  /// form are accepted, with or without cargo's prefix for the protocol.
  public static boolean isIndex(String url) {
    return switch (url) {
      case GIT_INDEX, "registry+" + GIT_INDEX, INDEX, "sparse+" + INDEX -> true;
      default -> false;
    };
  }
}
