package lazaret.vetting.desk.review;

import java.util.List;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import lazaret.vetting.ErrorCode;
import lazaret.vetting.MalformedException;
import lazaret.vetting.archive.CrateArchive;
import lazaret.vetting.crates.CrateId;
import lazaret.vetting.crates.CrateName;
import lazaret.vetting.crates.CrateVersion;
import lazaret.vetting.crates.Sha256;
import lazaret.vetting.desk.review.ReviewReport.NotReadable;
import lazaret.vetting.gate.Gate;
import lazaret.vetting.gate.context.BoundedCache;
import lazaret.vetting.gate.context.GateContext;
import lazaret.vetting.gate.context.SingleFlight;
import lazaret.vetting.gate.serving.UpstreamUnavailableException;
import lazaret.vetting.gate.serving.VersionLookup;
import lazaret.vetting.index.StoredLine;
import lazaret.vetting.inspect.CapabilityTable;
import lazaret.vetting.inspect.Inspector;
import lazaret.vetting.review.CapabilityDiff;
import lazaret.vetting.review.DiffLimits;
import org.jspecify.annotations.Nullable;

/// The service for all places of capabilities. The store has the first place of each; the others
/// are computed from the artifact when a reviewer requests them. Thread-safe; every method blocks
/// for at most the wait of the gate for each artifact.
public final class CapabilityService {
  /// The maximum number of lines in heap, of all artifacts together.
  private static final long MAX_CACHED = 40_000;

  /// The weight of an artifact without lines.
  private static final int EMPTY = 16;

  /// The greatest weight of an artifact, since the cache keeps none above. One with more lines
  /// counts as an eighth of the cache.
  private static final long HEAVY = MAX_CACHED / 8;

  /// The number of artifacts that are scanned at the same time.
  private static final int PARALLEL = 2;

  private final GateContext parts;
  private final Gate gate;
  private final CodeDeltaService deltas;
  private final SingleFlight<Sha256, CapabilityTable> flights = new SingleFlight<>();
  private final Semaphore slots = new Semaphore(PARALLEL);
  private final BoundedCache<Sha256, CapabilityTable> cache =
      new BoundedCache<>(MAX_CACHED, CapabilityService::weight);

  /// Creates a service without cached places.
  ///
  /// @param deltas the service that selects the base of a review
  public CapabilityService(GateContext parts, Gate gate, CodeDeltaService deltas) {
    this.parts = parts;
    this.gate = gate;
    this.deltas = deltas;
  }

  /// The result of reading an artifact.
  public sealed interface Reading {
    /// A success.
    ///
    /// @param archive the artifact
    /// @param locations the places that show its capabilities
    record Read(CrateArchive archive, CapabilityTable locations) implements Reading {}

    /// A failure.
    ///
    /// @param why the cause
    record Unread(NotReadable why) implements Reading {}
  }

  private static long weight(CapabilityTable locations) {
    long lines = locations.entries().stream().mapToLong(e -> e.locations().size()).sum();
    return Math.min(EMPTY + lines, HEAVY);
  }

  /// Returns the capabilities of a version compared with a base, or empty if the crate or version
  /// does not exist. A version that is not stored is fetched, checked, inspected and stored.
  ///
  /// @param base the version for comparison; null selects the one with the least to read
  /// @throws UpstreamUnavailableException if the crate is not stored and upstream is unavailable
  /// @throws MalformedException if the base does not exist
  public Optional<CapabilityReport> report(
      CrateName name, CrateVersion version, @Nullable CrateVersion base) {
    return gate.finder().listed(name, version).map(found -> report(found, base));
  }

  /// Searches the sources of a version and of the base of its review, before a person requests
  /// them.
  public void prepare(VersionLookup.Found found) {
    CapabilityReport _ = report(found, null);
  }

  private CapabilityReport report(VersionLookup.Found found, @Nullable CrateVersion asked) {
    CrateId id = found.line().entry().id();
    StoredLine base;
    try {
      base = asked == null ? deltas.chosen(found) : ReviewService.line(found.file(), asked);
    } catch (ArtifactUnavailableException e) {
      return unread(id, e.why());
    }
    return switch (places(id)) {
      case Places.Unread(NotReadable why) -> unread(id, why);
      case Places.Known(CapabilityTable now) ->
          base == null
              ? compared(id, null, new CapabilityDiff(CapabilityTable.NONE, now))
              : against(id, now, base.entry().id());
    };
  }

  private CapabilityReport against(CrateId id, CapabilityTable now, CrateId base) {
    return switch (places(base)) {
      case Places.Unread(NotReadable why) ->
          unread(
              id, new NotReadable(why.code(), "the base " + base.version() + ": " + why.detail()));
      case Places.Known(CapabilityTable before) ->
          compared(id, base.version(), new CapabilityDiff(before, now));
    };
  }

  /// The places of an artifact.
  private sealed interface Places {
    record Known(CapabilityTable locations) implements Places {}

    record Unread(NotReadable why) implements Places {}
  }

  /// Returns the places of an artifact. Those in heap are returned without a look at its bytes.
  private Places places(CrateId id) {
    CapabilityTable cached = cache.get(id.cksum());
    if (cached != null) {
      return new Places.Known(cached);
    }
    return switch (read(id)) {
      case Reading.Read read -> new Places.Known(read.locations());
      case Reading.Unread(NotReadable why) -> new Places.Unread(why);
    };
  }

  private static CapabilityReport compared(
      CrateId id, @Nullable CrateVersion base, CapabilityDiff both) {
    return new CapabilityReport(
        id, base, both.changes(), both.absent(), both.whole(base != null), null);
  }

  private static CapabilityReport unread(CrateId id, NotReadable why) {
    return new CapabilityReport(id, null, List.of(), List.of(), false, why);
  }

  private ReviewService reviewing() {
    return new ReviewService(parts, gate.files(), gate.admission(), DiffLimits.DEFAULT);
  }

  /// Reads an artifact, which is fetched and inspected if it is not stored.
  public Reading read(CrateId id) {
    return switch (reviewing().fetch(id)) {
      case ReviewService.Fetched.Unavailable(NotReadable unread) -> new Reading.Unread(unread);
      case ReviewService.Fetched.Available(CrateArchive archive) ->
          locations(id, archive)
              .<Reading>map(found -> new Reading.Read(archive, found))
              .orElseGet(() -> new Reading.Unread(busy()));
    };
  }

  private static NotReadable busy() {
    return new NotReadable(
        ErrorCode.VETTING_IN_PROGRESS, "its sources are being searched for capabilities");
  }

  private Optional<CapabilityTable> locations(CrateId id, CrateArchive archive) {
    CapabilityTable cached = cache.get(id.cksum());
    return cached != null
        ? Optional.of(cached)
        : flights.join(id.cksum(), () -> scan(id, archive), parts.options().vettingWait());
  }

  private CapabilityTable scan(CrateId id, CrateArchive archive) {
    slots.acquireUninterruptibly();
    try {
      CapabilityTable found =
          Inspector.capabilityTable(
              id, archive.bytes(), parts.options().inspectLimits(), parts.clock());
      cache.put(id.cksum(), found);
      return found;
    } finally {
      slots.release();
    }
  }
}
