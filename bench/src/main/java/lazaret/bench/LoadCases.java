package lazaret.bench;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import lazaret.bench.Corpus.Part;
import lazaret.bench.Launcher.Protocol;
import lazaret.bench.Options.Group;
import org.jspecify.annotations.Nullable;

/// Cases of throughput from the cache: both servers in turn, several rounds, medians.
final class LoadCases {
  private final Bench bench;
  private final Corpus corpus;
  private final Path root;

  /// @param corpus requested files
  /// @param root the same bytes, for nginx
  LoadCases(Bench bench, Corpus corpus, Path root) {
    this.bench = bench;
    this.corpus = corpus;
    this.root = root;
  }

  /// A case over HTTP/1.1.
  ///
  /// @param name name of the case
  /// @param group group of the case
  /// @param part requested set
  /// @param connections number of open connections
  /// @param target minimum ratio to nginx's requests per second
  /// @param header header of each request, or null; `304` means the validator of the server
  private record Case(
      String name,
      Group group,
      Part part,
      int connections,
      double target,
      @Nullable String header) {
    static Case of(String name, Group group, Part part, int connections, double target) {
      return new Case(name + " c" + connections, group, part, connections, target, null);
    }

    Case with(String text) {
      return new Case(name, group, part, connections, target, text);
    }
  }

  private static final String VALIDATOR = "304";

  private static final List<Case> CASES =
      List.of(
          Case.of("index 5 KB", Group.INDEX, Part.INDEX_5K, 16, 0.9),
          Case.of("index 5 KB", Group.INDEX, Part.INDEX_5K, 64, 0.9),
          Case.of("index 100 KB", Group.INDEX, Part.INDEX_100K, 16, 1.0),
          Case.of("index 100 KB", Group.INDEX, Part.INDEX_100K, 64, 1.0),
          Case.of("304", Group.NOT_MODIFIED, Part.INDEX_100K, 16, 0.9).with(VALIDATOR),
          Case.of("304", Group.NOT_MODIFIED, Part.INDEX_100K, 64, 0.9).with(VALIDATOR),
          Case.of("index 100 KB gzip", Group.GZIP, Part.INDEX_100K, 16, Double.NaN)
              .with("Accept-Encoding: gzip"),
          Case.of("artifact 20 KB", Group.ARTIFACT, Part.CRATE_20K, 16, 0.85),
          Case.of("artifact 20 KB", Group.ARTIFACT, Part.CRATE_20K, 64, 0.85),
          Case.of("artifact 100 KB", Group.ARTIFACT, Part.CRATE_100K, 16, 1.0),
          Case.of("artifact 1 MB", Group.ARTIFACT, Part.CRATE_1M, 16, 1.3),
          Case.of("artifact 5 MB", Group.ARTIFACT, Part.CRATE_5M, 16, 1.5));

  /// Runs the cases over HTTP/1.1.
  void http1(Server nginx, Server mirror) {
    for (Case each : CASES) {
      if (bench.options().has(each.group())) {
        bench.say(each.name());
        compare(
            each.name(),
            each.target(),
            nginx,
            mirror,
            (server, seconds) -> run(each, server, seconds));
      }
    }
  }

  private Sample run(Case each, Server server, int seconds) {
    // One path for the validator, since each file has its own.
    boolean validates = VALIDATOR.equals(each.header());
    List<String> paths = corpus.of(each.part());
    String header = each.header();
    if (validates) {
      paths = paths.subList(0, 1);
      header = "If-None-Match: " + new LoadClient(server).get(paths.getFirst(), "").etag();
    }
    return bench.load().wrk(server, paths, header, new Load.Shape(each.connections(), seconds));
  }

  /// Runs the cases over HTTP/2 in clear text.
  void h2c(Server mirror) {
    try (Server nginx = bench.launcher().nginx(Protocol.H2C, root)) {
      http2("h2c", nginx, mirror, new double[] {0.85, 1.0, 0.85});
    }
  }

  /// Runs the cases over HTTP/2 and TLS, on a separate mirror.
  void tls() {
    Launcher.Certificate certificate = bench.launcher().certificate();
    Launcher.Mirror asked =
        Launcher.Mirror.of(corpus.folder().toString(), bench.launcher().dataFolder())
            .with(
                "[tls]",
                "certificate = \"" + certificate.chain() + "\"",
                "key = \"" + certificate.key() + "\"");
    try (Server nginx = bench.launcher().nginx(Protocol.TLS, root);
        Server mirror = bench.launcher().mirror(asked)) {
      http2("TLS h2", nginx, mirror, new double[] {0.6, 0.85, 0.6});
    }
  }

  private void http2(String protocol, Server nginx, Server mirror, double[] targets) {
    List<String> names = List.of("index 5 KB", "index 100 KB", "artifact 20 KB");
    List<Part> parts = List.of(Part.INDEX_5K, Part.INDEX_100K, Part.CRATE_20K);
    for (int i = 0; i < names.size(); i++) {
      String name = protocol + " " + names.get(i);
      List<String> paths = corpus.of(parts.get(i));
      bench.say(name);
      compare(
          name,
          targets[i],
          nginx,
          mirror,
          (server, seconds) -> bench.load().h2load(server, paths, seconds));
    }
  }

  private interface Round {
    Sample run(Server server, int seconds);
  }

  private void compare(String name, double target, Server nginx, Server mirror, Round round) {
    int seconds = bench.options().seconds();
    // The JIT compiler of a newly started server uses a core of its own.
    var _ = round.run(mirror, seconds + 1);
    List<Sample> ofNginx = new ArrayList<>();
    List<Sample> ofMirror = new ArrayList<>();
    for (int i = 0; i < bench.options().rounds(); i++) {
      if (i % 2 == 0) {
        ofNginx.add(round.run(nginx, seconds));
        ofMirror.add(round.run(mirror, seconds));
      } else {
        ofMirror.add(round.run(mirror, seconds));
        ofNginx.add(round.run(nginx, seconds));
      }
    }
    bench.table().load(name, target, Sample.median(ofNginx), Sample.median(ofMirror));
  }
}
