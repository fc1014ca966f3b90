package lazaret.storage.postgres.node;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import lazaret.storage.objects.ObjectHead;
import lazaret.storage.objects.ObjectKey;
import lazaret.storage.objects.ObjectStore;
import lazaret.storage.objects.ObjectStoreException;
import lazaret.vetting.MalformedException;

/// The heads of all nodes in the object store.
///
/// @param cluster the id of the cluster
record HeadList(ObjectStore objects, UUID cluster) {
  private static final System.Logger LOG = System.getLogger(HeadList.class.getName());
  private static final int READS = 3;

  /// Returns the keys by the name of their node, the lowest counter first. A key of another form is
  /// left out.
  Map<String, List<ObjectKey>> byNode() throws ObjectStoreException {
    Map<String, List<ObjectKey>> all = new HashMap<>();
    String beginning = ObjectHead.beginning(cluster);
    List<ObjectKey> page = objects.list(beginning, "");
    while (!page.isEmpty()) {
      for (ObjectKey key : page) {
        try {
          String node = ObjectHead.place(key).node();
          all.computeIfAbsent(node, _ -> new ArrayList<>()).add(key);
        } catch (MalformedException e) {
          LOG.log(System.Logger.Level.WARNING, "an object is not a head: {0}", e.getMessage());
        }
      }
      page = objects.list(beginning, page.getLast().name());
    }
    return all;
  }

  /// Returns the head of the last write among those of a node; empty if none can be read.
  Optional<ObjectHead> last(List<ObjectKey> ofNode) throws ObjectStoreException {
    ObjectHead last = null;
    for (ObjectKey key : ofNode) {
      ObjectHead head = readObject(key).orElse(null);
      if (head != null && (last == null || head.follows(last))) {
        last = head;
      }
    }
    return Optional.ofNullable(last);
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
}
