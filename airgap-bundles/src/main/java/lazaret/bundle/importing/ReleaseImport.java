package lazaret.bundle.importing;

import java.io.IOException;
import java.io.InputStream;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import lazaret.bundle.site.ReleaseCheck;
import lazaret.bundle.tuf.TufKey;
import lazaret.site.SiteFileCollection;
import lazaret.site.SiteFileRow;
import lazaret.site.store.SiteFile;
import lazaret.site.store.SiteFileStore;
import lazaret.vetting.Bytes;
import lazaret.vetting.ProductVersion;
import lazaret.vetting.crates.Sha256;
import lazaret.vetting.gate.store.Batch;
import lazaret.vetting.ledger.Notice;

/// The check of a release of this program that a bundle brings: its signature, its files, and that
/// it is not older than this program.
///
/// @param files the store that has its files
/// @param keys the keys that may sign releases
/// @param running the version of this program
record ReleaseImport(SiteFileStore files, List<TufKey> keys, String running) {
  /// Copies the list.
  ReleaseImport {
    keys = List.copyOf(keys);
  }

  /// Creates the check of this program.
  ReleaseImport(SiteFileStore files, List<TufKey> keys) {
    this(files, keys, ProductVersion.of(ReleaseImport.class));
  }

  /// Checks a release.
  ///
  /// @param rows its files; their paths are the version and the name. Without rows there is no
  ///   release
  /// @throws lazaret.bundle.BundleException `site-refused`
  void check(List<SiteFileRow> rows) throws IOException {
    if (rows.isEmpty()) {
      return;
    }
    Map<String, SiteFileRow> named = new TreeMap<>();
    for (SiteFileRow row : rows) {
      String name = row.path().substring(row.path().indexOf('/') + 1);
      if (named.put(name, row) != null) {
        throw ReleaseCheck.refused(
            "expected the files of one version, found '%s' twice".formatted(name));
      }
    }
    ReleaseCheck release = ReleaseCheck.of((name, most) -> whole(named, name, most), keys);
    release.complete(named.keySet());
    named.forEach(
        (name, row) -> {
          if (!row.path().equals(release.version() + '/' + name)) {
            throw ReleaseCheck.refused(
                "expected the files of version %s, found '%s'"
                    .formatted(release.version(), row.path()));
          }
          if (release.files().containsKey(name)
              && !row.sha256().equals(release.files().get(name))) {
            throw ReleaseCheck.refused(
                "its file '" + name + "' has another SHA-256 than is listed");
          }
        });
    if (release.isOlderThan(running)) {
      throw ReleaseCheck.refused(
          "version %s is older than this program (%s); leave it out with --without product"
              .formatted(release.version(), running));
    }
  }

  /// Returns the notice about the release among some files; nothing without one.
  static List<Batch.Write> notices(List<SiteFileRow> files, Sha256 bundle, String by, Instant now) {
    String paths =
        files.stream()
            .filter(row -> row.collection() == SiteFileCollection.PRODUCT)
            .map(SiteFileRow::path)
            .collect(Collectors.joining(", "));
    return paths.isEmpty()
        ? List.of()
        : List.of(
            new Batch.Write.Append(
                new Notice(
                    Notice.Kind.PRODUCT_IMPORTED,
                    now,
                    by,
                    null,
                    null,
                    "a release of this program came with bundle %s: %s".formatted(bundle, paths))));
  }

  private Bytes whole(Map<String, SiteFileRow> named, String name, int most) throws IOException {
    SiteFileRow row = named.get(name);
    if (row == null || row.length() > most) {
      throw ReleaseCheck.refused("expected a file '%s' of at most %d bytes".formatted(name, most));
    }
    SiteFile file =
        files
            .find(row.sha256())
            .orElseThrow(() -> ReleaseCheck.refused("the file '" + name + "' is missing"));
    try (InputStream in = file.open(0)) {
      return Bytes.of(in.readNBytes(most));
    }
  }
}
