package lazaret.bench.cluster;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import java.util.function.LongConsumer;
import lazaret.testkit.objects.MemoryBucket;

/// Measurements of one, two and three servers on one PostgreSQL, compared with one on RocksDB. The
/// bucket is in the heap of this process, and all programs share the processors of one machine.
public final class ClusterRun {
  private static final int MOST_SERVERS = 3;
  private static final int ROUNDS = 3;
  private static final int CONNECTIONS = 8;

  /// Requests a second at one server that leave processors unused.
  private static final int RATE = 2_000;

  private static final int OK = 200;
  private static final int FORBIDDEN = 403;
  private static final String LEADER = "lazaret_cluster_leader";

  private final ClusterStage stage;
  private final boolean quick;
  private final AtomicLong decisions = new AtomicLong();
  private final ClusterTable table = new ClusterTable();

  /// Servers that share a store.
  ///
  /// @param count their number; 0 is one server on RocksDB
  /// @param idle the use of one idle server in a second
  private record Measured(int count, List<ClusterServer> servers, ServerUse.Used idle) {
    /// Returns the use since a moment without that of idle servers.
    ServerUse.Used used(ServerUse since) {
      return since.end().without(idle, servers.size());
    }
  }

  private ClusterRun(ClusterStage stage, boolean quick) {
    this.stage = stage;
    this.quick = quick;
  }

  /// Prints a table.
  ///
  /// @param arguments root of the repository, an empty folder, and whether rounds are short
  /// @throws IOException if a file cannot be written, or a program does not start
  /// @throws InterruptedException if the thread is interrupted
  public static void main(String[] arguments) throws IOException, InterruptedException {
    Optional<DatabaseServer> found = DatabaseServer.start();
    if (found.isEmpty()) {
      System.out.println("Several servers: not measured, PostgreSQL 15 or later is missing.");
      return;
    }
    try (DatabaseServer database = found.get();
        MemoryBucket bucket = MemoryBucket.start()) {
      ClusterStage stage =
          new ClusterStage(
              Path.of(arguments[0]),
              Files.createDirectories(Path.of(arguments[1])),
              database,
              bucket);
      stage.publish();
      ClusterRun run = new ClusterRun(stage, Boolean.parseBoolean(arguments[2]));
      for (int round = 1; round <= (run.quick ? 1 : ROUNDS); round++) {
        for (int servers = 0; servers <= MOST_SERVERS; servers++) {
          run.measure(new ServerGroup(round, servers));
        }
      }
      System.out.print(run.table.markdown());
    }
  }

  private int fewer(int count) {
    return quick ? count / 10 : count;
  }

  private void measure(ServerGroup group) throws IOException, InterruptedException {
    int count = group.count();
    System.err.printf(
        "several servers: %s, round %d%n", count == 0 ? "RocksDB" : count, group.round());
    ServerUse.Used idle = measureWarm(group);
    List<ClusterServer> restarted = stage.start(group);
    try {
      // The work of a start ends.
      pause(quick ? 2_000 : 10_000);
      misses(new Measured(count, restarted, idle));
      if (count > 1) {
        table.figure("until another server leads", count, "%.1f s", takeOver(restarted));
      }
    } finally {
      restarted.forEach(ClusterServer::close);
    }
  }

  /// Measures servers with what they have in heap.
  ///
  /// @return the use of one idle server in a second
  private ServerUse.Used measureWarm(ServerGroup group) throws IOException, InterruptedException {
    int count = group.count();
    List<ClusterServer> servers = stage.start(group);
    try {
      Measured measured = new Measured(count, servers, idle(count, servers));
      hits("index hit", measured, ClusterStage.indexes());
      hits("artifact hit", measured, ClusterStage.artifacts("hit"));
      servers.getFirst().require(ClusterStage.index("cold"));
      List<String> cold =
          ClusterStage.artifacts("cold").subList(0, Math.max(10, fewer(ClusterStage.VERSIONS)));
      table.latency(
          "cold fetch, p50",
          count,
          "%.1f ms",
          new DurationList(nanos(servers.getFirst(), cold)).millis(0.5));
      decide(measured);
      denials(count, servers);
      long unavailable = servers.stream().mapToLong(ClusterServer::unavailable).sum();
      table.figure("responses with 503", count, "%,.0f", (double) unavailable);
      return measured.idle();
    } finally {
      servers.forEach(ClusterServer::close);
    }
  }

  /// Requests what is in the heap of each server: at one server after the other, at a rate that
  /// leaves processors unused, and then at all servers as fast as they respond. A request takes
  /// less processor time on a machine that is busier, which several servers at once would show.
  private void hits(String row, Measured measured, List<String> paths) throws InterruptedException {
    int requests = fewer(20_000);
    long every = Duration.ofSeconds(CONNECTIONS).dividedBy(RATE).toNanos();
    List<Long> nanos = new ArrayList<>();
    ServerUse use = ServerUse.begin(measured.servers());
    for (ClusterServer server : measured.servers()) {
      nanos.addAll(load(List.of(server), paths, requests, every));
    }
    ServerUse.Used used = measured.used(use);
    double total = (double) requests * measured.servers().size();
    int count = measured.count();
    table.processorTime(row + ", processor time", count, "%.1f us", used.cpuNanos() / 1e3 / total);
    table.statements(row + ", statements", count, "%.4f", used.statements() / total);
    table.latency(row + ", p50", count, "%.2f ms", new DurationList(nanos).millis(0.5));
    long begun = System.nanoTime();
    Collection<Long> _ = load(measured.servers(), paths, requests, 0);
    double seconds = (System.nanoTime() - begun) / 1e9;
    table.figure(row + "s, most", count, "%,.0f/s", total / seconds);
  }

  /// Lets servers have paths in heap, and their JVMs compile the code of requests.
  private static void warm(List<ClusterServer> servers, List<String> paths, int requests)
      throws InterruptedException {
    for (ClusterServer server : servers) {
      paths.forEach(server::require);
    }
    Collection<Long> _ = load(servers, paths, requests, 0);
  }

  /// Sends a number of requests to each server at once, over several connections.
  ///
  /// @param every the nanoseconds from one request to the next of a connection; 0 is none
  /// @return the duration of each, in nanoseconds
  private static Collection<Long> load(
      List<ClusterServer> servers, List<String> paths, int requests, long every)
      throws InterruptedException {
    Queue<Long> nanos = new ConcurrentLinkedQueue<>();
    long start = System.nanoTime();
    together(
        servers.size() * CONNECTIONS,
        client -> {
          ClusterServer server = servers.get((int) (client % servers.size()));
          for (int i = 0; i < requests / CONNECTIONS; i++) {
            String path = paths.get((int) ((client * 7 + i) % paths.size()));
            LockSupport.parkNanos(start + i * every - System.nanoTime());
            long begun = System.nanoTime();
            server.require(path);
            nanos.add(System.nanoTime() - begun);
          }
        });
    return nanos;
  }

  /// Runs work on several threads, each with its number, and waits for all.
  ///
  /// @throws IllegalStateException if the work fails on one of them
  private static void together(int threads, LongConsumer work) throws InterruptedException {
    List<Thread> all = new ArrayList<>();
    Queue<Throwable> failures = new ConcurrentLinkedQueue<>();
    for (int i = 0; i < threads; i++) {
      long number = i;
      all.add(
          Thread.ofVirtual()
              .uncaughtExceptionHandler((_, failure) -> failures.add(failure))
              .start(() -> work.accept(number)));
    }
    for (Thread thread : all) {
      thread.join();
    }
    Throwable failure = failures.peek();
    if (failure != null) {
      throw new IllegalStateException("a client failed", failure);
    }
  }

  /// Returns the durations of requests one after the other, in nanoseconds.
  private static List<Long> nanos(ClusterServer server, List<String> paths) {
    List<Long> nanos = new ArrayList<>();
    for (String path : paths) {
      long begun = System.nanoTime();
      server.require(path);
      nanos.add(System.nanoTime() - begun);
    }
    return nanos;
  }

  /// Requests index files that are stored, and not in the heap, at one server after the other.
  private void misses(Measured measured) {
    ServerUse use = ServerUse.begin(measured.servers());
    List<Long> nanos = new ArrayList<>();
    for (ClusterServer server : measured.servers()) {
      nanos.addAll(nanos(server, ClusterStage.indexes()));
    }
    ServerUse.Used used = measured.used(use);
    int count = measured.count();
    table.latency("index miss, p50", count, "%.2f ms", new DurationList(nanos).millis(0.5));
    table.statements("index miss, statements", count, "%.2f", used.statements() / nanos.size());
  }

  private void decide(Measured measured) throws InterruptedException {
    List<ClusterServer> servers = measured.servers();
    int count = measured.count();
    servers.forEach(server -> server.require(ClusterStage.index("decided")));
    int alone = fewer(500);
    for (int i = 0; i < 2 * alone; i++) {
      int _ = decideOnce(servers.getFirst());
    }
    List<Long> nanos = new ArrayList<>();
    ServerUse use = ServerUse.begin(servers);
    for (int i = 0; i < alone; i++) {
      long begun = System.nanoTime();
      int _ = decideOnce(servers.getFirst());
      nanos.add(System.nanoTime() - begun);
    }
    ServerUse.Used used = measured.used(use);
    table.latency("decision, p50", count, "%.1f ms", new DurationList(nanos).millis(0.5));
    table.processorTime(
        "decision, processor time", count, "%.0f us", used.cpuNanos() / 1e3 / alone);
    table.statements("decision, statements", count, "%.1f", used.statements() / alone);
    limit(measured);
  }

  /// Measures the most decisions a second, which the database limits.
  private void limit(Measured measured) throws InterruptedException {
    int count = measured.count();
    double most = 0;
    long decided = 0;
    ServerUse.Used there = measured.idle();
    for (int callers : new int[] {1, 8, 64}) {
      ServerUse use = ServerUse.begin(measured.servers());
      long made = decideBy(measured.servers(), callers);
      ServerUse.Used used = measured.used(use);
      double rate = made / used.seconds();
      table.figure("decisions, %d callers".formatted(callers), count, "%.0f/s", rate);
      if (rate > most) {
        most = rate;
        decided = made;
        there = used;
      }
    }
    double share =
        there.cpuNanos() / 1e9 / there.seconds() / Runtime.getRuntime().availableProcessors();
    table.figure("decisions, most", count, "%.0f/s", most);
    table.figure("statements at that rate", count, "%.0f/s", there.statements() / there.seconds());
    table.figure("processors used by the servers at that rate", count, "%.0f %%", 100 * share);
    table.figure(
        "decision at that rate, processor time",
        count,
        "%.0f us",
        there.cpuNanos() / 1e3 / Math.max(1, decided));
  }

  private int decideOnce(ClusterServer server) {
    long number = decisions.incrementAndGet();
    return server.decide(
        number % 2 == 0 ? "approve" : "deny",
        "decided@1.%d.0".formatted(number / 2 % ClusterStage.VERSIONS),
        "decision " + number);
  }

  /// Returns the number of decisions of callers at all servers within some seconds.
  private long decideBy(List<ClusterServer> servers, int callers) throws InterruptedException {
    AtomicLong made = new AtomicLong();
    long end = System.nanoTime() + Duration.ofSeconds(quick ? 2 : 10).toNanos();
    together(
        callers,
        caller -> {
          ClusterServer server = servers.get((int) (caller % servers.size()));
          while (System.nanoTime() < end) {
            if (decideOnce(server) == OK) {
              made.incrementAndGet();
            }
          }
        });
    return made.get();
  }

  /// Denies versions, and measures the time from the response to the first refusal of the last
  /// server.
  private void denials(int count, List<ClusterServer> servers) throws InterruptedException {
    List<Long> nanos = new ArrayList<>();
    for (int version = 0; version < Math.max(10, fewer(ClusterStage.VERSIONS)); version++) {
      String path = ClusterStage.artifact("denied", version);
      servers.forEach(server -> server.require(path));
      AtomicLong refused = new AtomicLong(Long.MIN_VALUE);
      AtomicLong denied = new AtomicLong();
      String spec = "denied@1.%d.0".formatted(version);
      ClusterServer first = servers.get(version % servers.size());
      together(
          servers.size() + 1,
          number -> {
            if (number == servers.size()) {
              while (first.decide("deny", spec, "everywhere") != OK) {
                pause(50);
              }
              denied.set(System.nanoTime());
            } else {
              awaitRefusal(servers.get((int) number), path);
              refused.accumulateAndGet(System.nanoTime(), Math::max);
            }
          });
      nanos.add(Math.max(0, refused.get() - denied.get()));
    }
    DurationList durations = new DurationList(nanos);
    table.figure("denial everywhere, p50", count, "%.0f ms", durations.millis(0.5));
    table.figure("denial everywhere, p99", count, "%.0f ms", durations.millis(0.99));
    table.figure("denial everywhere, longest", count, "%.0f ms", durations.most());
  }

  private static void awaitRefusal(ClusterServer server, String path) {
    while (server.get(path) != FORBIDDEN) {
      pause(2);
    }
  }

  static void pause(long millis) {
    try {
      Thread.sleep(millis);
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted");
    }
  }

  /// Measures servers without requests, whose JVMs have compiled the code of requests.
  ///
  /// @return the use of one of them in a second
  private ServerUse.Used idle(int count, List<ClusterServer> servers) throws InterruptedException {
    warm(servers, ClusterStage.indexes(), fewer(100_000));
    warm(servers, ClusterStage.artifacts("hit"), fewer(100_000));
    // The JVMs compile the rest.
    pause(quick ? 3_000 : 10_000);
    ServerUse use = ServerUse.begin(servers);
    pause(quick ? 5_000 : 20_000);
    ServerUse.Used idle = use.end().ofOneInASecond(servers.size());
    table.figure("idle, processor time of a server", count, "%.1f ms/s", idle.cpuNanos() / 1e6);
    table.figure("idle, statements of a server", count, "%.1f/s", idle.statements());
    return idle;
  }

  /// Kills the leader, and returns the seconds until another server leads.
  private static double takeOver(List<ClusterServer> servers) {
    ClusterServer leader = leader(servers);
    List<ClusterServer> others = servers.stream().filter(each -> each != leader).toList();
    long begun = System.nanoTime();
    leader.kill();
    ClusterServer _ = leader(others);
    return (System.nanoTime() - begun) / 1e9;
  }

  private static ClusterServer leader(List<ClusterServer> servers) {
    while (true) {
      for (ClusterServer server : servers) {
        if (server.metric(LEADER) > 0) {
          return server;
        }
      }
      pause(20);
    }
  }
}
