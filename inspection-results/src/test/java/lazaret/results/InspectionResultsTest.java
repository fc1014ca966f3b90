package lazaret.results;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import lazaret.storage.record.FindingsCodec;
import lazaret.testkit.CrateBuilder;
import lazaret.vetting.Bytes;
import lazaret.vetting.MalformedException;
import lazaret.vetting.archive.UnverifiedCrate;
import lazaret.vetting.archive.Verification;
import lazaret.vetting.archive.VerifiedCrate;
import lazaret.vetting.crates.CrateId;
import lazaret.vetting.crates.CrateVersion;
import lazaret.vetting.gate.serving.Admission;
import lazaret.vetting.gate.store.Batch;
import lazaret.vetting.inspect.Findings;
import lazaret.vetting.inspect.IndicatorSet;
import lazaret.vetting.inspect.Inspector;
import lazaret.vetting.ledger.Notice;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/// Each reason for which a result is not used has a test here, in which the findings of the store
/// are those of an inspection.
class InspectionResultsTest {
  private final ResultFixture gate = new ResultFixture(null);

  @AfterEach
  void close() {
    gate.close();
  }

  @Test
  void usesAResultInsteadOfAnInspection() {
    CrateId id = gate.publish("alpha");
    ResultImportReport report = gate.take(ResultFixture.batch(gate.result(id)));

    Admission.Outcome outcome = gate.admit(id);

    assertThat(report).isEqualTo(new ResultImportReport(1, 1, 0, 0, 0));
    assertThat(outcome).isInstanceOf(Admission.Outcome.Ready.class);
    assertThat(gate.stored(id)).isEqualTo(ResultFixture.marked(gate.honest(id)));
    assertThat(gate.results.count()).isEqualTo(new ResultService.Counts(0, 1));
  }

  @Test
  void inspectsWithoutAResult() {
    CrateId id = gate.publish("alpha");

    gate.admit(id);

    assertThat(gate.stored(id)).isEqualTo(gate.honest(id));
  }

  @Test
  void refusesALineOfAnotherKey() {
    CrateId id = gate.publish("alpha");
    Bytes line = ResultEnvelope.sign(ResultFixture.batch(gate.result(id)), ResultFixture.key(2));

    assertThatThrownBy(() -> gate.results.take("file", List.of(line), List.of()))
        .isInstanceOf(MalformedException.class)
        .hasMessageContaining("expected a signature of a trusted key");

    assertInspected(id);
  }

  @Test
  void refusesAKeyWhoseTimeHasEnded() {
    CrateId id = gate.publish("alpha");
    gate.gate.clock.advance(Duration.ofDays(401));
    Bytes line = ResultEnvelope.sign(ResultFixture.batch(gate.result(id)), gate.key);

    assertThatThrownBy(() -> gate.results.take("file", List.of(line), List.of()))
        .isInstanceOf(MalformedException.class);
  }

  @Test
  void doesNotUseAResultThatBecameTooOld() {
    CrateId id = gate.publish("alpha");
    gate.take(ResultFixture.batch(gate.result(id)));
    gate.gate.clock.advance(Duration.ofDays(366));

    assertInspected(id);
  }

  @Test
  void doesNotUseAResultAfterTheTimeOfItsKey() {
    CrateId id = gate.publish("alpha");
    ResultBatch batch = ResultFixture.batch(gate.result(id));
    gate.gate.clock.advance(Duration.ofDays(300));
    gate.take(
        new ResultBatch(
            1,
            Inspector.VERSION,
            batch.indicators(),
            ResultFixture.START.plus(Duration.ofDays(300)),
            0,
            0,
            batch.results()));
    gate.gate.clock.advance(Duration.ofDays(101));

    assertInspected(id);
  }

  @Test
  void leavesOutResultsOfAnotherInspector() {
    CrateId id = gate.publish("alpha");
    ResultBatch batch = ResultFixture.batch(gate.result(id));

    ResultImportReport report =
        gate.take(
            new ResultBatch(
                1, Inspector.VERSION - 1, batch.indicators(), batch.at(), 0, 0, batch.results()));

    assertThat(report).isEqualTo(new ResultImportReport(1, 0, 1, 1, 0));
    assertInspected(id);
  }

  @Test
  void doesNotUseAResultOfAnotherVersionWithTheSameBytes() {
    CrateId id = gate.publish("alpha");
    CrateId other = new CrateId(id.name(), CrateVersion.parse("1.0.1"), id.cksum());
    InspectionResult result = gate.result(id);
    gate.take(ResultFixture.batch(new InspectionResult(other, result.line(), result.findings())));

    assertInspected(id);
  }

  @Test
  void doesNotUseAResultForAnotherIndexLine() {
    CrateId id = gate.publish("alpha");
    gate.take(
        ResultFixture.batch(
            new InspectionResult(
                id, ResultFixture.digest("other dependencies"), gate.result(id).findings())));

    assertInspected(id);
  }

  @Test
  void doesNotUseAResultForOtherIndicators() {
    CrateId id = gate.publish("alpha");
    gate.take(ResultFixture.batch(gate.result(id)));
    VerifiedCrate crate = crate(id);
    List<Batch.Write> writes = new ArrayList<>();

    IndicatorSet other = IndicatorSet.of(Set.of(ResultFixture.digest("attack")), List.of());
    assertThat(
            gate.results
                .lookup()
                .find(crate, new Inspector.Expected(other, gate.line(id)), writes::add))
        .isEmpty();
    assertThat(writes).isEmpty();
    assertThat(
            gate.results
                .lookup()
                .find(crate, new Inspector.Expected(IndicatorSet.NONE, gate.line(id)), writes::add))
        .isPresent();
    assertThat(writes).hasSize(2);
  }

  @Test
  void doesNotUseFindingsAboutOtherBytes() {
    CrateId id = gate.publish("alpha");
    CrateId beta = gate.publish("beta");
    gate.take(
        ResultFixture.batch(InspectionResult.of(id, gate.result(id).line(), gate.honest(beta))));

    assertInspected(id);
  }

  @Test
  void doesNotUseAHostileOrDamagedResult() {
    CrateId id = gate.publish("alpha");
    CrateBuilder hostile = CrateBuilder.crate("gamma", "1.0.0").traversal();
    Findings problems =
        Inspector.inspect(hostile.id(), hostile.build(), gate.gate.parts.options().inspectLimits());
    assertThat(problems.conformant()).isFalse();
    InspectionResult result = gate.result(id);
    byte[] longer = Arrays.copyOf(result.findings().array(), 1_000);

    gate.take(ResultFixture.batch(InspectionResult.of(id, result.line(), problems)));
    assertInspected(id);
    CrateId beta = gate.publish("beta");
    gate.take(
        ResultFixture.batch(
            new InspectionResult(beta, gate.result(beta).line(), Bytes.of(longer))));
    assertInspected(beta);
  }

  @Test
  void keepsNothingOfAFileWithALineOfAnotherKey() {
    CrateId id = gate.publish("alpha");
    Bytes trusted = ResultEnvelope.sign(ResultFixture.batch(gate.result(id)), gate.key);
    Bytes other = ResultEnvelope.sign(ResultFixture.batch(), ResultFixture.key(2));

    assertThatThrownBy(() -> gate.results.take("file", List.of(trusted, other), List.of()))
        .isInstanceOf(MalformedException.class);

    assertThat(gate.results.count().waiting()).isZero();
  }

  @Test
  void doesNotKeepAResultOfWhatIsInspectedAlready() {
    CrateId id = gate.publish("alpha");
    gate.admit(id);

    assertThat(gate.take(ResultFixture.batch(gate.result(id))).kept()).isZero();
  }

  @Test
  void inspectsAgainAfterTheRevocationOfAnArchive() throws InterruptedException {
    CrateId id = gate.publish("alpha");
    gate.take(ResultFixture.batch(gate.result(id)));
    gate.admit(id);

    gate.results.revoke(List.of(), List.of(id.cksum()), "ann", "wrong");
    gate.results.inspectRevoked();

    assertThat(gate.stored(id)).isEqualTo(gate.honest(id));
    assertThat(gate.results.count()).isEqualTo(new ResultService.Counts(0, 0));
    assertThat(gate.gate.notices()).contains(Notice.Kind.RESULT_REFUSED);
    assertThat(gate.take(ResultFixture.batch(gate.result(gate.publish("beta")))).kept()).isOne();
  }

  @Test
  void inspectsAgainAfterTheRevocationOfAKey() throws InterruptedException {
    CrateId used = gate.publish("alpha");
    CrateId waiting = gate.publish("beta");
    gate.take(ResultFixture.batch(gate.result(used), gate.result(waiting)));
    gate.admit(used);

    gate.results.revoke(
        List.of(new ResultKey(gate.key.publicKey(), null).id()), List.of(), "ann", "stolen");
    gate.results.round();

    assertThat(gate.stored(used)).isEqualTo(gate.honest(used));
    assertThat(gate.results.count()).isEqualTo(new ResultService.Counts(0, 0));
    assertInspected(waiting);
    Bytes line = ResultEnvelope.sign(ResultFixture.batch(), gate.key);
    assertThatThrownBy(() -> gate.results.take("file", List.of(line), List.of()))
        .isInstanceOf(MalformedException.class);
  }

  @Test
  void acceptsARevocationOfAnotherGate() throws InterruptedException {
    CrateId id = gate.publish("alpha");
    gate.take(ResultFixture.batch(gate.result(id)));
    gate.admit(id);
    ResultRevocation revocation =
        new ResultRevocation(
            1, ResultFixture.START, 0, List.of(), List.of(id.cksum()), "an inspector was wrong");

    var _ =
        gate.results.take("file", List.of(ResultEnvelope.sign(revocation, gate.key)), List.of());
    gate.results.inspectRevoked();

    assertThat(gate.stored(id)).isEqualTo(gate.honest(id));
  }

  @Test
  void revokesNothingWithoutAName() {
    assertThatThrownBy(() -> gate.results.revoke(List.of(), List.of(), "ann", "because"))
        .hasMessageContaining("expected the id of a key or the SHA-256 of an archive");
    assertThatThrownBy(
            () ->
                gate.results.revoke(
                    List.of(), List.of(ResultFixture.digest("archive")), "ann", " "))
        .isInstanceOf(MalformedException.class);
  }

  @Test
  void readsOnlyTheFormThatItWrites() {
    CrateId id = gate.publish("alpha");
    Findings honest = gate.honest(id);

    assertThat(InspectionResult.of(id, null, honest).read()).isEqualTo(honest);
    byte[] form = FindingsCodec.encode(honest);
    for (int at = 0; at < form.length; at++) {
      byte[] changed = form.clone();
      changed[at] ^= 1;
      InspectionResult result = new InspectionResult(id, null, Bytes.of(changed));
      assertThatThrownBy(result::read).isInstanceOf(MalformedException.class);
    }
  }

  private VerifiedCrate crate(CrateId id) {
    Bytes bytes = gate.gate.registry.artifact(id.name().published(), "1.0.0").orElseThrow();
    return switch (new UnverifiedCrate(bytes).verify(id)) {
      case Verification.Match match -> match.crate();
      case Verification.Mismatch _ -> throw new AssertionError("other bytes");
    };
  }

  private void assertInspected(CrateId id) {
    gate.admit(id);
    assertThat(gate.stored(id)).isEqualTo(gate.honest(id));
  }
}
