package lazaret.results;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import lazaret.bundle.tuf.SigningKey;
import lazaret.testkit.CrateBuilder;
import lazaret.vetting.Bytes;
import lazaret.vetting.crates.CrateId;
import lazaret.vetting.crates.Sha256;
import lazaret.vetting.gate.feeds.IndicatorRescan;
import lazaret.vetting.gate.fixture.GateFixture;
import lazaret.vetting.gate.serving.Admission;
import lazaret.vetting.gate.store.Batch;
import lazaret.vetting.gate.store.Batch.Write;
import lazaret.vetting.gate.store.MetaKey;
import lazaret.vetting.index.IndexEntry;
import lazaret.vetting.index.StoredLine;
import lazaret.vetting.inspect.Findings;
import lazaret.vetting.inspect.IndicatorSet;
import lazaret.vetting.inspect.Inspector;
import lazaret.vetting.inspect.Signal;
import lazaret.vetting.inspect.SignalCode;
import lazaret.vetting.linecheck.ManifestCheck;
import org.jspecify.annotations.Nullable;

/// A gate with signed results, and a key that it trusts.
final class ResultFixture implements AutoCloseable {
  static final Instant START = GateFixture.START;

  final GateFixture gate = new GateFixture();
  final SigningKey key = key(1);
  final ResultService results;

  private final ResultSettings settings;

  /// Creates a gate that checks no result.
  ///
  /// @param signer the key by which it signs its own results; null if it signs none
  ResultFixture(@Nullable SigningKey signer) {
    this(signer, 0);
  }

  ResultFixture(@Nullable SigningKey signer, int verifyPercent) {
    settings =
        new ResultSettings(
            Map.of(),
            null,
            null,
            Duration.ofDays(365),
            verifyPercent,
            Duration.ofMinutes(10),
            null);
    results = opened(signer);
  }

  /// Opens another service of the gate, as another node or a later start does.
  ResultService opened(@Nullable SigningKey signer) {
    return ResultService.of(
        new ResultGate(gate.parts, gate.gate.admission(), gate.gate.artifactCache()),
        settings,
        new ResultService.Keys(
            List.of(new ResultKey(key.publicKey(), START.plus(Duration.ofDays(400)))),
            List::of,
            signer));
  }

  static SigningKey key(int number) {
    byte[] seed = new byte[SigningKey.SEED_LENGTH];
    Arrays.fill(seed, (byte) number);
    return SigningKey.ed25519(seed);
  }

  /// Publishes a version upstream, and stores its index line.
  CrateId publish(String name) {
    CrateId id = gate.publish(CrateBuilder.crate(name, "1.0.0").file("src/lib.rs", ""), 60);
    String _ = gate.index(name);
    return id;
  }

  Admission.Outcome admit(CrateId id) {
    return gate.gate.admission().admit(id, Duration.ofSeconds(20)).orElseThrow();
  }

  Findings stored(CrateId id) {
    return gate.store.findings(id.cksum()).orElseThrow();
  }

  IndexEntry line(CrateId id) {
    return gate.store.crate(id.name()).orElseThrow().lines().stream()
        .map(StoredLine::entry)
        .filter(entry -> entry.id().equals(id))
        .findFirst()
        .orElseThrow();
  }

  /// Returns the bytes upstream.
  Bytes archive(CrateId id) {
    return gate.registry.artifact(id.name().published(), id.version().text()).orElseThrow();
  }

  /// Returns what an inspection here finds.
  Findings honest(CrateId id) {
    return Inspector.inspect(id, archive(id), gate.parts.options().inspectLimits());
  }

  /// Returns findings that no inspection makes, so that a test sees where they came from.
  static Findings marked(Findings findings) {
    List<Signal> signals = new ArrayList<>(findings.signals());
    signals.add(Signal.of(SignalCode.BUILD_WALKS_UP, "marked", 1, "by the other gate"));
    return new Findings(
        findings.sha256(),
        findings.inspectorVersion(),
        findings.problems(),
        findings.facts(),
        signals,
        findings.capabilities(),
        findings.trace());
  }

  /// Returns the result of a marked inspection.
  InspectionResult result(CrateId id) {
    return InspectionResult.of(id, ManifestCheck.digest(line(id)), marked(honest(id)));
  }

  static ResultBatch batch(InspectionResult... results) {
    return new ResultBatch(
        ResultBatch.FORMAT,
        Inspector.VERSION,
        IndicatorSet.NONE.digest(),
        START,
        0,
        0,
        List.of(results));
  }

  /// Imports a batch that the trusted key signed.
  ResultImportReport take(ResultBatch batch) {
    return results.take("file", List.of(ResultEnvelope.sign(batch, key)), List.of());
  }

  /// States that the search for the indicators in force has ended, as the gate does it.
  void searched() {
    gate.store.commit(
        Batch.relaxed(
            List.of(
                new Write.PutMeta(
                    MetaKey.RESCAN_DONE,
                    Bytes.utf8(
                        IndicatorRescan.digest(gate.rules.current().advisories().iocs()))))));
  }

  /// Removes the bytes of an archive, as retention does.
  void remove(CrateId id) {
    gate.store.commit(Batch.relaxed(List.of(new Write.DropArtifact(id.cksum()))));
  }

  static Sha256 digest(String text) {
    return Sha256.of(Bytes.utf8(text));
  }

  @Override
  public void close() {
    results.close();
    gate.close();
  }
}
