package lazaret.bench;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import lazaret.bench.Corpus.Part;
import lazaret.bench.Launcher.Protocol;
import lazaret.bench.Options.Group;
import lazaret.bench.speed.SpeedRow;
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
  /// @param row row of the table
  /// @param group group of the case
  /// @param part requested set
  /// @param connections number of open connections
  /// @param header header of each request, or null; `304` means the validator of the server
  private record Case(
      SpeedRow row, Group group, Part part, int connections, @Nullable String header) {
    static Case of(SpeedRow row, Group group, Part part, int connections) {
      return new Case(row, group, part, connections, null);
    }

    Case with(String text) {
      return new Case(row, group, part, connections, text);
    }
  }

  private static final String VALIDATOR = "304";
  private static final int FEW = 16;
  private static final int MANY = 64;

  private static final List<Case> CASES =
      List.of(
          Case.of(SpeedRow.INDEX_5K_C16, Group.INDEX, Part.INDEX_5K, FEW),
          Case.of(SpeedRow.INDEX_5K_C64, Group.INDEX, Part.INDEX_5K, MANY),
          Case.of(SpeedRow.INDEX_100K_C16, Group.INDEX, Part.INDEX_100K, FEW),
          Case.of(SpeedRow.INDEX_100K_C64, Group.INDEX, Part.INDEX_100K, MANY),
          Case.of(SpeedRow.NOT_MODIFIED_C16, Group.NOT_MODIFIED, Part.INDEX_100K, FEW)
              .with(VALIDATOR),
          Case.of(SpeedRow.NOT_MODIFIED_C64, Group.NOT_MODIFIED, Part.INDEX_100K, MANY)
              .with(VALIDATOR),
          Case.of(SpeedRow.INDEX_100K_GZIP, Group.GZIP, Part.INDEX_100K, FEW)
              .with("Accept-Encoding: gzip"),
          Case.of(SpeedRow.ARTIFACT_20K_C16, Group.ARTIFACT, Part.CRATE_20K, FEW),
          Case.of(SpeedRow.ARTIFACT_20K_C64, Group.ARTIFACT, Part.CRATE_20K, MANY),
          Case.of(SpeedRow.ARTIFACT_100K, Group.ARTIFACT, Part.CRATE_100K, FEW),
          Case.of(SpeedRow.ARTIFACT_1M, Group.ARTIFACT, Part.CRATE_1M, FEW),
          Case.of(SpeedRow.ARTIFACT_5M, Group.ARTIFACT, Part.CRATE_5M, FEW));

  /// A case over HTTP/2.
  private record Http2Case(SpeedRow row, Part part) {}

  private static final List<Http2Case> H2C =
      List.of(
          new Http2Case(SpeedRow.H2C_INDEX_5K, Part.INDEX_5K),
          new Http2Case(SpeedRow.H2C_INDEX_100K, Part.INDEX_100K),
          new Http2Case(SpeedRow.H2C_ARTIFACT_20K, Part.CRATE_20K));

  private static final List<Http2Case> TLS =
      List.of(
          new Http2Case(SpeedRow.TLS_H2_INDEX_5K, Part.INDEX_5K),
          new Http2Case(SpeedRow.TLS_H2_INDEX_100K, Part.INDEX_100K),
          new Http2Case(SpeedRow.TLS_H2_ARTIFACT_20K, Part.CRATE_20K));

  /// Runs the cases over HTTP/1.1, without those of many connections if the run is quick.
  void http1(Server nginx, Server mirror) {
    for (Case each : CASES) {
      boolean isOmitted = bench.options().quick() && each.connections() > FEW;
      if (bench.options().has(each.group()) && !isOmitted) {
        compare(each.row(), nginx, mirror, (server, seconds) -> run(each, server, seconds));
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
      http2(H2C, nginx, mirror);
    }
  }

  /// Runs the cases over TLS, on a separate mirror.
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
      http2(TLS, nginx, mirror);
      // wrk offers no protocol in its handshake, and both servers respond with HTTP/1.1.
      List<String> paths = corpus.of(Part.INDEX_5K);
      compare(
          SpeedRow.TLS_H1_INDEX_5K,
          nginx,
          mirror,
          (server, seconds) -> bench.load().wrk(server, paths, null, new Load.Shape(FEW, seconds)));
    }
  }

  private void http2(List<Http2Case> cases, Server nginx, Server mirror) {
    for (Http2Case each : cases) {
      List<String> paths = corpus.of(each.part());
      compare(
          each.row(),
          nginx,
          mirror,
          (server, seconds) -> bench.load().h2load(server, paths, seconds));
    }
  }

  private interface Round {
    Sample run(Server server, int seconds);
  }

  private void compare(SpeedRow row, Server nginx, Server mirror, Round round) {
    bench.say(row.title());
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
    bench.table().load(row, Sample.median(ofNginx), Sample.median(ofMirror));
  }
}
