package lazaret.bundle.format;

/// The targets of a bundle and their names in the signed metadata.
public enum BundleTarget {
  /// The bundle statement.
  STATEMENT("bundle.json"),
  /// The index lines of every crate that differs from the base.
  INDEX("index.ndjson.gz"),
  /// The signed statements, one for every index line.
  DECISIONS("decisions.dsse.ndjson.gz"),
  /// The records of all feeds.
  ADVISORIES("advisories.ndjson.gz"),
  /// The locations of the artifacts in the parts.
  BLOBS("blobs.tsv"),
  /// The software bill of materials.
  SBOM("sbom.cdx.json.gz");

  private final String path;

  BundleTarget(String path) {
    this.path = path;
  }

  /// Returns the name.
  public String path() {
    return path;
  }

  /// Returns the name of a part.
  ///
  /// @param number from 1
  public static String part(int number) {
    return "part-%04d.tar".formatted(number);
  }
}
