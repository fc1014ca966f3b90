package lazaret.e2e.cluster.harness;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import lazaret.e2e.harness.GateProcess;
import lazaret.e2e.harness.HttpProbeClient;
import lazaret.vetting.crates.CrateId;

/// Clients behind a load balancer that knows which servers are about to end.
public final class ClusterLoad implements AutoCloseable {
  private static final int CLIENTS = 4;
  private static final Duration PAUSE = Duration.ofMillis(2);

  /// The time in which requests to a server end that is not used any more.
  private static final Duration DRAIN = Duration.ofSeconds(2);

  private final CrateId artifact;
  private final List<GateProcess> targets = new CopyOnWriteArrayList<>();
  private final List<Thread> clients = new ArrayList<>();
  private final Queue<String> failures = new ConcurrentLinkedQueue<>();
  private final AtomicInteger served = new AtomicInteger();
  private volatile boolean ended;

  /// Starts the clients.
  ///
  /// @param artifact what they request, with the index file of its crate
  public ClusterLoad(CrateId artifact, GateProcess... servers) {
    this.artifact = artifact;
    targets.addAll(List.of(servers));
    for (int i = 0; i < CLIENTS; i++) {
      clients.add(Thread.ofVirtual().start(this::request));
    }
  }

  private void request() {
    while (!ended) {
      List<GateProcess> now = List.copyOf(targets);
      GateProcess target = now.get(ThreadLocalRandom.current().nextInt(now.size()));
      HttpProbeClient http = target.http();
      expect(target, () -> http.index(artifact.name().published()));
      expect(target, () -> http.artifact(artifact));
      LockSupport.parkNanos(PAUSE.toNanos());
    }
  }

  /// A request.
  private interface Request {
    HttpProbeClient.Answer send();
  }

  private void expect(GateProcess target, Request request) {
    String found;
    try {
      HttpProbeClient.Answer answer = request.send();
      if (answer.status() == 200) {
        served.incrementAndGet();
        return;
      }
      found = answer.toString();
    } catch (RuntimeException e) {
      found = e.toString();
    }
    if (!ended) {
      failures.add(target.url() + ": " + found);
    }
  }

  /// Sends no further requests to a server, and returns when the others have ended.
  public void leave(GateProcess server) throws InterruptedException {
    targets.remove(server);
    Thread.sleep(DRAIN);
  }

  /// Sends requests to one more server.
  public void join(GateProcess server) {
    targets.add(server);
  }

  /// Returns the number of responses so far.
  public int served() {
    return served.get();
  }

  /// Returns the requests that failed.
  public List<String> failures() {
    return List.copyOf(failures);
  }

  @Override
  public void close() {
    ended = true;
    try {
      for (Thread client : clients) {
        boolean _ = client.join(Duration.ofMinutes(1));
      }
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
  }
}
