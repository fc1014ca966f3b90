package lazaret.bench;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executors;
import lazaret.bench.Corpus.Part;
import lazaret.bench.Launcher.Mirror;

/// Cases of traces: the processor time of the server for a request without traces, with 1 % of them
/// and with all. The receiver runs in this process and discards what it gets.
final class TraceCases {
  private static final int CONNECTIONS = 16;

  private final Bench bench;
  private final Corpus corpus;
  private final List<Setting> settings =
      List.of(Setting.of("off", 0), Setting.of("1 %", 1), Setting.of("100 %", 100));

  /// The share of traces, and the processor time for a request of each kind.
  ///
  /// @param percent the share; 0 if the server has no traces
  private record Setting(String name, int percent, List<Sample> index, List<Sample> artifact) {
    static Setting of(String name, int percent) {
      return new Setting(name, percent, new ArrayList<>(), new ArrayList<>());
    }
  }

  /// @param corpus requested files
  TraceCases(Bench bench, Corpus corpus) {
    this.bench = bench;
    this.corpus = corpus;
  }

  void run(Mirror asked) {
    HttpServer receiver = receiver();
    try {
      String url = "http://127.0.0.1:" + receiver.getAddress().getPort();
      for (int i = 0; i < bench.options().rounds(); i++) {
        for (Setting setting : settings) {
          bench.say("traces %s, round %d".formatted(setting.name(), i + 1));
          round(setting.percent() == 0 ? asked : asked.traced(url, setting.percent()), setting);
        }
      }
    } finally {
      receiver.stop(0);
    }
    for (Setting setting : settings) {
      figure("index 5 KB, traces " + setting.name(), setting.index());
      figure("artifact 20 KB, traces " + setting.name(), setting.artifact());
    }
  }

  private void round(Mirror asked, Setting setting) {
    int seconds = bench.options().seconds();
    try (Server server = bench.launcher().mirror(asked)) {
      for (boolean counts : new boolean[] {false, true}) {
        Sample index = load(server, Part.INDEX_5K, seconds);
        Sample artifact = load(server, Part.CRATE_20K, seconds);
        if (counts) {
          setting.index().add(index);
          setting.artifact().add(artifact);
        }
      }
    }
  }

  private Sample load(Server server, Part part, int seconds) {
    return bench.load().wrk(server, corpus.of(part), null, new Load.Shape(CONNECTIONS, seconds));
  }

  private void figure(String name, List<Sample> samples) {
    Sample median = Sample.median(samples);
    if (median.failures() > 0) {
      bench.table().skipped(name, median.failures() + " requests failed");
    } else {
      bench.table().figure(name, "", BenchTable.number("%.1f us", median.cpuMicros()));
    }
  }

  private static HttpServer receiver() {
    try {
      HttpServer server =
          HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
      server.setExecutor(
          Executors.newThreadPerTaskExecutor(Thread.ofPlatform().daemon().factory()));
      server.createContext("/v1/traces", TraceCases::discard);
      server.start();
      return server;
    } catch (IOException e) {
      throw new UncheckedIOException("cannot start a receiver of traces", e);
    }
  }

  private static void discard(HttpExchange exchange) throws IOException {
    try (exchange) {
      var _ = exchange.getRequestBody().transferTo(OutputStream.nullOutputStream());
      exchange.sendResponseHeaders(200, -1);
    }
  }
}
