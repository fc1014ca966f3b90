package lazaret.storage.postgres.node;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import lazaret.storage.objects.ObjectHead;
import lazaret.storage.objects.ObjectKey;
import lazaret.storage.objects.ObjectStore;
import lazaret.storage.objects.ObjectStoreException;
import lazaret.vetting.Bytes;
import lazaret.vetting.MalformedException;
import org.jspecify.annotations.Nullable;

/// The heads of all nodes as they are when a node opens. Not thread-safe.
final class HeadReader {
  private static final System.Logger LOG = System.getLogger(HeadReader.class.getName());
  private static final int READS = 3;

  private final ObjectStore objects;
  private final OutsideHead.Place place;
  private final List<ObjectHead> heads = new ArrayList<>();
  private final List<ObjectKey> keys = new ArrayList<>();
  private @Nullable String unreadable;

  private HeadReader(ObjectStore objects, OutsideHead.Place place) {
    this.objects = objects;
    this.place = place;
  }

  /// Reads the file of a node, and the greatest head of each node in the object store.
  static HeadReader read(ObjectStore objects, OutsideHead.Place place) {
    var reader = new HeadReader(objects, place);
    Path file = place.file();
    try {
      reader.readFile(file);
    } catch (IOException | MalformedException e) {
      LOG.log(System.Logger.Level.ERROR, "the file {0} cannot be used: {1}", file, e.getMessage());
      reader.unreadable = "is damaged";
    }
    reader.readObjects();
    return reader;
  }

  private void readFile(Path file) throws IOException {
    if (Files.exists(file)) {
      try (var in = Files.newInputStream(file)) {
        heads.add(ObjectHead.decode(Bytes.of(in.readNBytes(ObjectHead.MOST_BYTES + 1))));
      }
    }
  }

  /// Reads the objects. The start does not depend on them: without an object store, the files of
  /// all nodes are compared, each by its node.
  private void readObjects() {
    Map<String, ObjectKey> greatest = new HashMap<>();
    String beginning = ObjectHead.beginning(place.registration().cluster());
    try {
      List<ObjectKey> page = objects.list(beginning, "");
      while (!page.isEmpty()) {
        page.forEach(key -> note(key, greatest));
        page = objects.list(beginning, page.getLast().name());
      }
    } catch (ObjectStoreException e) {
      LOG.log(
          System.Logger.Level.WARNING,
          "heads in the object store are not compared: {0}",
          e.getMessage());
    }
    greatest.values().forEach(key -> readObject(key).ifPresent(heads::add));
  }

  /// Takes note of the key of a head. A key of another form does not hide the others.
  private void note(ObjectKey key, Map<String, ObjectKey> greatest) {
    try {
      String node = ObjectHead.place(key).node();
      greatest.put(node, key);
      if (node.equals(place.node())) {
        keys.add(key);
      }
    } catch (MalformedException e) {
      LOG.log(System.Logger.Level.WARNING, "an object is not a head: {0}", e.getMessage());
    }
  }

  /// Reads one head. A store that gives other bytes stops no service.
  private Optional<ObjectHead> readObject(ObjectKey key) {
    String why = "there is none";
    for (int read = 0; read < READS; read++) {
      try {
        Optional<ObjectHead> head = objects.get(key, ObjectHead.MOST_BYTES).map(ObjectHead::decode);
        if (head.isPresent()) {
          return head;
        }
      } catch (ObjectStoreException | MalformedException e) {
        why = String.valueOf(e.getMessage());
      }
    }
    LOG.log(System.Logger.Level.WARNING, "the head {0} is not compared: {1}", key, why);
    return Optional.empty();
  }

  /// Returns the heads of this cluster, those of before an adoption included. A copy of the
  /// database has what they name, or it is too old.
  List<ObjectHead> heads() {
    return List.copyOf(heads);
  }

  /// Returns the keys of the objects of this node, oldest first.
  List<ObjectKey> keys() {
    return List.copyOf(keys);
  }

  /// Returns why the file of this node cannot be read; null if it can, or there is none.
  @Nullable String unreadable() {
    return unreadable;
  }
}
