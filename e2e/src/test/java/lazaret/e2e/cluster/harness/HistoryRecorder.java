package lazaret.e2e.cluster.harness;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Random;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Collectors;
import lazaret.e2e.cluster.harness.HistoryEvent.Kind;
import lazaret.e2e.cluster.harness.HistoryEvent.Result;
import lazaret.e2e.harness.HttpProbeClient;
import lazaret.e2e.harness.HttpProbeClient.Answer;
import lazaret.testkit.CrateBuilder;
import lazaret.testkit.JsonObject;
import lazaret.vetting.Bytes;
import lazaret.vetting.crates.CrateId;

/// Clients that decide and download at several servers at once, and the record of what they did.
/// Thread-safe.
public final class HistoryRecorder implements AutoCloseable {
  /// The beginning of the reasons of all decisions of a recorder.
  private static final String REASON = "history-";

  private static final Duration PAUSE = Duration.ofMillis(5);

  private final Map<String, Artifact> artifacts;
  private final List<String> versions;
  private final Queue<HistoryEvent> events = new ConcurrentLinkedQueue<>();
  private final AtomicLong decisions = new AtomicLong();
  private final List<Thread> clients = new ArrayList<>();

  /// The clients that ended early, each with its failure.
  private final Queue<String> failures = new ConcurrentLinkedQueue<>();

  private volatile boolean ended;

  /// The right bytes of a version.
  private record Artifact(CrateId id, Bytes bytes) {
    static Artifact of(CrateBuilder crate) {
      return new Artifact(crate.id(), crate.build());
    }

    String version() {
      return id.name().published() + "@" + id.version().text();
    }
  }

  /// Creates a recorder without clients.
  ///
  /// @param crates the versions that clients decide on and download
  public HistoryRecorder(Collection<CrateBuilder> crates) {
    this.artifacts =
        crates.stream()
            .map(Artifact::of)
            .collect(Collectors.toMap(Artifact::version, artifact -> artifact));
    this.versions = artifacts.keySet().stream().sorted().toList();
  }

  /// Starts clients that decide at random, and clients that download, until the recorder is closed.
  public void start(String name, SceneNode node, int deciders, int downloaders) {
    for (int i = 0; i < deciders + downloaders; i++) {
      boolean decides = i < deciders;
      Random random = new Random(31L * name.hashCode() + i);
      clients.add(Thread.ofVirtual().start(() -> runToEnd(name, node, decides, random)));
    }
  }

  private void runToEnd(String name, SceneNode node, boolean decides, Random random) {
    try {
      run(name, node, decides, random);
    } catch (RuntimeException e) {
      failures.add("a client of '" + name + "' ended: " + e);
    }
  }

  private void run(String name, SceneNode node, boolean decides, Random random) {
    while (!ended) {
      String version = versions.get(random.nextInt(versions.size()));
      Kind kind = decides ? decision(random) : Kind.DOWNLOAD;
      if (send(kind, name, node.http(), version) == Result.UNKNOWN) {
        // The server does not serve now, or has ended.
        LockSupport.parkNanos(10 * PAUSE.toNanos());
      }
      LockSupport.parkNanos(PAUSE.toNanos());
    }
  }

  private static Kind decision(Random random) {
    return random.nextBoolean() ? Kind.APPROVE : Kind.DENY;
  }

  /// Sends one request and records it.
  ///
  /// @param node the name of the server
  /// @param http a client of the server
  public Result send(Kind kind, String node, HttpProbeClient http, String version) {
    return switch (kind) {
      case APPROVE, DENY -> decide(kind, node, http, version);
      case DOWNLOAD -> download(node, http, version);
    };
  }

  private Result decide(Kind kind, String node, HttpProbeClient http, String version) {
    String word = kind == Kind.APPROVE ? "approve" : "deny";
    String id = REASON + decisions.incrementAndGet();
    long start = System.nanoTime();
    Result result;
    try {
      Answer answer = http.decide(word, id, version);
      boolean recorded =
          answer.status() == 200
              && JsonObject.parse(answer.body()).objects("recorded").stream()
                  .anyMatch(decision -> decision.words("reason").equals(id));
      result = recorded ? Result.ACKNOWLEDGED : Result.UNKNOWN;
    } catch (UncheckedIOException _) {
      result = Result.UNKNOWN;
    }
    events.add(new HistoryEvent(kind, node, version, id, start, System.nanoTime(), result));
    return result;
  }

  private Result download(String node, HttpProbeClient http, String version) {
    Artifact artifact = artifacts.get(version);
    if (artifact == null) {
      throw new IllegalArgumentException(version);
    }
    long start = System.nanoTime();
    Result result;
    try {
      Answer answer = http.artifact(artifact.id());
      result =
          switch (answer.status()) {
            case 200 -> answer.body().equals(artifact.bytes()) ? Result.SERVED : Result.WRONG_BYTES;
            case 403 -> Result.WITHHELD;
            default -> Result.UNKNOWN;
          };
    } catch (UncheckedIOException _) {
      result = Result.UNKNOWN;
    }
    events.add(
        new HistoryEvent(Kind.DOWNLOAD, node, version, "", start, System.nanoTime(), result));
    return result;
  }

  /// Returns the number of operations with a result so far.
  public long count(Kind kind, Result result) {
    return events.stream()
        .filter(event -> event.kind() == kind && event.result() == result)
        .count();
  }

  /// Returns the number of decisions that were acknowledged so far.
  public long acknowledged() {
    return count(Kind.APPROVE, Result.ACKNOWLEDGED) + count(Kind.DENY, Result.ACKNOWLEDGED);
  }

  /// Ends the clients, and checks what they did.
  ///
  /// @param http a client of a server that knows the whole ledger
  /// @throws AssertionError if the history is not correct; the message has the violations
  public void check(HttpProbeClient http, Duration maxStaleness) {
    close();
    assertThat(failures).isEmpty();
    assertThat(HistoryCheck.violations(maxStaleness, events, ledger(http))).isEmpty();
  }

  /// Reads the decisions of recorders from the ledger.
  private static List<HistoryCheck.Entry> ledger(HttpProbeClient http) {
    List<HistoryCheck.Entry> entries = new ArrayList<>();
    LedgerReader.reasons(http)
        .forEach(
            (sequence, reason) -> {
              if (reason.startsWith(REASON)) {
                entries.add(new HistoryCheck.Entry(sequence, reason));
              }
            });
    return entries;
  }

  /// Ends the clients, and waits for their last responses.
  @Override
  public void close() {
    ended = true;
    try {
      for (Thread client : clients) {
        boolean _ = client.join(Duration.ofMinutes(2));
      }
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
  }
}
