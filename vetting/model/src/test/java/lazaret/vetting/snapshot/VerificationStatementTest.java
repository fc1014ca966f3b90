package lazaret.vetting.snapshot;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import java.util.List;
import java.util.Random;
import lazaret.vetting.Bytes;
import lazaret.vetting.MalformedException;
import lazaret.vetting.crates.CrateId;
import lazaret.vetting.crates.CrateName;
import lazaret.vetting.crates.CrateVersion;
import lazaret.vetting.crates.Sha256;
import lazaret.vetting.ledger.Decision;
import lazaret.vetting.snapshot.VerificationStatement.Claim;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class VerificationStatementTest {
  private static final CrateId ID =
      new CrateId(
          CrateName.parse("serde"),
          CrateVersion.parse("1.0.200+build"),
          Sha256.of(Bytes.utf8("serde")));
  private static final Decision DECISION =
      new Decision(
          Decision.Kind.APPROVE,
          ID,
          Instant.parse("2026-11-24T10:00:00Z"),
          "ann",
          "read every line \"twice\", été\n",
          null,
          List.of("safe-to-deploy"),
          List.of());
  private static final Claim SAID =
      new Claim(ID, true, 42, Sha256.of(Bytes.utf8("policy")), List.of(DECISION));

  @Test
  void isAnInTotoStatementWithAVerificationSummary() {
    Claim plain = new Claim(ID, false, 0, SAID.policy(), List.of());

    assertThat(VerificationStatement.of(plain).payload().text())
        .isEqualTo(
            "{\"_type\":\"https://in-toto.io/Statement/v1\",\"subject\":[{\"name\":"
                + "\"serde-1.0.200+build.crate\",\"digest\":{\"sha256\":\"%s\"}}],"
                    .formatted(ID.cksum().hex())
                + "\"predicateType\":\"https://slsa.dev/verification_summary/v1\",\"predicate\":{"
                + "\"verifier\":{\"id\":\"urn:lazaret:gate\"},"
                + "\"resourceUri\":\"pkg:cargo/serde@1.0.200%2Bbuild\","
                + "\"policy\":{\"uri\":\"urn:lazaret:policy\",\"digest\":{\"sha256\":\""
                + SAID.policy().hex()
                + "\"}},\"verificationResult\":\"FAILED\",\"verifiedLevels\":[],"
                + "\"lazaret\":{\"name\":\"serde\",\"version\":\"1.0.200+build\",\"sequence\":0,"
                + "\"decisions\":[]}}}");
  }

  @Test
  void isReadAsItWasWritten() {
    VerificationStatement written = VerificationStatement.of(SAID);

    assertThat(VerificationStatement.parse(written.payload())).isEqualTo(written);
    assertThat(VerificationStatement.parse(written.payload()).claim()).isEqualTo(SAID);
    assertThat(written.payload().text()).isASCII();
  }

  @ParameterizedTest
  @CsvSource({
    "PASSED, PASSED ",
    "'sequence\":42', 'sequence\":042'",
    "'sequence\":42', 'sequence\":-1'",
    "'sequence\":42', 'sequence\":42,\"more\":1'",
    "'_type', 'type'",
    "serde@1, serd@1",
    "'\"subject\":[', '\"subject\": ['",
    "serde-1.0.200, serde-1.0.201",
  })
  void refusesWhatIsNotInItsOneForm(String found, String other) {
    String text = VerificationStatement.of(SAID).payload().text();
    assertThat(text).contains(found.strip());

    assertThatThrownBy(
            () -> VerificationStatement.parse(Bytes.utf8(text.replace(found, other + " "))))
        .isInstanceOf(MalformedException.class)
        .hasMessageContaining("statement");
  }

  @Test
  void refusesADecisionOnOtherBytes() {
    CrateId other = new CrateId(ID.name(), ID.version(), Sha256.of(Bytes.utf8("other")));

    assertThatThrownBy(() -> new Claim(other, true, 1, SAID.policy(), List.of(DECISION)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("decisions on another");
  }

  @Test
  void survivesDamage() {
    byte[] good = VerificationStatement.of(SAID).payload().array();
    Random random = new Random(7);
    for (int i = 0; i < 2_000; i++) {
      byte[] bad = good.clone();
      bad[random.nextInt(bad.length)] ^= (byte) (1 << random.nextInt(8));
      try {
        Claim said = VerificationStatement.parse(Bytes.of(bad)).claim();
        assertThat(VerificationStatement.of(said).payload()).isEqualTo(Bytes.of(bad));
      } catch (MalformedException e) {
        assertThat(e).hasMessageContaining("statement");
      }
    }
  }
}
