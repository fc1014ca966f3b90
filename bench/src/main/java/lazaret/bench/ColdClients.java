package lazaret.bench;

import java.time.Duration;
import java.util.List;
import lazaret.bench.Launcher.Mirror;
import lazaret.testkit.CrateBuilder;
import lazaret.testkit.FixtureRegistry;
import lazaret.testkit.ScriptedUpstream;
import lazaret.vetting.crates.CrateId;

/// A case in which 40 clients request the same file from an empty mirror at the same moment. The
/// upstream has a latency of 300 ms.
final class ColdClients {
  private static final int CLIENTS = 40;

  private final Bench bench;

  ColdClients(Bench bench) {
    this.bench = bench;
  }

  void run() {
    bench.say(CLIENTS + " cold clients");
    var crate =
        CrateBuilder.crate("herd-of-clients", "1.0.0")
            .file(
                "data.bin",
                new java.util.Random(1)
                    .ints(1_250_000)
                    .mapToObj(Integer::toHexString)
                    .collect(java.util.stream.Collectors.joining()));
    var registry = new FixtureRegistry();
    registry.publish(crate, line -> line.pubtime("2020-01-01T00:00:00Z"));
    try (ScriptedUpstream upstream = ScriptedUpstream.start(registry);
        Server mirror =
            bench
                .launcher()
                .mirror(Mirror.of(upstream.indexUrl(), bench.launcher().dataFolder()))) {
      CrateId id = crate.id();
      upstream.latency(Duration.ofMillis(300));
      herd(
          upstream,
          mirror,
          new Ask("index file", "/index/he/rd/herd-of-clients", "/index/he/*", 200));
      herd(
          upstream,
          mirror,
          new Ask(
              "artifact",
              "/dl/" + crate.name() + "/" + crate.version() + "/" + id.cksum().hex(),
              "/crates/*",
              200));
      herd(upstream, mirror, new Ask("missing name", "/index/no/ne/none-such", "/index/no/*", 404));
    }
  }

  private record Ask(String name, String path, String pattern, int status) {}

  private void herd(ScriptedUpstream upstream, Server mirror, Ask ask) {
    List<Integer> statuses = new LoadClient(mirror).herd(ask.path(), CLIENTS);
    long errors = CLIENTS - statuses.stream().filter(s -> s == ask.status()).count();
    int asked = upstream.count(ask.pattern());
    bench
        .table()
        .ceiling(
            CLIENTS + " cold clients, " + ask.name() + ": upstream requests",
            "%.0f",
            1,
            (double) asked);
    bench
        .table()
        .ceiling(CLIENTS + " cold clients, " + ask.name() + ": errors", "%.0f", 0, (double) errors);
  }
}
