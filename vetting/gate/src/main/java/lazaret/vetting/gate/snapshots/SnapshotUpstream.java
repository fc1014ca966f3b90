package lazaret.vetting.gate.snapshots;

import java.util.Map;
import java.util.function.Predicate;
import lazaret.vetting.crates.CrateId;
import lazaret.vetting.crates.CrateName;
import lazaret.vetting.crates.Sha256;
import lazaret.vetting.gate.store.Store;
import lazaret.vetting.gate.upstream.PublishHold;
import lazaret.vetting.gate.upstream.Upstream;
import lazaret.vetting.index.Validators;
import lazaret.vetting.origin.NameOrigin;
import org.jspecify.annotations.Nullable;

/// The upstream of a gate that serves a snapshot. Crates of the snapshot are current, and others do
/// not exist here. Without a served snapshot, another upstream is asked. Thread-safe.
public final class SnapshotUpstream implements Upstream {
  private final Upstream otherwise;
  private final Store store;

  /// Creates an upstream that puts the store's snapshot before another one. Closing it closes the
  /// other one.
  public SnapshotUpstream(Upstream otherwise, Store store) {
    this.otherwise = otherwise;
    this.store = store;
  }

  private long head() {
    return store.snapshots().head();
  }

  @Override
  public IndexResponse index(CrateName name, Validators known) {
    if (head() == 0) {
      return otherwise.index(name, known);
    }
    return store.freshness(name).isPresent()
        ? new IndexResponse.NotModified()
        : new IndexResponse.Absent(404);
  }

  @Override
  public ArtifactResponse artifact(CrateId id) {
    return head() == 0 ? otherwise.artifact(id) : new ArtifactResponse.Absent(404);
  }

  @Override
  public NameOrigin origin(CrateName name) {
    return otherwise.origin(name);
  }

  @Override
  public NameOrigin confirmedOrigin(CrateName name) {
    return otherwise.confirmedOrigin(name);
  }

  @Override
  public String reservedBy(CrateName name) {
    return otherwise.reservedBy(name);
  }

  @Override
  public @Nullable Predicate<String> publicKeys(String part) {
    return otherwise.publicKeys(part);
  }

  @Override
  public Map<String, PublishHold> holds(CrateName name) {
    return otherwise.holds(name);
  }

  @Override
  public boolean isForeign(CrateName name, Sha256 cksum) {
    return otherwise.isForeign(name, cksum);
  }

  @Override
  public boolean isPrivateIndex(String address) {
    return otherwise.isPrivateIndex(address);
  }

  @Override
  public int requestsPerSecond() {
    return otherwise.requestsPerSecond();
  }

  @Override
  public String describe() {
    long head = head();
    return head == 0 ? otherwise.describe() : "snapshot " + head;
  }

  @Override
  public void close() {
    otherwise.close();
  }
}
