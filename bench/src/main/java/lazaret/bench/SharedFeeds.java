package lazaret.bench;

import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.HttpURLConnection;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import lazaret.bench.Launcher.Mirror;
import lazaret.testkit.SharedData;

/// The two public feeds of the shared data, and how a running mirror is given them.
///
/// @param rustsec an archive of RustSec's database
/// @param osv the dump of OSV
record SharedFeeds(Path rustsec, Path osv) {
  static SharedFeeds of(SharedData shared) {
    Path data = shared.folder().resolve("data");
    return new SharedFeeds(
        data.resolve("advisories/rustsec-advisory-db.tar.gz"),
        data.resolve("osv/crates.io-all.zip"));
  }

  /// Imports both, so that the gate holds them from then on.
  void importBoth(Server server, Mirror mirror) {
    take(server, mirror, "rustsec", rustsec);
    take(server, mirror, "osv", osv);
  }

  private static void take(Server server, Mirror mirror, String name, Path file) {
    try {
      String token = Files.readString(mirror.data().resolve("admin-token")).strip();
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
