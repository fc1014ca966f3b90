package lazaret.storage.postgres.node;

import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import lazaret.storage.objects.ObjectHead;
import lazaret.storage.objects.ObjectKey;
import lazaret.storage.objects.ObjectStore;
import lazaret.storage.objects.ObjectStoreException;
import lazaret.storage.postgres.connection.PostgresConnections;
import lazaret.vetting.ErrorCode;
import lazaret.vetting.gate.store.StoreException;
import org.jspecify.annotations.Nullable;

/// The deletion of heads of names that no node has any more. Such a head is kept if no node has a
/// later one, and if the database does not have what it names. One node runs it.
public final class HeadSweep {
  private static final System.Logger LOG = System.getLogger(HeadSweep.class.getName());
  private static final Duration EVERY = Duration.ofHours(1);

  private final HeadList list;
  private final ObjectStore objects;
  private final PostgresConnections connections;
  private long next = System.nanoTime();

  /// Creates the sweep of one node.
  ///
  /// @param cluster the id of the cluster
  public HeadSweep(ObjectStore objects, UUID cluster, PostgresConnections connections) {
    this.list = new HeadList(objects, cluster);
    this.objects = objects;
    this.connections = connections;
  }

  /// Runs a round, once an hour. Called each minute, by one thread at a time.
  ///
  /// @throws StoreException with code `store-unavailable` if database or object store do not
  ///   answer; what was done is kept
  public void round() {
    if (System.nanoTime() - next < 0) {
      return;
    }
    try {
      Map<String, List<ObjectKey>> all = list.byNode();
      // After the list: a node has its row before it has a head.
      Set<String> names =
          new HashSet<>(
              connections.read(
                  connection ->
                      connection.list("SELECT name FROM lazaret.node", row -> row.getString(1))));
      ObjectHead newest = newest(all, names);
      for (Map.Entry<String, List<ObjectKey>> each : all.entrySet()) {
        if (newest != null && !names.contains(each.getKey())) {
          deleteBefore(newest, each.getValue());
        }
      }
    } catch (ObjectStoreException e) {
      throw new StoreException(ErrorCode.STORE_UNAVAILABLE, String.valueOf(e.getMessage()), e);
    }
    next = System.nanoTime() + EVERY.toNanos();
  }

  /// Returns the last head of the nodes; null if they have none.
  private @Nullable ObjectHead newest(Map<String, List<ObjectKey>> all, Set<String> names)
      throws ObjectStoreException {
    ObjectHead newest = null;
    for (String name : names) {
      ObjectHead head = list.last(all.getOrDefault(name, List.of())).orElse(null);
      if (head != null && (newest == null || head.follows(newest))) {
        newest = head;
      }
    }
    return newest;
  }

  private void deleteBefore(ObjectHead newest, List<ObjectKey> keys) throws ObjectStoreException {
    Optional<ObjectHead> last = list.last(keys);
    if (last.filter(newest::follows).isPresent()
        && HeadCheck.run(connections, List.of(last.get())).isEmpty()) {
      for (ObjectKey key : keys) {
        objects.delete(key);
      }
      LOG.log(System.Logger.Level.INFO, "heads of a former node removed: {0}", keys.getFirst());
    }
  }
}
