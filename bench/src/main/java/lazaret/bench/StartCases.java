package lazaret.bench;

import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.HttpURLConnection;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import lazaret.bench.Launcher.Mirror;
import lazaret.testkit.SharedData;

/// From the start of `bin/mirror-server` on a filled store to the first index file.
final class StartCases {
  private static final int RUNS = 5;
  private static final double TARGET_MILLIS = 450;

  private final Bench bench;
  private final Mirror mirror;
  private final String path;

  /// @param path an index file that the store holds
  StartCases(Bench bench, Mirror mirror, String path) {
    this.bench = bench;
    this.mirror = mirror;
    this.path = path;
  }

  void run() {
    bench.say("start to the first 200");
    measure("start to first 200");
    Optional<SharedData> shared = SharedData.find();
    if (shared.isEmpty()) {
      bench.table().skipped("start to first 200, two feeds", "no shared data");
      return;
    }
    Path data = shared.get().folder().resolve("data");
    try (Server server = bench.launcher().mirror(mirror)) {
      take(server, "rustsec", data.resolve("advisories/rustsec-advisory-db.tar.gz"));
      take(server, "osv", data.resolve("osv/crates.io-all.zip"));
    }
    measure("start to first 200, two feeds");
  }

  private void measure(String name) {
    var with = new double[RUNS];
    var without = new double[RUNS];
    for (int i = 0; i < RUNS; i++) {
      with[i] = millis(mirror);
      without[i] = millis(mirror.withAot(false));
    }
    Table table = bench.table();
    table.ceiling(name, "%.0f ms", TARGET_MILLIS, Sample.median(with));
    table.figure(name + ", no AOT cache", "", Table.number("%.0f ms", Sample.median(without)));
  }

  /// Imports a feed, so that the gate holds it from then on.
  private void take(Server server, String name, Path file) {
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

  private double millis(Mirror asked) {
    int port = Server.freePort();
    String url = "http://127.0.0.1:" + port + "/";
    URI index = URI.create(url + path.substring(1));
    long start = System.nanoTime();
    try (var _ = new Server(bench.launcher().launch(asked.onPort(port)), url)) {
      while (!answers(index)) {
        if (System.nanoTime() - start > Duration.ofSeconds(30).toNanos()) {
          throw new IllegalStateException("the mirror does not start");
        }
        Launcher.pause(2);
      }
      return (System.nanoTime() - start) / 1e6;
    }
  }

  private static boolean answers(URI index) {
    try {
      var connection = (HttpURLConnection) index.toURL().openConnection();
      connection.setConnectTimeout(1_000);
      connection.setReadTimeout(10_000);
      try (var body = connection.getInputStream()) {
        return body.readAllBytes().length > 0;
      } finally {
        connection.disconnect();
      }
    } catch (IOException _) {
      return false;
    }
  }
}
