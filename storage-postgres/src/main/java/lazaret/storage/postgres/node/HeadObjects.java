package lazaret.storage.postgres.node;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import lazaret.storage.objects.ObjectHead;
import lazaret.storage.objects.ObjectKey;
import lazaret.storage.objects.ObjectStore;
import lazaret.storage.objects.ObjectStoreException;
import lazaret.vetting.MalformedException;
import org.jspecify.annotations.Nullable;

/// The heads in the object store: those of all nodes, which are read once, and the last two of this
/// node. For one thread at a time, except [#heads] and [#isRead].
final class HeadObjects {
  private static final System.Logger LOG = System.getLogger(HeadObjects.class.getName());

  /// The time between two attempts to read.
  private static final Duration PAUSE = Duration.ofSeconds(1);

  private static final int READS = 3;
  private static final int KEPT = 2;

  private final ObjectStore objects;
  private final OutsideHead.Place place;

  /// The objects of this node, oldest first.
  private final List<ObjectKey> keys = new ArrayList<>();

  /// The greatest head of each node; null until the object store answered.
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
    Map<String, ObjectKey> greatest = new HashMap<>();
    List<ObjectKey> own = new ArrayList<>();
    List<ObjectHead> heads = new ArrayList<>();
    try {
      String beginning = ObjectHead.beginning(place.registration().cluster());
      List<ObjectKey> page = objects.list(beginning, "");
      while (!page.isEmpty()) {
        page.forEach(key -> note(key, greatest, own));
        page = objects.list(beginning, page.getLast().name());
      }
      for (ObjectKey key : greatest.values()) {
        readObject(key).ifPresent(heads::add);
      }
    } catch (ObjectStoreException e) {
      failure = String.valueOf(e.getMessage());
      triedAt = System.nanoTime();
      return false;
    }
    keys.clear();
    keys.addAll(own);
    found = List.copyOf(heads);
    return true;
  }

  /// Takes note of the key of a head. A key of another form does not hide the others.
  private void note(ObjectKey key, Map<String, ObjectKey> greatest, List<ObjectKey> own) {
    try {
      String node = ObjectHead.place(key).node();
      greatest.put(node, key);
      if (node.equals(place.node())) {
        own.add(key);
      }
    } catch (MalformedException e) {
      LOG.log(System.Logger.Level.WARNING, "an object is not a head: {0}", e.getMessage());
    }
  }

  /// Reads one head. A store that gives other bytes stops no service.
  private Optional<ObjectHead> readObject(ObjectKey key) throws ObjectStoreException {
    String why = "there is none";
    for (int read = 0; read < READS; read++) {
      try {
        Optional<ObjectHead> head = objects.get(key, ObjectHead.MOST_BYTES).map(ObjectHead::decode);
        if (head.isPresent()) {
          return head;
        }
      } catch (MalformedException e) {
        why = String.valueOf(e.getMessage());
      }
    }
    LOG.log(System.Logger.Level.WARNING, "the head {0} is not compared: {1}", key, why);
    return Optional.empty();
  }

  /// Puts a head of this node.
  void put(ObjectHead head) throws ObjectStoreException {
    ObjectKey key =
        new ObjectHead.Place(
                place.registration().cluster().toString(), place.node(), head.counter())
            .key();
    objects.put(key, head.encode());
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
