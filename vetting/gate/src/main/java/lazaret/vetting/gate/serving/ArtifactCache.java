package lazaret.vetting.gate.serving;

import java.lang.ref.WeakReference;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Supplier;
import lazaret.vetting.Bytes;
import lazaret.vetting.ErrorCode;
import lazaret.vetting.TimeSpan;
import lazaret.vetting.crates.CrateId;
import lazaret.vetting.crates.Sha256;
import lazaret.vetting.gate.context.BoundedCache;
import lazaret.vetting.gate.context.GateContext;
import lazaret.vetting.gate.context.GateCounters;
import lazaret.vetting.gate.context.GateCounters.Count;
import lazaret.vetting.gate.context.SingleFlight;
import lazaret.vetting.gate.store.Batch;
import lazaret.vetting.gate.store.Batch.Write;
import lazaret.vetting.gate.store.StoreException;
import lazaret.vetting.ledger.Notice;
import lazaret.vetting.origin.NameOrigin;
import org.jspecify.annotations.Nullable;

/// The cache and integrity check of stored artifacts. The store compares bytes from disk with the
/// checksum that it recorded. Without one they are hashed here, at most once per scrub interval.
/// Damaged bytes are dropped with an alarm. Those of public crates are fetched again by the
/// request. Thread-safe.
public final class ArtifactCache {
  /// The maximum wait for a read of the store. After it, upstream is asked.
  private static final Duration READING = Duration.ofSeconds(60);

  private static final String PRIVATE_ADVICE =
      "and upstream has no private crate: restore it from a backup or its bundle, or let its"
          + " publisher upload the same bytes again";

  private final GateContext parts;
  private final GateCounters meters;
  private final BoundedCache<Sha256, Bytes> memory;
  private final BoundedCache<Sha256, Instant> checkedAt = new BoundedCache<>(200_000, _ -> 1);
  private final BoundedCache<Sha256, Long> lengths = new BoundedCache<>(200_000, _ -> 1);

  /// The arrays that a response may still send. The heap has each of them once, regardless of the
  /// number of clients.
  private final BoundedCache<Sha256, WeakReference<Bytes>> inUse =
      new BoundedCache<>(20_000, _ -> 1);

  /// The reads on threads of the store, which may neither hash nor write.
  private final SingleFlight<Sha256, Optional<Bytes>> reads;

  /// The reads of artifacts that the store could not compare with a checksum.
  private final SingleFlight<Sha256, Optional<Bytes>> checks = new SingleFlight<>();

  public ArtifactCache(GateContext parts, GateCounters meters) {
    this.parts = parts;
    this.meters = meters;
    this.reads = new SingleFlight<>(read -> parts.store().readThreads().start(read));
    this.memory = new BoundedCache<>(parts.options().artifactMemory(), b -> b.length() + 64L);
  }

  /// Returns the verified bytes of an artifact, or empty if it is not stored or was just dropped.
  public Optional<Bytes> take(CrateId id) {
    Bytes known = known(id.cksum());
    return known != null ? Optional.of(known) : fromStore(id);
  }

  private @Nullable Bytes known(Sha256 cksum) {
    Bytes kept = memory.get(cksum);
    if (kept != null) {
      return kept;
    }
    WeakReference<Bytes> used = inUse.get(cksum);
    return used == null ? null : used.get();
  }

  /// Reads an artifact from the store, for at most [#READING].
  private Optional<Bytes> fromStore(CrateId id) {
    Sha256 cksum = id.cksum();
    long begun = System.nanoTime();
    Optional<Optional<Bytes>> read =
        reads.join(cksum, () -> kept(cksum, () -> parts.store().unchangedArtifact(cksum)), READING);
    if (read.isEmpty() || read.get().isPresent()) {
      return read.flatMap(found -> found);
    }
    Duration left = READING.minusNanos(System.nanoTime() - begun);
    return checks
        .join(cksum, () -> kept(cksum, () -> hashed(cksum, id)), left)
        .flatMap(found -> found);
  }

  /// Returns an artifact from the heap, else reads and keeps it.
  private Optional<Bytes> kept(Sha256 cksum, Supplier<Optional<Bytes>> read) {
    Bytes known = known(cksum);
    if (known != null) {
      return Optional.of(known);
    }
    Optional<Bytes> stored = read.get();
    stored.ifPresent(bytes -> keep(cksum, bytes));
    return stored;
  }

  private Optional<Bytes> hashed(Sha256 cksum, CrateId id) {
    return Optional.ofNullable(read(cksum, id))
        .filter(bytes -> recently(cksum) || check(cksum, bytes, id));
  }

  private void keep(Sha256 cksum, Bytes bytes) {
    lengths.put(cksum, (long) bytes.length());
    inUse.put(cksum, new WeakReference<>(bytes));
    memory.put(cksum, bytes);
  }

  /// Returns the length of an artifact without reading it into the heap, or empty if it is not
  /// stored.
  public OptionalLong length(Sha256 cksum) {
    Long known = lengths.get(cksum);
    if (known != null) {
      return OptionalLong.of(known);
    }
    OptionalLong stored;
    try {
      stored = parts.store().artifactBytes(cksum);
    } catch (StoreException e) {
      if (e.code() != ErrorCode.STORE_CORRUPT) {
        throw e;
      }
      // The record is damaged; the next read of the bytes decides.
      return OptionalLong.empty();
    }
    stored.ifPresent(length -> lengths.put(cksum, length));
    return stored;
  }

  /// Limits the heap for artifacts that no response sends.
  public void keepAtMost(long bytes) {
    memory.keep(bytes);
  }

  /// Caches the bytes of an artifact, which the caller has verified.
  void remember(Sha256 cksum, Bytes bytes) {
    checkedAt.put(cksum, parts.clock().instant());
    keep(cksum, bytes);
  }

  /// Returns the bytes of an artifact that are in heap, or empty if there are none.
  Optional<Bytes> remembered(Sha256 cksum) {
    return Optional.ofNullable(known(cksum));
  }

  /// Reads and hashes one stored artifact, and drops it if it is damaged.
  ///
  /// @return false if it was damaged
  public boolean scrub(Sha256 cksum) {
    if (!parts.store().hasArtifact(cksum)) {
      return true;
    }
    Bytes stored = read(cksum, null);
    return stored != null && check(cksum, stored, null);
  }

  /// Reads stored bytes. Damage that the engine itself finds is handled like a wrong hash.
  private @Nullable Bytes read(Sha256 cksum, @Nullable CrateId id) {
    try {
      return parts.store().artifact(cksum).orElse(null);
    } catch (StoreException e) {
      if (e.code() != ErrorCode.STORE_CORRUPT) {
        throw e;
      }
      corrupt(cksum, id, "cannot be read: " + e.getMessage());
      return null;
    }
  }

  private boolean recently(Sha256 cksum) {
    Instant at = checkedAt.get(cksum);
    return at != null
        && TimeSpan.from(at, parts.options().scrubInterval()).holds(parts.clock().instant());
  }

  private boolean check(Sha256 cksum, Bytes stored, @Nullable CrateId id) {
    Sha256 found = Sha256.of(stored);
    if (found.equals(cksum)) {
      checkedAt.put(cksum, parts.clock().instant());
      return true;
    }
    corrupt(cksum, id, "now have " + found.hex());
    return false;
  }

  /// Removes an artifact from the heap, since the store no longer has it.
  public void forget(Sha256 cksum) {
    checkedAt.remove(cksum);
    memory.remove(cksum);
    inUse.remove(cksum);
    lengths.remove(cksum);
  }

  private void corrupt(Sha256 cksum, @Nullable CrateId asked, String what) {
    meters.add(Count.CORRUPT_ARTIFACTS);
    forget(cksum);
    CrateId id = asked == null ? holder(cksum) : asked;
    boolean isPrivate = id != null && parts.upstream().origin(id.name()) == NameOrigin.PRIVATE;
    Notice notice =
        new Notice(
            Notice.Kind.CORRUPT_ARTIFACT,
            parts.clock().instant(),
            Notice.GATE,
            id == null ? null : id.name(),
            id == null ? null : id.version().text(),
            "stored bytes of sha256 %s %s; dropped, %s"
                .formatted(cksum.hex(), what, isPrivate ? PRIVATE_ADVICE : "to be fetched again"));
    List<Write> writes = new ArrayList<>(List.of(new Write.DropArtifact(cksum)));
    writes.addAll(parts.appends(notice));
    parts.store().commit(Batch.synced(writes));
  }

  /// Returns the version of stored bytes, or null if its record is damaged, too.
  private @Nullable CrateId holder(Sha256 cksum) {
    try {
      return parts.store().artifactId(cksum).orElse(null);
    } catch (StoreException e) {
      if (e.code() != ErrorCode.STORE_CORRUPT) {
        throw e;
      }
      return null;
    }
  }
}
