package lazaret.storage.postgres.object;

import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import lazaret.storage.objects.ObjectHead;
import lazaret.storage.objects.ObjectKey;
import lazaret.storage.objects.ObjectStore;
import lazaret.storage.objects.ObjectStoreException;
import lazaret.storage.postgres.connection.PostgresConnections;
import lazaret.vetting.ErrorCode;
import lazaret.vetting.gate.store.StoreException;

/// The deletion of objects that no artifact names. One node runs it, and two at once do no harm:
/// each step is allowed by the state of a row that never goes back.
///
/// - Uploads that began before the grace period are given up. The commit that would name one finds
///   its row changed, and uploads again.
/// - Objects whose row is dead for the grace period are deleted, then their rows.
/// - Once an hour one of 256 folders is listed, all of them within eleven days. An object without a
///   row is a late upload of a node that was stopped, and is deleted. Its row was committed before
///   the upload, so that nothing can name it any more.
///
/// It must not run while the store withholds for a loss: the rows of its objects may come back.
public final class ObjectSweep {
  /// The shortest grace period. It is longer than the reads and uploads in progress.
  public static final Duration LEAST_GRACE = Duration.ofHours(1);

  /// The most rows of one round.
  private static final int MOST = 1_000;

  private static final long HOUR = Duration.ofHours(1).toSeconds();

  private final ObjectStore objects;
  private final ObjectRows rows;
  private final UUID cluster;
  private final Duration grace;
  private final InstantSource clock;
  private long listedHour = Long.MIN_VALUE;

  /// A part of the bucket that is known to be ours.
  ///
  /// @param objects the store
  /// @param cluster the id of the cluster, which is alone in the store
  /// @param grace the time between two steps, at least [#LEAST_GRACE]
  public record Scope(ObjectStore objects, UUID cluster, Duration grace) {}

  /// The work of a round.
  ///
  /// @param abandoned the number of uploads that were given up
  /// @param deleted the number of deleted objects with a row
  /// @param unnamed the number of deleted objects without one
  public record Round(int abandoned, int deleted, int unnamed) {}

  /// Creates the sweep of one node.
  ///
  /// @param node the number of this node
  /// @param clock the clock that chooses the folder of an hour
  public ObjectSweep(Scope scope, PostgresConnections connections, int node, InstantSource clock) {
    this.objects = scope.objects();
    this.cluster = scope.cluster();
    this.grace = scope.grace();
    this.rows = new ObjectRows(connections, node);
    this.clock = clock;
  }

  /// Runs a round. Called each minute, by one thread at a time.
  ///
  /// @throws StoreException with code `store-unavailable` if database or object store do not
  ///   answer, or `store-unusable` if another cluster uses the same bucket and prefix; what was
  ///   done is kept
  public Round round() {
    long hour = Math.floorDiv(clock.instant().getEpochSecond(), HOUR);
    try {
      boolean lists = hour != listedHour;
      if (lists) {
        requireAlone();
      }
      int abandoned = rows.abandon(grace, MOST);
      int deleted = deleteDead();
      int unnamed =
          lists ? deleteUnnamed((int) Math.floorMod(hour, (long) ObjectKey.ARTIFACT_FOLDERS)) : 0;
      listedHour = hour;
      return new Round(abandoned, deleted, unnamed);
    } catch (ObjectStoreException e) {
      throw ArtifactObjectStore.unavailable(String.valueOf(e.getMessage()), e);
    }
  }

  /// Refuses if another cluster has recorded its head in the same place: the keys of its artifacts
  /// look like late uploads.
  private void requireAlone() throws ObjectStoreException {
    String own = ObjectHead.beginning(cluster);
    List<ObjectKey> page = objects.list(ObjectHead.HEADS, "");
    while (!page.isEmpty()) {
      for (ObjectKey key : page) {
        if (!key.name().startsWith(own)) {
          throw new StoreException(
              ErrorCode.STORE_UNUSABLE,
              ("cannot delete unused objects: expected heads of cluster %s alone, found '%s'; give"
                      + " each cluster a prefix of its own, or delete what a former one left")
                  .formatted(cluster, key),
              null);
        }
      }
      page = objects.list(ObjectHead.HEADS, page.getLast().name());
    }
  }

  private int deleteDead() throws ObjectStoreException {
    List<ObjectKey.Artifact> deleted = new ArrayList<>();
    try {
      for (ObjectKey.Artifact each : rows.dead(grace, MOST)) {
        objects.delete(each.key());
        deleted.add(each);
      }
    } finally {
      rows.forget(deleted);
    }
    return deleted.size();
  }

  private int deleteUnnamed(int folder) throws ObjectStoreException {
    String beginning = ObjectKey.artifactFolder(folder);
    int deleted = 0;
    List<ObjectKey> page = objects.list(beginning, "");
    while (!page.isEmpty()) {
      List<ObjectKey.Artifact> listed =
          page.stream().flatMap(key -> key.artifact().stream()).toList();
      // The rows are read after the list: what was listed had its row by then, if it ever had one.
      for (ObjectKey.Artifact each : rows.unnamed(listed)) {
        objects.delete(each.key());
        deleted++;
      }
      page = objects.list(beginning, page.getLast().name());
    }
    return deleted;
  }
}
