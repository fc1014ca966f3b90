package lazaret.vetting.crates;

/// The addresses of the public registry, in one place.
///
/// Source: Cargo reference, *Registry Index*, *Index Protocols*; the registry's own `config.json`.
public final class CratesIo {
  /// The sparse index, with the slash that cargo demands at the end.
  public static final String INDEX = "https://index.crates.io/";

  /// The place of the artefacts as the registry's `config.json` names it, without markers.
  public static final String DL = "https://static.crates.io/crates";

  /// The web API.
  public static final String API = "https://crates.io";

  /// The git index: the identity of the registry in every `Cargo.lock`, whatever protocol was used.
  public static final String GIT_INDEX = "https://github.com/rust-lang/crates.io-index";

  /// The public dump of OSV records of this ecosystem, a zip of JSON files.
  public static final String OSV_DUMP =
      "https://osv-vulnerabilities.storage.googleapis.com/crates.io/all.zip";

  /// The newest state of RustSec's advisory database, a gzip-compressed tar archive.
  public static final String ADVISORY_DB =
      "https://github.com/rustsec/advisory-db/archive/refs/heads/main.tar.gz";

  private CratesIo() {}

  /// Tells whether an address of an index is the public registry's own, in the git form or the
  /// sparse one, with or without cargo's prefix for the protocol.
  public static boolean isIndex(String url) {
    return switch (url) {
      case GIT_INDEX, "registry+" + GIT_INDEX, INDEX, "sparse+" + INDEX -> true;
      default -> false;
    };
  }
}
