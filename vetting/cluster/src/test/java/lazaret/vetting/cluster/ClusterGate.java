package lazaret.vetting.cluster;

import java.util.Optional;
import lazaret.vetting.gate.fixture.GateFixture;
import lazaret.vetting.gate.fixture.InMemoryStore;
import lazaret.vetting.gate.fixture.SharedMemory;
import lazaret.vetting.gate.snapshots.SnapshotViewStore;

/// A gate and a desk as one node on a database in memory. It beats when a test says so.
final class ClusterGate implements AutoCloseable {
  final InMemoryStore store;
  final GateFixture gate;
  final ClusterService cluster;
  final ChangeApplier changes = new ChangeApplier();

  private ClusterGate(InMemoryStore store) {
    this.store = store;
    store.node().follow(changes);
    var view = new SnapshotViewStore(store);
    this.gate = new GateFixture(view);
    this.cluster = new ClusterService(view, changes, gate.clock);
    cluster.attach(
        new ChangeApplier.Parts(view, view::switchToStored, gate.rules, gate.gate, gate.desk));
  }

  static ClusterGate open(SharedMemory memory, String name) {
    return new ClusterGate(memory.node(name));
  }

  void beat() {
    store.node().beat();
  }

  Optional<String> refusal() {
    return cluster.refusal();
  }

  @Override
  public void close() {
    cluster.close();
    gate.close();
  }
}
