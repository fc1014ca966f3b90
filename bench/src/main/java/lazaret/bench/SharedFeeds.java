package lazaret.bench;

import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.HttpURLConnection;
import java.net.URI;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import lazaret.bench.Launcher.Mirror;
import lazaret.storage.files.DataFolderFiles;
import lazaret.testkit.SharedData;

/// The two public feeds of the shared data, and their import into a running mirror.
///
/// @param rustsec an archive of RustSec's database
/// @param osv the dump of OSV
record SharedFeeds(Path rustsec, Path osv) {
  private static final String CRATE = "lazaret-bench";

  static SharedFeeds of(SharedData shared) {
    Path data = shared.folder().resolve("data");
    return new SharedFeeds(
        data.resolve("advisories/rustsec-advisory-db.tar.gz"),
        data.resolve("osv/crates.io-all.zip"));
  }

  /// Copies both, each with a record of today on an unused crate. Verdicts warn of feeds without
  /// recent records, and the feeds of a real gate have some.
  ///
  /// @param folder folder for the copies
  /// @throws IOException if they cannot be written
  SharedFeeds asOfToday(Path folder) throws IOException {
    String today = LocalDate.now(ZoneOffset.UTC).toString();
    Path unpacked = Files.createDirectories(folder.resolve("rustsec"));
    Path archive = folder.resolve("rustsec.tar.gz");
    Path advisory = Path.of("crates", CRATE, "RUSTSEC-2026-9999.md");
    shell("tar -xzf '%s' -C '%s' --strip-components=1".formatted(rustsec, unpacked));
    Files.createDirectories(unpacked.resolve(advisory).resolveSibling("."));
    Files.writeString(unpacked.resolve(advisory), advisory(today));
    shell("tar -czf '%s' -C '%s' rustsec".formatted(archive, folder));
    Path dump = Files.copy(osv, folder.resolve("osv.zip"));
    Files.setPosixFilePermissions(dump, PosixFilePermissions.fromString("rw-------"));
    try (FileSystem zip = FileSystems.newFileSystem(dump)) {
      Files.writeString(zip.getPath("MAL-2026-9999.json"), osvRecord(today));
    }
    return new SharedFeeds(archive, dump);
  }

  private static String advisory(String today) {
    return """
    ```toml
    [advisory]
    id = "RUSTSEC-2026-9999"
    package = "%s"
    date = "%s"
    [versions]
    patched = []
    ```

    # A record of today
    """
        .formatted(CRATE, today);
  }

  private static String osvRecord(String today) {
    return """
    {"schema_version":"1.7.0","id":"MAL-2026-9999","modified":"%1$sT00:00:00Z",
     "published":"%1$sT00:00:00Z","summary":"A record of today",
     "affected":[{"package":{"ecosystem":"crates.io","name":"%2$s"},"versions":["1.0.0"]}]}
    """
        .formatted(today, CRATE);
  }

  private static void shell(String command) {
    var _ = Tool.run(Duration.ofMinutes(1), List.of("bash", "-c", command));
  }

  /// Imports both feeds into the gate.
  void importBoth(Server server, Mirror mirror) {
    take(server, mirror, "rustsec", rustsec);
    take(server, mirror, "osv", osv);
  }

  private static void take(Server server, Mirror mirror, String name, Path file) {
    try {
      String token = Files.readString(mirror.data().resolve(DataFolderFiles.ADMIN_TOKEN)).strip();
      URI feed = URI.create(server.at("/desk/v1/feeds/" + name));
      var connection = (HttpURLConnection) feed.toURL().openConnection();
      connection.setRequestMethod("PUT");
      connection.setRequestProperty("Authorization", "Bearer " + token);
      connection.setRequestProperty("Content-Type", "application/octet-stream");
      connection.setDoOutput(true);
      try (OutputStream out = connection.getOutputStream()) {
        Files.copy(file, out);
      }
      if (connection.getResponseCode() != 200) {
        throw new IllegalStateException(
            "the feed %s was answered with %d".formatted(name, connection.getResponseCode()));
      }
    } catch (IOException e) {
      throw new UncheckedIOException("cannot import the feed " + name, e);
    }
  }
}
