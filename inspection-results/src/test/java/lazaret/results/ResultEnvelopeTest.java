package lazaret.results;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import lazaret.bundle.trust.DsseEnvelope;
import lazaret.bundle.tuf.SigningKey;
import lazaret.bundle.tuf.TufKey;
import lazaret.vetting.Bytes;
import lazaret.vetting.MalformedException;
import lazaret.vetting.crates.CrateId;
import lazaret.vetting.crates.CrateName;
import lazaret.vetting.crates.CrateVersion;
import lazaret.vetting.crates.Sha256;
import org.junit.jupiter.api.Test;

class ResultEnvelopeTest {
  private static final SigningKey KEY = ResultFixture.key(7);
  private static final List<TufKey> TRUSTED = List.of(KEY.publicKey());

  @Test
  void hasTheFormOfTheGoldenPayload() {
    ResultBatch batch =
        new ResultBatch(
            1,
            10,
            Sha256.parse("11".repeat(32)),
            Instant.parse("2026-11-24T12:00:00Z"),
            3,
            2,
            List.of(
                new InspectionResult(
                    new CrateId(
                        CrateName.parse("alpha"),
                        CrateVersion.parse("1.0.0"),
                        Sha256.parse("22".repeat(32))),
                    Sha256.parse("33".repeat(32)),
                    Bytes.utf8("findings"))));

    assertThat(ResultJson.PAYLOADS.encode(batch).text())
        .isEqualTo(
            ("{\"format\":1,\"inspector\":10,\"indicators\":\"%s\",\"at\":\"2026-11-24T12:00:00Z\","
                    + "\"sequence\":3,\"confirms\":2,\"results\":[{\"id\":{\"name\":\"alpha\","
                    + "\"version\":\"1.0.0\",\"cksum\":\"%s\"},\"line\":\"%s\","
                    + "\"findings\":\"ZmluZGluZ3M=\"}]}")
                .formatted("11".repeat(32), "22".repeat(32), "33".repeat(32)));
  }

  @Test
  void readsWhatItSigned() {
    Random random = new Random(20261124);
    for (int i = 0; i < 100; i++) {
      ResultBatch batch = batch(random);

      assertThat(ResultEnvelope.read(ResultEnvelope.sign(batch, KEY), TRUSTED))
          .isEqualTo(new ResultEnvelope.Results(KEY.publicKey(), batch));
    }
  }

  @Test
  void readsARevocation() {
    ResultRevocation revocation =
        new ResultRevocation(
            1,
            ResultFixture.START,
            4,
            List.of(ResultFixture.digest("key")),
            List.of(ResultFixture.digest("archive")),
            "because");

    ResultEnvelope read = ResultEnvelope.read(ResultEnvelope.sign(revocation, KEY), TRUSTED);

    assertThat(read).isEqualTo(new ResultEnvelope.Revoked(KEY.publicKey(), revocation));
    assertThat(read.sequence()).isEqualTo(4);
  }

  @Test
  void refusesEachChangedByteOrReadsTheSame() {
    ResultBatch batch = batch(new Random(5));
    byte[] line = ResultEnvelope.sign(batch, KEY).array();
    for (int at = 0; at < line.length; at++) {
      byte[] changed = line.clone();
      changed[at] ^= 2;
      try {
        // The hint of the key is not signed, and base64 has several forms of one value.
        assertThat(ResultEnvelope.read(Bytes.of(changed), TRUSTED))
            .isEqualTo(new ResultEnvelope.Results(KEY.publicKey(), batch));
      } catch (MalformedException _) {
        // As expected.
      }
    }
  }

  @Test
  void refusesDataOfAnotherType() {
    Bytes payload = ResultJson.PAYLOADS.encode(batch(new Random(6)));

    for (String type : List.of(DsseEnvelope.STATEMENTS, ResultEnvelope.REVOCATIONS, "")) {
      Bytes line = DsseEnvelope.signed(payload, type, KEY).line();
      assertThatThrownBy(() -> ResultEnvelope.read(line, TRUSTED))
          .as(type)
          .isInstanceOf(MalformedException.class);
    }
  }

  @Test
  void refusesANewerFormAndImpossibleNumbers() {
    ResultBatch batch = batch(new Random(7));

    assertThatThrownBy(
            () -> new ResultBatch(2, 10, batch.indicators(), batch.at(), 0, 0, batch.results()))
        .hasMessageContaining("expected format 1, found 2");
    assertThatThrownBy(
            () -> new ResultBatch(1, 10, batch.indicators(), batch.at(), 1, 2, List.of()))
        .isInstanceOf(MalformedException.class);
    assertThatThrownBy(
            () -> ResultEnvelope.read(Bytes.of(new byte[ResultEnvelope.MAX_LINE + 1]), TRUSTED))
        .hasMessageContaining("expected a line of at most");
  }

  private static ResultBatch batch(Random random) {
    List<InspectionResult> results = new ArrayList<>();
    for (int i = random.nextInt(4); i > 0; i--) {
      byte[] findings = new byte[random.nextInt(200)];
      random.nextBytes(findings);
      results.add(
          new InspectionResult(
              new CrateId(
                  CrateName.parse("crate-" + random.nextInt(1_000)),
                  CrateVersion.parse("1.%d.0".formatted(random.nextInt(100))),
                  ResultFixture.digest("archive " + i)),
              random.nextBoolean() ? null : ResultFixture.digest("line " + i),
              Bytes.of(findings)));
    }
    long sequence = random.nextInt(1_000);
    return new ResultBatch(
        1,
        random.nextInt(20),
        ResultFixture.digest("indicators"),
        ResultFixture.START.plusSeconds(random.nextInt(100_000)),
        sequence,
        random.nextBoolean() ? 0 : sequence,
        results);
  }
}
