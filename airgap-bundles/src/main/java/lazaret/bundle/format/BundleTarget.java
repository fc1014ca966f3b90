package lazaret.bundle.format;

import java.util.ArrayList;
import java.util.List;
import lazaret.vetting.snapshot.SnapshotKind;

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
  SBOM("sbom.cdx.json.gz"),
  /// The locations of the files of the site, if the bundle carries any.
  FILES("files.tsv"),
  /// The rows of the site, if the bundle carries any.
  SITE_ROWS("site-rows.ndjson.gz"),
  /// The changes of feeds, of a bundle of advisories.
  ADVISORY_CHANGES("advisory-changes.ndjson.gz");

  private final String path;

  BundleTarget(String path) {
    this.path = path;
  }

  /// Returns the name.
  public String path() {
    return path;
  }

  /// Returns the tables of a bundle: all targets except the statement and the parts.
  public static List<BundleTarget> tables(BundleStatement statement) {
    List<BundleTarget> tables =
        new ArrayList<>(
            statement.kind() == SnapshotKind.ADVISORIES
                ? List.of(ADVISORY_CHANGES)
                : List.of(INDEX, DECISIONS, ADVISORIES, BLOBS, SBOM));
    if (!statement.extras().site().isEmpty()) {
      tables.addAll(List.of(FILES, SITE_ROWS));
    }
    return List.copyOf(tables);
  }

  /// Returns the name of a part with files of the site.
  ///
  /// @param number from 1
  public static String filePart(int number) {
    return "files-%04d.tar".formatted(number);
  }

  /// Returns whether a target is a part.
  public static boolean isPart(String path) {
    return path.startsWith("part-") || (path.startsWith("files-") && path.endsWith(".tar"));
  }

  /// Returns the name of a part.
  ///
  /// @param number from 1
  public static String part(int number) {
    return "part-%04d.tar".formatted(number);
  }
}
