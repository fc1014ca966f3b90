package lazaret.storage.postgres.object;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Supplier;
import lazaret.storage.objects.ObjectKey;
import lazaret.storage.objects.ObjectStore;
import lazaret.storage.objects.ObjectStoreException;
import lazaret.storage.postgres.ArtifactObjects;
import lazaret.storage.postgres.connection.PostgresConnections;
import lazaret.vetting.Bytes;
import lazaret.vetting.ErrorCode;
import lazaret.vetting.archive.VerifiedCrate;
import lazaret.vetting.crates.Sha256;
import lazaret.vetting.gate.store.StoreException;
import org.jspecify.annotations.Nullable;

/// The bytes of artifacts in a store of objects. An upload is read back before a batch names it,
/// and each read is hashed. No connection to the database is in use meanwhile. Thread-safe; blocks.
public final class ArtifactObjectStore implements ArtifactObjects {
  /// The number of uploads at once.
  private static final int WORKERS = 8;

  /// The number of uploads of one artifact whose bytes come back changed.
  private static final int UPLOADS = 3;

  /// The number of reads whose bytes are other than they should be.
  private static final int READS = 3;

  /// The time after a failed upload in which none is begun.
  private static final Duration PAUSE = Duration.ofSeconds(10);

  private static final Instant NEVER = Instant.MIN;

  private final ObjectStore objects;
  private final ObjectRows rows;
  private final SuspectRegister suspects;
  private final InstantSource clock;
  private volatile Instant refusedUntil = NEVER;

  /// Creates the store of one node.
  ///
  /// @param node the number of this node
  /// @param clock a clock that never goes back, such as [lazaret.vetting.Deadline#MONOTONIC]
  public ArtifactObjectStore(
      ObjectStore objects, PostgresConnections connections, int node, InstantSource clock) {
    this.objects = objects;
    this.rows = new ObjectRows(connections, node);
    this.suspects = new SuspectRegister(objects, rows, clock);
    this.clock = clock;
  }

  /// Returns the artifacts whose objects may be damaged.
  public SuspectRegister suspects() {
    return suspects;
  }

  /// Uploads artifacts, several at once. An upload that fails, or that no batch names, leaves a row
  /// that the sweep removes.
  @Override
  public Map<Sha256, Long> upload(Collection<VerifiedCrate> crates) {
    Map<Sha256, VerifiedCrate> wanted = new LinkedHashMap<>();
    for (VerifiedCrate crate : crates) {
      requireSize(crate);
      wanted.put(crate.id().cksum(), crate);
    }
    if (wanted.isEmpty()) {
      return Map.of();
    }
    Map<Sha256, Long> begun = rows.begin(wanted.values());
    List<Supplier<ObjectKey.Artifact>> uploads = new ArrayList<>();
    for (VerifiedCrate crate : wanted.values()) {
      ObjectKey.Artifact first = artifact(crate, begun);
      uploads.add(() -> uploaded(crate, first));
    }
    Map<Sha256, Long> uploaded = new HashMap<>();
    for (ObjectKey.Artifact each : runAll(uploads)) {
      uploaded.put(each.cksum(), each.generation());
    }
    return Map.copyOf(uploaded);
  }

  private static ObjectKey.Artifact artifact(VerifiedCrate crate, Map<Sha256, Long> begun) {
    Long generation = begun.get(crate.id().cksum());
    if (generation == null) {
      throw new IllegalStateException("no row was made for " + crate.id());
    }
    return new ObjectKey.Artifact(crate.id().cksum(), generation);
  }

  private static void requireSize(VerifiedCrate crate) {
    if (crate.bytes().length() > ObjectStore.MOST_BYTES) {
      throw new StoreException(
          ErrorCode.STORE_FAILED,
          "cannot store %s: expected at most %d bytes, found %d; lower 'gate.max-crate'"
              .formatted(crate.id(), ObjectStore.MOST_BYTES, crate.bytes().length()),
          null);
    }
  }

  private List<ObjectKey.Artifact> runAll(List<Supplier<ObjectKey.Artifact>> uploads) {
    if (uploads.size() == 1) {
      return List.of(uploads.getFirst().get());
    }
    List<Callable<ObjectKey.Artifact>> tasks = new ArrayList<>();
    uploads.forEach(each -> tasks.add(each::get));
    try (ExecutorService workers =
        Executors.newFixedThreadPool(
            Math.min(WORKERS, tasks.size()),
            Thread.ofVirtual().name("object-upload-", 0).factory())) {
      List<ObjectKey.Artifact> results = new ArrayList<>();
      for (Future<ObjectKey.Artifact> each : workers.invokeAll(tasks)) {
        results.add(result(each));
      }
      return results;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw failed("cannot store artifacts: the upload was interrupted; try again", e);
    }
  }

  private static ObjectKey.Artifact result(Future<ObjectKey.Artifact> ended) {
    return switch (ended.state()) {
      case SUCCESS -> ended.resultNow();
      case FAILED ->
          throw ended.exceptionNow() instanceof RuntimeException cause
              ? cause
              : new IllegalStateException("an upload ended", ended.exceptionNow());
      case CANCELLED, RUNNING -> throw new IllegalStateException("an upload did not end");
    };
  }

  /// Uploads one artifact and compares what the store has then. An ETag does not prove it: with
  /// encryption it is not a digest of the bytes.
  ///
  /// @return the upload whose bytes were compared
  private ObjectKey.Artifact uploaded(VerifiedCrate crate, ObjectKey.Artifact first) {
    ObjectKey.Artifact artifact = first;
    for (int upload = 1; ; upload++) {
      ObjectCheck check;
      try {
        objects.put(artifact.key(), crate.bytes());
        check = ObjectCheck.of(objects, artifact, crate.bytes().length());
      } catch (ObjectStoreException e) {
        throw failed(String.valueOf(e.getMessage()), e);
      }
      switch (check) {
        case ObjectCheck.Right _ -> {
          return artifact;
        }
        case ObjectCheck.Wrong wrong -> {
          if (upload == UPLOADS) {
            throw failed(
                ("cannot store %s: expected its bytes from the object store, found %s in %d uploads;"
                        + " look at the object store")
                    .formatted(crate.id(), wrong.found(), UPLOADS),
                null);
          }
        }
      }
      artifact = artifact(crate, rows.beginAgain(artifact, crate));
    }
  }

  /// Makes the failure of an upload. The gate serves the artifact from its heap then.
  private StoreException failed(String message, @Nullable Throwable cause) {
    refusedUntil = clock.instant().plus(PAUSE);
    return new StoreException(ErrorCode.STORE_FAILED, message, cause);
  }

  /// Returns the bytes of a stored artifact. The row is read again after each answer that is wrong,
  /// since the artifact may have another object by then.
  ///
  /// @throws StoreException with code `store-unavailable` if the object store does not give the
  ///   bytes, or `store-corrupt` if it gave the same wrong answer for ten minutes
  @Override
  public Optional<Bytes> read(Sha256 cksum) {
    Optional<ObjectRows.Place> place = rows.place(cksum);
    for (int read = 1; place.isPresent(); read++) {
      ObjectRows.Place at = place.get();
      suspects.requireNotDamaged(at);
      switch (checked(at)) {
        case ObjectCheck.Right right -> {
          return Optional.of(right.bytes());
        }
        case ObjectCheck.Wrong wrong -> {
          if (read == READS) {
            suspects.add(at);
            throw unavailable(
                "cannot read object '%s': expected its bytes, found %s in %d reads; try again"
                    .formatted(at.artifact().key(), wrong.found(), READS),
                null);
          }
        }
      }
      place = rows.place(cksum);
    }
    return Optional.empty();
  }

  private ObjectCheck checked(ObjectRows.Place place) {
    try {
      return ObjectCheck.of(objects, place.artifact(), place.length());
    } catch (ObjectStoreException e) {
      throw unavailable(String.valueOf(e.getMessage()), e);
    }
  }

  static StoreException unavailable(String message, @Nullable Throwable cause) {
    return new StoreException(ErrorCode.STORE_UNAVAILABLE, message, cause);
  }

  @Override
  public boolean admits() {
    return !clock.instant().isBefore(refusedUntil);
  }

  @Override
  public void close() {
    objects.close();
  }
}
