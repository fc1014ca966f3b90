package lazaret.storage.postgres.node;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import lazaret.storage.objects.ObjectHead;
import lazaret.storage.objects.ObjectKey;
import lazaret.storage.objects.ObjectStore;
import lazaret.storage.objects.ObjectStoreException;
import org.jspecify.annotations.Nullable;

/// The heads in the object store: those of all nodes, which are read once, and the last two of this
/// node. For one thread at a time, except [#heads] and [#isRead].
final class HeadObjects {
  private static final System.Logger LOG = System.getLogger(HeadObjects.class.getName());

  /// The time between two attempts to read.
  private static final Duration PAUSE = Duration.ofSeconds(1);

  private static final int KEPT = 2;

  private final ObjectStore objects;
  private final OutsideHead.Place place;

  /// The objects of this node, oldest first.
  private final List<ObjectKey> keys = new ArrayList<>();

  /// The last head of each node; null until the object store answered.
  private volatile @Nullable List<ObjectHead> found;

  private String failure = "";
  private long triedAt;

  /// Tries to read the heads of all nodes.
  HeadObjects(ObjectStore objects, OutsideHead.Place place) {
    this.objects = objects;
    this.place = place;
    if (!read()) {
      LOG.log(
          System.Logger.Level.WARNING,
          "heads in the object store are not compared yet: {0}",
          failure);
    }
  }

  /// Returns whether the heads of all nodes were read.
  boolean isRead() {
    return found != null;
  }

  /// Returns the heads of this cluster, those of before an adoption included; none until they were
  /// read. A copy of the database has what they name, or it is too old.
  List<ObjectHead> heads() {
    List<ObjectHead> heads = found;
    return heads == null ? List.of() : heads;
  }

  /// Returns why the last attempt to read failed, as a clause.
  String failure() {
    return failure;
  }

  /// Returns whether another attempt to read is due.
  boolean isReadDue() {
    return !isRead() && System.nanoTime() - triedAt >= PAUSE.toNanos();
  }

  /// Reads the heads of all nodes.
  ///
  /// @return false if the object store does not answer
  boolean read() {
    List<ObjectHead> heads = new ArrayList<>();
    try {
      HeadList list = new HeadList(objects, place.registration().cluster());
      Map<String, List<ObjectKey>> all = list.byNode();
      for (List<ObjectKey> each : all.values()) {
        list.last(each).ifPresent(heads::add);
      }
      keys.clear();
      keys.addAll(all.getOrDefault(place.node(), List.of()));
    } catch (ObjectStoreException e) {
      failure = String.valueOf(e.getMessage());
      triedAt = System.nanoTime();
      return false;
    }
    found = List.copyOf(heads);
    return true;
  }

  /// Puts a head of this node.
  void put(ObjectHead head) throws ObjectStoreException {
    ObjectKey key =
        new ObjectHead.Place(
                place.registration().cluster().toString(), place.node(), head.counter())
            .key();
    objects.put(key, head.encode());
    keys.remove(key);
    keys.add(key);
  }

  /// Deletes older heads of this node.
  void deleteOld() throws ObjectStoreException {
    while (keys.size() > KEPT) {
      objects.delete(keys.getFirst());
      keys.removeFirst();
    }
  }
}
