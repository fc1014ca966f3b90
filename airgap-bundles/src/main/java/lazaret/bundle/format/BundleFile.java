package lazaret.bundle.format;

/// The targets of a bundle, by the names that signed metadata has for them.
public enum BundleFile {
  /// What the bundle says of itself.
  STATEMENT("bundle.json"),
  /// The index lines of every crate that differs.
  INDEX("index.ndjson.gz"),
  /// A signed statement for every index line.
  DECISIONS("decisions.dsse.ndjson.gz"),
  /// The records of all feeds.
  ADVISORIES("advisories.ndjson.gz"),
  /// Where which artefact lies.
  BLOBS("blobs.tsv"),
  /// The bill of materials.
  SBOM("sbom.cdx.json.gz");

  private final String path;

  BundleFile(String path) {
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
