package lazaret.e2e.cluster.harness;

import java.util.List;
import java.util.Objects;
import java.util.OptionalDouble;
import lazaret.e2e.harness.GateProcess;
import lazaret.e2e.harness.GateSettings;
import lazaret.e2e.harness.HttpProbeClient;
import lazaret.testkit.objects.FaultyObjectProxy;
import lazaret.testkit.wire.PostgresWireProxy;
import org.jspecify.annotations.Nullable;

/// One server of a scene, with a proxy before each server of the database and one before the object
/// store. One thread starts and ends the server.
public final class SceneNode implements AutoCloseable {
  private final GateSettings settings;
  private final List<PostgresWireProxy> wires;
  private final FaultyObjectProxy objects;
  private volatile @Nullable GateProcess gate;
  private volatile @Nullable HttpProbeClient http;
  private volatile boolean paused;

  SceneNode(GateSettings settings, List<PostgresWireProxy> wires, FaultyObjectProxy objects) {
    this.settings = settings;
    this.wires = List.copyOf(wires);
    this.objects = objects;
  }

  /// Starts the server, and waits until it replies. Its data folder is kept from the last start.
  public SceneNode start() {
    GateProcess started = GateProcess.start(settings);
    gate = started;
    http = started.http();
    return this;
  }

  /// Returns the process of the last start.
  public GateProcess gate() {
    return Objects.requireNonNull(gate, "not started");
  }

  /// Returns a client of the server.
  public HttpProbeClient http() {
    return Objects.requireNonNull(http, "not started");
  }

  /// Returns the proxy before the first server of the database.
  public PostgresWireProxy wire() {
    return wires.getFirst();
  }

  /// Returns the proxy before the object store.
  public FaultyObjectProxy objects() {
    return objects;
  }

  /// Kills the server.
  public void kill() {
    gate().kill();
  }

  /// Stops the server with SIGSTOP.
  public void pause() {
    paused = true;
    gate().pause();
  }

  /// Lets the server go on.
  public void resume() {
    gate().resume();
    paused = false;
  }

  /// Returns whether the server would serve a request.
  public boolean isReady() {
    return http().get("/health/ready").status() == 200;
  }

  /// Returns whether the server does the work for which one suffices.
  public boolean leads() {
    return metric("lazaret_cluster_leader").orElse(0) > 0;
  }

  /// Returns the value of a metric without labels, or empty if it is absent.
  public OptionalDouble metric(String name) {
    return http()
        .get("/metrics")
        .text()
        .lines()
        .filter(line -> line.startsWith(name + " "))
        .mapToDouble(line -> Double.parseDouble(line.substring(name.length() + 1)))
        .findFirst();
  }

  /// Passes on all that the proxies hold, and removes their faults.
  public void heal() {
    wires.forEach(PostgresWireProxy::heal);
    objects.heal();
  }

  /// Kills the server if it runs, and ends the proxies.
  @Override
  public void close() {
    GateProcess running = gate;
    if (running != null && running.alive()) {
      if (paused) {
        resume();
      }
      running.kill();
    }
    wires.forEach(PostgresWireProxy::close);
    objects.close();
  }
}
