package lazaret.bench;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import lazaret.bench.Corpus.Part;
import lazaret.bench.Launcher.Mirror;
import lazaret.bench.Launcher.Protocol;
import lazaret.bench.mix.MixRun;
import lazaret.bench.speed.RowResult;
import lazaret.bench.speed.SpeedRow;

/// Cases of many clients whose connections stay open. They send the requests of developers and
/// builds, and measure the latency at a constant rate and the resident memory after it. The rate is
/// a share of the lower one of the two rates that the same client reaches without a limit.
final class MixCases {
  private static final String HEAP = "-Xmx512m";
  private static final int CLIENTS = 1_000;
  private static final double SHARE = 0.6;
  private static final int ROUNDS = 3;
  private static final int UNCOUNTED_SECONDS = 5;
  private static final int SECONDS = 20;
  private static final int QUICK_SECONDS = 5;

  private static final String RATE = "rate";

  private static final int OK = 200;
  private static final int NOT_MODIFIED = 304;

  private final Bench bench;
  private final Corpus corpus;
  private final Path root;
  private final Path requests;

  /// @param corpus requested files
  /// @param root the same bytes, for nginx
  MixCases(Bench bench, Corpus corpus, Path root) {
    this.bench = bench;
    this.corpus = corpus;
    this.root = root;
    this.requests = bench.work().resolve("mix.txt");
  }

  void run(Mirror asked) {
    write(lines(corpus));
    try (Server nginx = bench.launcher().nginx(Protocol.HTTP_1, root);
        Server mirror = bench.launcher().mirror(asked)) {
      bench.say("peak rate of the mix");
      PrintedFigures ofNginx = load(nginx, 0);
      PrintedFigures ofMirror = load(mirror, 0);
      bench.table().figure("mix, peak rate", rate(ofNginx), rate(ofMirror));
      if (hasFailures(List.of(ofNginx), List.of(ofMirror))) {
        return;
      }
      rounds(nginx, mirror, Math.round(SHARE * Math.min(ofNginx.get(RATE), ofMirror.get(RATE))));
      if (!bench.options().quick()) {
        bench.resident(SpeedRow.RESIDENT_MIX, mirror, asked);
      }
    }
  }

  private void rounds(Server nginx, Server mirror, long rate) {
    List<PrintedFigures> ofNginx = new ArrayList<>();
    List<PrintedFigures> ofMirror = new ArrayList<>();
    for (int i = 0; i < ROUNDS; i++) {
      bench.say("mix at %,d/s, round %d".formatted(rate, i + 1));
      if (i % 2 == 0) {
        ofNginx.add(load(nginx, rate));
        ofMirror.add(load(mirror, rate));
      } else {
        ofMirror.add(load(mirror, rate));
        ofNginx.add(load(nginx, rate));
      }
    }
    if (!hasFailures(ofNginx, ofMirror)) {
      latency(SpeedRow.MIX_P99, "p99-ms", ofNginx, ofMirror);
      latency(SpeedRow.MIX_P999, "p999-ms", ofNginx, ofMirror);
    }
  }

  /// Returns whether a request failed, and then adds both rows as skipped.
  private boolean hasFailures(List<PrintedFigures> ofNginx, List<PrintedFigures> ofMirror) {
    double failures = sum(ofNginx, "failures") + sum(ofMirror, "failures");
    if (failures == 0) {
      return false;
    }
    String why = "%.0f requests failed".formatted(failures);
    bench.table().skipped(SpeedRow.MIX_P99.title(), why);
    bench.table().skipped(SpeedRow.MIX_P999.title(), why);
    return true;
  }

  private void latency(
      SpeedRow row, String name, List<PrintedFigures> ofNginx, List<PrintedFigures> ofMirror) {
    String rate = " (%.0f/s)".formatted(median(ofMirror, RATE));
    RowResult result = RowResult.ratio(row, median(ofNginx, name), median(ofMirror, name));
    bench.table().measured(result, rate);
  }

  private static String rate(PrintedFigures figures) {
    return BenchTable.number("%.0f/s", figures.get(RATE));
  }

  private static double sum(List<PrintedFigures> rounds, String name) {
    return rounds.stream().mapToDouble(round -> round.get(name)).sum();
  }

  private static double median(List<PrintedFigures> rounds, String name) {
    return Sample.median(rounds.stream().mapToDouble(round -> round.get(name)).toArray());
  }

  /// @param rate requests per second; 0 for as many as the clients can send
  private PrintedFigures load(Server server, long rate) {
    int seconds = bench.options().quick() ? QUICK_SECONDS : SECONDS;
    return PrintedFigures.of(
        Tool.java(
            HEAP,
            MixRun.class,
            Integer.toString(URI.create(server.url()).getPort()),
            requests.toString(),
            Integer.toString(CLIENTS),
            Integer.toString(UNCOUNTED_SECONDS),
            Integer.toString(seconds),
            Long.toString(rate)));
  }

  /// Returns a thousand requests in a random order that is the same in each run. Two fifths are
  /// valid copies of an index file, three tenths are index files, three tenths are artifacts; a
  /// sixth of the files and artifacts have 100 KB.
  static List<String> lines(Corpus corpus) {
    List<String> lines = new ArrayList<>();
    add(lines, 300, NOT_MODIFIED, corpus.of(Part.INDEX_5K));
    add(lines, 100, NOT_MODIFIED, corpus.of(Part.INDEX_100K));
    add(lines, 250, OK, corpus.of(Part.INDEX_5K));
    add(lines, 50, OK, corpus.of(Part.INDEX_100K));
    add(lines, 250, OK, corpus.of(Part.CRATE_20K));
    add(lines, 50, OK, corpus.of(Part.CRATE_100K));
    Collections.shuffle(lines, new Random(1));
    return List.copyOf(lines);
  }

  private static void add(List<String> lines, int count, int status, List<String> paths) {
    for (int i = 0; i < count; i++) {
      lines.add(status + " " + paths.get(i % paths.size()));
    }
  }

  private void write(List<String> lines) {
    try {
      Files.write(requests, lines);
    } catch (IOException e) {
      throw new UncheckedIOException("cannot write " + requests, e);
    }
  }
}
