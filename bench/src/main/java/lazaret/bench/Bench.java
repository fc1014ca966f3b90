package lazaret.bench;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.function.DoubleSupplier;
import lazaret.bench.Launcher.Mirror;
import lazaret.bench.Launcher.Protocol;
import lazaret.bench.Options.Group;
import lazaret.bench.cluster.ClusterRun;
import lazaret.bench.speed.MarkedBlock;
import lazaret.bench.speed.RowResult;
import lazaret.bench.speed.SpeedRow;
import lazaret.storage.files.FileTrees;

/// One benchmark run: the shared parts of all cases, and their order.
final class Bench {
  private static final int IDLE_CONNECTIONS = 4_000;

  private final Options options;
  private final Path repository;
  private final Path work;
  private final Launcher launcher;
  private final Load load;
  private final BenchTable table = new BenchTable();
  private final long start = System.nanoTime();

  /// @param repository root folder of this repository
  /// @param work an empty folder
  Bench(Options options, Path repository, Path work) {
    this.options = options;
    this.repository = repository;
    this.work = work;
    this.launcher = new Launcher(repository, work);
    this.load = new Load(work);
  }

  Options options() {
    return options;
  }

  Launcher launcher() {
    return launcher;
  }

  Load load() {
    return load;
  }

  BenchTable table() {
    return table;
  }

  Path work() {
    return work;
  }

  /// Returns a folder that is kept after the run, for data that takes minutes to create.
  Path kept(String name) {
    return repository.resolve("bench").resolve("target").resolve(name);
  }

  /// Returns the folder of the plug-ins of servers that share a store, see `bin/lib.sh`.
  Path plugins() {
    return repository.resolve("target/dist/current/cluster");
  }

  /// Prints the next step on standard error.
  void say(String what) {
    System.err.printf("%4d s  %s%n", Duration.ofNanos(System.nanoTime() - start).toSeconds(), what);
  }

  /// Measures all selected groups.
  void run() {
    if (options.hasLoad() || options.has(Group.START)) {
      underLoad();
    }
    if (options.has(Group.CLIENTS)) {
      new ColdClients(this).run();
    }
    if (options.has(Group.RESULTS)) {
      new FetchCases(this).withResults();
    }
    if (options.has(Group.FETCH)) {
      new FetchCases(this).run();
    }
    if (options.has(Group.SANDBOX)) {
      new SandboxCases(this).run();
    }
    if (options.has(Group.INSPECT)) {
      new InspectCases(this).speed();
    }
    if (options.has(Group.INSPECT) && !options.recording()) {
      new InspectCases(this).again();
    }
    if (options.has(Group.METRICS)) {
      new MetricsCases(this).run();
    }
    if (options.has(Group.REJUDGE)) {
      new RejudgeCases(this).run();
    }
    if (options.has(Group.SCALE)) {
      new ScaleCases(this).run();
    }
    if (options.has(Group.DESK)) {
      new DeskCases(this).run();
    }
    if (options.has(Group.FOLLOW)) {
      new ScaleCases(this).follow();
    }
    if (options.has(Group.CLUSTER)) {
      cluster();
    }
    if (options.has(Group.VERIFY)) {
      new VerifyCases(this).run();
    }
    if (options.has(Group.BUNDLE)) {
      new BundleCases(this).run();
    }
    if (options.has(Group.SIGNALS)) {
      table.below(new InspectCases(this).signals());
    }
  }

  private void underLoad() {
    say("generating the upstream");
    Corpus corpus = Corpus.generate(work.resolve("upstream"), options.quick());
    Path root = work.resolve("root");
    Mirror mirror = Mirror.of(corpus.folder().toString(), launcher.dataFolder());
    say("filling the mirror");
    try (Server server = launcher.mirror(mirror)) {
      corpus.fill(server, root);
    }
    // A new process, so that its memory is that of serving and not that of vetting.
    var cases = new LoadCases(this, corpus, root);
    try (Server server = launcher.mirror(mirror)) {
      idle(server, mirror, corpus);
      try (Server nginx = launcher.nginx(Protocol.HTTP_1, root)) {
        cases.http1(nginx, server);
      }
      if (options.has(Group.H2C)) {
        cases.h2c(server);
      }
      if (options.has(Group.MEMORY)) {
        table.figure(
            "resident, loaded", "", BenchTable.number("%.0f MB", server.residentMegabytes()));
        table.figure("resident, peak", "", BenchTable.number("%.0f MB", server.peakMegabytes()));
      }
    }
    if (options.has(Group.MEMORY)) {
      connections(corpus, mirror);
    }
    if (options.has(Group.MIX)) {
      new MixCases(this, corpus, root).run(mirror);
    }
    if (options.has(Group.TLS)) {
      cases.tls();
    }
    if (options.has(Group.TOUCH)) {
      new TouchCases(this, corpus, root).run(mirror);
    }
    if (options.has(Group.TRACES)) {
      new TraceCases(this, corpus).run(mirror);
    }
    if (options.has(Group.START)) {
      start(corpus, mirror);
    }
  }

  /// Adds the figures of several servers as a table of its own, or the reason why there are none.
  private void cluster() {
    say("several servers on one database");
    List<String> lines =
        Tool.java(
            "-Xmx512m",
            ClusterRun.class,
            repository.toString(),
            work.resolve("cluster").toString(),
            Boolean.toString(options.quick()));
    String text = String.join("\n", lines) + "\n";
    if (text.startsWith("|")) {
      table.below(MarkedBlock.CLUSTER, text);
    } else {
      table.below(text);
    }
  }

  private void idle(Server server, Mirror mirror, Corpus corpus) {
    if (options.has(Group.MEMORY)) {
      String path = corpus.of(Corpus.Part.INDEX_5K).getFirst();
      var _ = new LoadClient(server).get(path, "").good(path);
      resident(SpeedRow.RESIDENT_IDLE, server, mirror);
    }
  }

  private void connections(Corpus corpus, Mirror mirror) {
    say("opening %,d connections".formatted(IDLE_CONNECTIONS));
    String path = corpus.of(Corpus.Part.INDEX_5K).getFirst();
    try (Server server = launcher.mirror(mirror)) {
      DoubleSupplier measure = () -> residentMegabytes(server, mirror);
      double megabytes = new LoadClient(server).withIdle(IDLE_CONNECTIONS, path, measure);
      table.measured(RowResult.figure(SpeedRow.RESIDENT_CONNECTIONS, megabytes), "");
    }
  }

  /// Adds the resident memory of a server that has been idle for two seconds.
  void resident(SpeedRow row, Server server, Mirror mirror) {
    table.measured(RowResult.figure(row, residentMegabytes(server, mirror)), "");
  }

  private static double residentMegabytes(Server server, Mirror mirror) {
    Launcher.pause(2_000);
    return server.residentMegabytes(mirror.data());
  }

  private void start(Corpus corpus, Mirror mirror) {
    String path = corpus.of(Corpus.Part.INDEX_5K).getFirst();
    new StartCases(this, mirror, path).run();
  }

  /// Deletes the working folder.
  void clean() {
    try {
      FileTrees.delete(work);
    } catch (IOException e) {
      throw new UncheckedIOException("cannot delete " + work, e);
    }
  }
}
