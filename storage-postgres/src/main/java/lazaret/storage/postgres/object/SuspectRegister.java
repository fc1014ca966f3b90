package lazaret.storage.postgres.object;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import lazaret.storage.objects.ObjectKey;
import lazaret.storage.objects.ObjectStore;
import lazaret.storage.objects.ObjectStoreException;
import lazaret.vetting.ErrorCode;
import lazaret.vetting.crates.Sha256;
import lazaret.vetting.gate.store.StoreException;

/// The objects that gave wrong bytes to a request of this node. Each is read again at once, after a
/// minute and after ten. Only if all three answers are equal, the object counts as damaged: a store
/// that gives wrong answers for a while takes nothing from the gate. A read without an answer does
/// not count.
///
/// Thread-safe; [#check] is for one thread at a time.
public final class SuspectRegister {
  private static final System.Logger LOG = System.getLogger(SuspectRegister.class.getName());

  private static final List<Duration> TIMES =
      List.of(Duration.ZERO, Duration.ofMinutes(1), Duration.ofMinutes(10));

  /// The most suspects. Further ones come again with the next request for them.
  private static final int MOST = 1_000;

  private final ObjectStore objects;
  private final ObjectRows rows;
  private final InstantSource clock;
  private final Map<ObjectKey.Artifact, Suspect> suspects = new ConcurrentHashMap<>();

  SuspectRegister(ObjectStore objects, ObjectRows rows, InstantSource clock) {
    this.objects = objects;
    this.rows = rows;
    this.clock = clock;
  }

  /// A suspect.
  ///
  /// @param first the moment from which the times of the reads count
  /// @param found the answers so far, which are equal
  private record Suspect(ObjectRows.Place place, Instant first, List<String> found) {
    boolean isDamaged() {
      return found.size() == TIMES.size();
    }

    boolean isDue(Instant now) {
      return !isDamaged() && !now.isBefore(first.plus(TIMES.get(found.size())));
    }

    Suspect with(String answer, Instant now) {
      if (!found.isEmpty() && !found.getFirst().equals(answer)) {
        return new Suspect(place, now, List.of(answer));
      }
      List<String> more = new ArrayList<>(found);
      more.add(answer);
      return new Suspect(place, first, List.copyOf(more));
    }
  }

  void add(ObjectRows.Place place) {
    if (suspects.size() < MOST) {
      suspects.putIfAbsent(place.artifact(), new Suspect(place, clock.instant(), List.of()));
    }
  }

  /// Refuses the object of an artifact that is damaged.
  ///
  /// @throws StoreException with code `store-corrupt` if it is
  void requireNotDamaged(ObjectRows.Place place) {
    Suspect suspect = suspects.get(place.artifact());
    if (suspect != null && suspect.isDamaged()) {
      throw new StoreException(
          ErrorCode.STORE_CORRUPT,
          ("cannot read object '%s': expected %d bytes of the sha-256 in its name, found %s in three"
                  + " reads within ten minutes; the artifact is fetched again")
              .formatted(place.artifact().key(), place.length(), suspect.found().getFirst()),
          null);
    }
  }

  /// Returns the number of suspects.
  public int size() {
    return suspects.size();
  }

  /// Reads the suspects that are due. Called a few times a minute.
  ///
  /// @return the artifacts that are damaged and still stored; a read of each fails with code
  ///   `store-corrupt`, after which the cache of artifacts drops it with an alarm
  /// @throws StoreException if the database does not answer
  public List<Sha256> check() {
    List<Sha256> damaged = new ArrayList<>();
    for (Suspect suspect : List.copyOf(suspects.values())) {
      if (suspect.isDamaged() || suspect.isDue(clock.instant())) {
        ObjectKey.Artifact artifact = suspect.place().artifact();
        if (!rows.place(artifact.cksum()).equals(Optional.of(suspect.place()))) {
          suspects.remove(artifact);
        } else if (suspect.isDamaged() || isDamagedNow(suspect)) {
          damaged.add(artifact.cksum());
        }
      }
    }
    return List.copyOf(damaged);
  }

  /// Reads a suspect, and returns whether this completes the proof.
  private boolean isDamagedNow(Suspect suspect) {
    ObjectKey.Artifact artifact = suspect.place().artifact();
    ObjectCheck answer;
    try {
      answer = ObjectCheck.of(objects, artifact, suspect.place().length());
    } catch (ObjectStoreException e) {
      LOG.log(System.Logger.Level.DEBUG, "a suspect is read later: {0}", e.getMessage());
      return false;
    }
    return switch (answer) {
      case ObjectCheck.Right _ -> {
        LOG.log(
            System.Logger.Level.WARNING,
            "the object store gave other bytes for {0}, and the right ones later",
            artifact.key());
        suspects.remove(artifact);
        yield false;
      }
      case ObjectCheck.Wrong(String found) -> {
        Suspect next = suspect.with(found, clock.instant());
        suspects.put(artifact, next);
        yield next.isDamaged();
      }
    };
  }
}
