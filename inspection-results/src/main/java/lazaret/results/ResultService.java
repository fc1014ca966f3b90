package lazaret.results;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.stream.Stream;
import lazaret.bundle.keys.KeyFile;
import lazaret.bundle.keys.PassphraseSource;
import lazaret.bundle.tuf.SigningKey;
import lazaret.bundle.tuf.TufKey;
import lazaret.vetting.Bytes;
import lazaret.vetting.LazaretException;
import lazaret.vetting.MalformedException;
import lazaret.vetting.crates.CrateName;
import lazaret.vetting.crates.Sha256;
import lazaret.vetting.gate.context.GateContext;
import lazaret.vetting.gate.serving.KnownFindings;
import lazaret.vetting.gate.store.Batch;
import lazaret.vetting.gate.store.Batch.Write;
import lazaret.vetting.gate.store.Leader;
import lazaret.vetting.index.StoredCrate;
import lazaret.vetting.ledger.Notice;
import org.jspecify.annotations.Nullable;

/// The signed inspection results of a gate: those that it has from others, and its own feed.
/// Thread-safe; blocks.
public final class ResultService implements AutoCloseable {
  private static final System.Logger LOG = System.getLogger(ResultService.class.getName());

  private static final Duration STOP_WAIT = Duration.ofSeconds(5);

  private final GateContext parts;
  private final ResultRows rows;
  private final List<ResultKey> configured;
  private final ResultTrust trust;
  private final ResultImporter importer;
  private final ResultCheckQueue checks;
  private final ResultLookup lookup;
  private final ResultReinspection again;
  private final @Nullable ResultPublisher publisher;
  private final @Nullable ResultRevocationExport revocations;
  private final ResultTask task;
  private volatile List<Thread> threads = List.of();

  private ResultService(ResultGate gate, ResultSettings settings, Keys keys) {
    SigningKey signer = keys.signer();
    this.parts = gate.parts();
    this.rows = new ResultRows(parts.store());
    this.configured = keys.configured();
    this.trust = new ResultTrust(rows, () -> with(keys.root().get()), settings.maxAge());
    this.importer = new ResultImporter(parts, rows, trust);
    this.checks = new ResultCheckQueue(parts.options().inspectLimits(), rows, this::distrust);
    this.lookup = new ResultLookup(parts, rows, trust, checks, settings.verifyPercent());
    this.again = new ResultReinspection(gate, rows, trust, this::refused);
    this.publisher = signer == null ? null : new ResultPublisher(parts, rows, signer);
    this.revocations =
        signer == null ? null : new ResultRevocationExport(rows, signer, parts.clock());
    this.task = new ResultTask(parts.store(), signer != null, this::forgetRevoked, this::round);
  }

  /// Opens the service, which the admission asks from now on. The keys of the configuration are
  /// read now, those of the trusted root at each use.
  ///
  /// @throws lazaret.bundle.BundleException if a key cannot be used
  public static ResultService open(ResultGate gate, ResultSettings settings) {
    RootResultKeys rootKeys = new RootResultKeys(gate.parts().store());
    Path folder = settings.keys();
    List<ResultKey> configured = folder == null ? List.of() : ResultKey.readAll(folder);
    ResultSettings.Signer signer = settings.signer();
    SigningKey key =
        signer == null
            ? null
            : KeyFile.read(signer.key())
                .open(PassphraseSource.ofFile(signer.passphrase()).withPinOf(System.getenv()))
                .getFirst();
    return of(gate, settings, new Keys(configured, rootKeys, key));
  }

  /// The keys of a service.
  ///
  /// @param configured the keys of the configuration
  /// @param root returns the keys of the trusted root
  /// @param signer the key of its own feed; null without one
  record Keys(
      List<ResultKey> configured, Supplier<List<ResultKey>> root, @Nullable SigningKey signer) {
    Keys {
      configured = List.copyOf(configured);
    }
  }

  /// Returns the keys of the configuration, and those of a root.
  private List<ResultKey> with(List<ResultKey> ofRoot) {
    return Stream.concat(configured.stream(), ofRoot.stream()).toList();
  }

  /// Returns the service with keys of the caller.
  static ResultService of(ResultGate gate, ResultSettings settings, Keys keys) {
    ResultService opened = new ResultService(gate, settings, keys);
    gate.admission().use(opened.lookup);
    return opened;
  }

  /// Returns the lookup that the admission asks before it inspects.
  KnownFindings lookup() {
    return lookup;
  }

  /// Starts the work in the background.
  ///
  /// @param leader chooses the node that publishes, and inspects again what was revoked
  public void start(Leader leader) {
    threads =
        List.of(
            Thread.ofVirtual().name("results").start(() -> task.work(leader)),
            Thread.ofPlatform().name("result checks").daemon().start(this::check));
  }

  @Override
  public void close() {
    List<Thread> running = threads;
    running.forEach(Thread::interrupt);
    try {
      // They read the store, which is closed next.
      for (Thread each : running) {
        boolean _ = each.join(STOP_WAIT);
      }
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
  }

  /// Inspects what was revoked, drops what is too old, and publishes.
  void round() throws InterruptedException {
    inspectRevoked();
    importer.sweep();
    publish();
  }

  /// Publishes the findings of this gate that are not published yet, if it has a key.
  public void publish() {
    if (publisher != null) {
      publisher.pass();
    }
  }

  /// Inspects again the archives whose findings came by a revoked key, or are revoked.
  void inspectRevoked() throws InterruptedException {
    again.run();
  }

  /// Forgets the archives in heap whose findings are revoked and that are not stored any more.
  void forgetRevoked() {
    again.forget();
  }

  private void check() {
    try {
      while (true) {
        ResultCheckQueue.Check check = checks.take();
        try {
          checks.check(check);
        } catch (LazaretException e) {
          LOG.log(System.Logger.Level.WARNING, "a result was not checked: {0}", e.getMessage());
        } catch (RuntimeException e) {
          LOG.log(System.Logger.Level.ERROR, "a result was not checked", e);
        }
      }
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
  }

  /// Revokes a key one of whose results is wrong, and inspects again what came by it.
  private void distrust(ResultRows.Used used) {
    // The reason is published: it names no private crate.
    CrateName crate = used.id().name();
    String reason =
        "the result of %s@%s from '%s' differs from an inspection here"
            .formatted(
                parts.upstream().origin(crate).shown(crate),
                used.id().version(),
                used.source().name());
    Sha256 key = used.source().key();
    if (rows.revokedKey(key).isEmpty()) {
      store(List.of(key), List.of(), Notice.GATE, reason);
    }
    refused(used, "it differs from an inspection here; its key is revoked");
    task.wake();
  }

  private void refused(ResultRows.Used used, String why) {
    List<Write> notice =
        parts.appends(
            new Notice(
                Notice.Kind.RESULT_REFUSED,
                parts.clock().instant(),
                Notice.GATE,
                used.id().name(),
                used.id().version().text(),
                "an inspection result of '%s' by key %s is wrong: %s"
                    .formatted(used.source().name(), used.source().key().hex(), why)));
    if (!notice.isEmpty()) {
      parts.store().commit(Batch.synced(notice));
    }
  }

  /// Revokes results by keys or archives. A gate that publishes has it in its feed, too.
  ///
  /// @param by the person
  /// @param reason the reason, for people
  /// @throws MalformedException if nothing is named, or there is no reason
  public void revoke(List<Sha256> keys, List<Sha256> archives, String by, String reason) {
    if (keys.isEmpty() && archives.isEmpty()) {
      throw new MalformedException(
          "cannot revoke results: expected the id of a key or the SHA-256 of an archive, found"
              + " none");
    }
    // The record checks its limits before anything is stored.
    ResultRevocation _ =
        new ResultRevocation(
            ResultRevocation.FORMAT, parts.clock().instant(), 0, keys, archives, reason);
    store(keys, archives, by, reason);
    task.wake();
  }

  /// Puts a revocation in force here, and publishes it. The feed has it later if it cannot be
  /// signed now.
  private void store(List<Sha256> keys, List<Sha256> archives, String by, String reason) {
    Instant now = parts.clock().instant();
    var why = ResultRows.Revocation.here(now, by, reason);
    List<Write> writes = new ArrayList<>(importer.revoke(keys, archives, why));
    writes.addAll(
        parts.appends(
            new Notice(
                Notice.Kind.RESULT_REFUSED,
                now,
                by,
                null,
                null,
                "inspection results of %d keys and %d archives were revoked: %s"
                    .formatted(keys.size(), archives.size(), reason))));
    if (publisher == null) {
      parts.store().commit(Batch.synced(writes));
      return;
    }
    writes.addAll(rows.putUnpublished(keys, archives, why));
    parts.store().commit(Batch.synced(writes));
    try {
      publisher.publishRevocations();
    } catch (LazaretException e) {
      LOG.log(
          System.Logger.Level.WARNING,
          "a revocation is in force here and published later: {0}",
          e.getMessage());
    }
  }

  /// Imports lines that came in a bundle or a file.
  ///
  /// @param source the name of the bundle or file
  /// @param ofRoot the keys of the root that came with them
  /// @throws MalformedException for the first line that cannot be used
  ResultImportReport take(String source, List<Bytes> lines, List<ResultKey> ofRoot) {
    return woken(importer.take(source, lines, signers(ofRoot)));
  }

  /// Checks lines that came in a bundle or a file. Nothing is kept.
  ///
  /// @param ofRoot the keys of the root that came with them, which this gate may not have yet
  /// @throws MalformedException for the first line that cannot be used
  void check(String source, List<Bytes> lines, List<ResultKey> ofRoot) {
    ResultImporter.check(source, lines, signers(ofRoot));
  }

  /// Imports the revocations among lines that came in a bundle. Those that no trusted key signed
  /// are left out.
  ///
  /// @param ofRoot the keys of the root that came with them
  ResultImportReport takeRevocations(String source, List<Bytes> lines, List<ResultKey> ofRoot) {
    return woken(importer.takeRevocations(source, lines, signers(ofRoot)));
  }

  private List<TufKey> signers(List<ResultKey> ofRoot) {
    return trust.signers(with(ofRoot), parts.clock().instant());
  }

  /// Imports the next lines of a feed.
  ///
  /// @throws MalformedException for the first line that cannot be used
  public ResultImportReport follow(String source, List<Bytes> lines) {
    return woken(importer.follow(source, lines));
  }

  private ResultImportReport woken(ResultImportReport report) {
    if (report.revoked() > 0) {
      task.wake();
    }
    return report;
  }

  /// Returns the number after which the next lines of a feed are requested. They begin with the
  /// last one that was received, which shows that the feed is still the same.
  public long since(String source) {
    return Math.max(0, rows.position(source).sequence() - 1);
  }

  /// Returns the number of the last line of a feed that was received.
  public long position(String source) {
    return rows.position(source).sequence();
  }

  /// Returns whether this gate publishes its results.
  public boolean publishes() {
    return publisher != null;
  }

  /// Returns the number of the last line of the feed of this gate; 0 if there is none.
  public long last() {
    return rows.feedHead().sequence();
  }

  /// Returns lines of the feed of this gate.
  ///
  /// @param since the number after which they begin
  /// @param maxBytes the size after which no further line begins
  public List<Bytes> lines(long since, long maxBytes) {
    List<Bytes> lines = new ArrayList<>();
    long bytes = 0;
    for (long next = since + 1; bytes < maxBytes; next++) {
      Optional<Bytes> line = rows.line(next);
      if (line.isEmpty()) {
        break;
      }
      lines.add(line.get());
      bytes += line.get().length();
    }
    return lines;
  }

  /// Signs the results of some versions for a bundle. They are empty if this gate has no key.
  ///
  /// @param crates the crates with these versions
  /// @param archives the archives whose results are signed
  /// @return the lines, or empty during a search for new indicators
  Optional<List<Bytes>> export(Stream<StoredCrate> crates, Set<Sha256> archives) {
    return publisher == null ? Optional.of(List.of()) : publisher.export(crates, archives);
  }

  /// Signs the revocations in force here for a bundle with results. Empty if this gate has no key.
  List<Bytes> revocations() {
    return revocations == null ? List.of() : revocations.all();
  }

  /// Signs the latest revocations for a bundle of any kind. Empty if this gate has no key.
  ///
  /// @param ofRoot the keys that the root of the bundle names
  /// @param warnings receives a sentence if revocations are left out
  List<Bytes> revocations(List<ResultKey> ofRoot, Consumer<String> warnings) {
    return revocations == null ? List.of() : revocations.latest(ofRoot, warnings);
  }

  /// The numbers of results.
  ///
  /// @param waiting the results that wait for their archives
  /// @param used the archives whose findings came from another gate
  public record Counts(long waiting, long used) {}

  /// Counts the results. It reads all of their rows.
  public Counts count() {
    long[] counts = new long[2];
    rows.eachWaiting(_ -> counts[0]++);
    rows.eachUsed(_ -> counts[1]++);
    return new Counts(counts[0], counts[1]);
  }

  /// Returns the keys whose results are used now, with the reason of those that are revoked.
  List<KeyState> keys() {
    return trust.pinned().stream()
        .map(
            key ->
                new KeyState(
                    key, rows.revokedKey(key.id()).map(ResultRows.Revocation::reason).orElse(null)))
        .toList();
  }

  /// A pinned key.
  ///
  /// @param revoked the reason of its revocation; null if it is in force
  record KeyState(ResultKey key, @Nullable String revoked) {}
}
