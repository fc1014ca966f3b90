package lazaret.vetting.inventory;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import lazaret.vetting.TimeSpan;
import lazaret.vetting.archive.Verification;
import lazaret.vetting.crates.CrateId;
import lazaret.vetting.crates.CrateName;
import lazaret.vetting.crates.Sha256;
import lazaret.vetting.gate.context.BoundedCache;
import lazaret.vetting.gate.store.Batch;
import lazaret.vetting.gate.store.RemovedArtifact;
import lazaret.vetting.gate.store.Store;
import lazaret.vetting.gate.store.StoreException;
import lazaret.vetting.gate.upstream.PublishHold;
import lazaret.vetting.gate.upstream.Upstream;
import lazaret.vetting.index.Validators;
import lazaret.vetting.ledger.LedgerEntry;
import lazaret.vetting.ledger.Notice;
import lazaret.vetting.origin.NameOrigin;

/// An upstream whose artifacts are compared with the evidence of those that retention removed. If
/// upstream has other bytes now, or none, the ledger gets an alarm: this store no longer has the
/// right ones. The response is passed on unchanged, and the admission refuses wrong bytes itself.
/// Thread-safe.
public final class RefetchCheck implements Upstream {
  private static final System.Logger LOG = System.getLogger(RefetchCheck.class.getName());
  private static final Duration SILENCE = Duration.ofDays(1);
  private static final int MAX_ALARMS = 10_000;

  private final Upstream upstream;
  private final Store store;
  private final Clock clock;

  /// The artifacts with an alarm of the last day.
  private final BoundedCache<Sha256, TimeSpan> alarms = new BoundedCache<>(MAX_ALARMS, _ -> 1);

  /// Creates a check of an upstream. Closing it closes the upstream.
  public RefetchCheck(Upstream upstream, Store store, Clock clock) {
    this.upstream = upstream;
    this.store = store;
    this.clock = clock;
  }

  @Override
  public IndexResponse index(CrateName name, Validators known) {
    return upstream.index(name, known);
  }

  @Override
  public ArtifactResponse artifact(CrateId id) {
    ArtifactResponse response = upstream.artifact(id);
    try {
      store
          .removedArtifact(id.cksum())
          .flatMap(kept -> difference(kept, response).map(what -> detail(kept, what)))
          .ifPresent(detail -> alarm(id, detail));
    } catch (StoreException e) {
      LOG.log(
          System.Logger.Level.WARNING,
          "{0} was not compared with the evidence of its removal: {1}",
          id,
          e.getMessage());
    }
    return response;
  }

  private static Optional<String> difference(RemovedArtifact kept, ArtifactResponse response) {
    return switch (response) {
      case ArtifactResponse.Received received ->
          difference(kept, received.crate().verify(kept.id()));
      case ArtifactResponse.Absent absent ->
          Optional.of("no longer has it (status %d)".formatted(absent.status()));
      case ArtifactResponse.Unavailable _ -> Optional.empty();
    };
  }

  private static Optional<String> difference(RemovedArtifact kept, Verification bytes) {
    return switch (bytes) {
      case Verification.Mismatch mismatch -> Optional.of("sent sha256 " + mismatch.found().hex());
      case Verification.Match match ->
          match.crate().bytes().length() == kept.bytes()
              ? Optional.empty()
              : Optional.of("sent %d bytes".formatted(match.crate().bytes().length()));
    };
  }

  private static String detail(RemovedArtifact kept, String what) {
    return "retention removed sha256 %s with %d bytes at %s by the rule '%s', and upstream %s"
        .formatted(kept.id().cksum().hex(), kept.bytes(), kept.at(), kept.rule(), what);
  }

  private void alarm(CrateId id, String detail) {
    Instant now = clock.instant();
    TimeSpan last = alarms.get(id.cksum());
    if (last != null && last.holds(now)) {
      return;
    }
    Notice notice =
        new Notice(
            Notice.Kind.REFETCH_DIFFERS, now, Notice.GATE, id.name(), id.version().text(), detail);
    List<LedgerEntry> _ = store.commit(Batch.synced(List.of(new Batch.Write.Append(notice))));
    alarms.put(id.cksum(), TimeSpan.from(now, SILENCE));
  }

  @Override
  public NameOrigin origin(CrateName name) {
    return upstream.origin(name);
  }

  @Override
  public NameOrigin confirmedOrigin(CrateName name) {
    return upstream.confirmedOrigin(name);
  }

  @Override
  public Map<String, PublishHold> holds(CrateName name) {
    return upstream.holds(name);
  }

  @Override
  public int requestsPerSecond() {
    return upstream.requestsPerSecond();
  }

  @Override
  public String describe() {
    return upstream.describe();
  }

  @Override
  public void close() {
    upstream.close();
  }
}
