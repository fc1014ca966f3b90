package lazaret.vetting.ledger;

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
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class EventCodecTest {
  private static final Instant AT = Instant.parse("2026-11-24T10:00:00Z");
  private static final Decision DECISION =
      new Decision(
          Decision.Kind.APPROVE,
          new CrateId(
              CrateName.parse("serde"),
              CrateVersion.parse("1.0.200+build"),
              Sha256.of(Bytes.utf8("serde"))),
          AT,
          "ann",
          "read every line \"twice\"\n",
          AT.plusSeconds(60),
          List.of("safe-to-deploy"),
          List.of("Cargo.lock"),
          CrateVersion.parse("1.0.199"),
          List.of("RUSTSEC-2026-0001"),
          new DecisionContext(
              "ann-laptop", "0011223344556677", 2, List.of("osv of today"), List.of("A-1")));
  private static final Notice NOTICE =
      new Notice(
          Notice.Kind.WRONG_BYTES, AT, Notice.GATE, CrateName.parse("a"), "1.0.0", "not the same");

  @Test
  void writesTheOneFormThatTheChainHashes() {
    assertThat(EventCodec.encode(NOTICE).text())
        .isEqualTo(
            "{\"kind\":\"wrong-bytes\",\"at\":\"2026-11-24T10:00:00Z\",\"by\":\"gate\",\"name\":\"a\","
                + "\"version\":\"1.0.0\",\"text\":\"not the same\"}");
  }

  @Test
  void writesWhatADecisionRestedOnAtTheEnd() {
    assertThat(EventCodec.encode(DECISION).text())
        .endsWith(
            ",\"waives\":[\"RUSTSEC-2026-0001\"],\"token\":\"ann-laptop\",\"policy\":\"0011223344556677\","
                + "\"inspector\":\"2\",\"feeds\":[\"osv of today\"],\"advisories\":[\"A-1\"]}");
  }

  @Test
  void readsBackWhatItWrote() {
    assertThat(EventCodec.decode(EventCodec.encode(DECISION))).isEqualTo(DECISION);
    assertThat(EventCodec.decode(EventCodec.encode(NOTICE))).isEqualTo(NOTICE);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "[]",
        "{}",
        "{\"kind\":\"frob\",\"at\":\"2026-11-24T10:00:00Z\",\"by\":\"a\",\"text\":\"t\"}",
        "{\"kind\":\"imported\",\"kind\":\"deny\"}",
        "{\"kind\":\"imported\",\"at\":\"yesterday\",\"by\":\"a\",\"text\":\"t\"}",
        "{\"kind\":\"imported\",\"at\":\"2026-11-24T10:00:00Z\",\"by\":\"a\",\"text\":\"t\"} {}",
        "{\"kind\":\"imported\",\"at\":{\"deep\":1}}"
      })
  void refusesWhatItDidNotWrite(String text) {
    assertThatThrownBy(() -> EventCodec.decode(Bytes.utf8(text)))
        .isInstanceOf(MalformedException.class)
        .hasMessageContaining("ledger event");
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4})
  void mutatedBytesAreReadOrRefusedAndNothingElse(long seed) {
    Random random = new Random(seed);
    byte[] good = EventCodec.encode(DECISION).array();
    for (int round = 0; round < 5_000; round++) {
      byte[] bad = good.clone();
      for (int i = 0; i <= random.nextInt(3); i++) {
        bad[random.nextInt(bad.length)] = (byte) random.nextInt(256);
      }
      try {
        EventCodec.decode(Bytes.of(bad));
      } catch (MalformedException e) {
        assertThat(e).hasMessageContaining("ledger event");
      }
    }
  }

  @Test
  void aLinkBreaksWhenAnyPartIsChanged() {
    LedgerEntry first = LedgerEntry.link(1, LedgerEntry.GENESIS, NOTICE);
    LedgerEntry second = LedgerEntry.link(2, first.hash(), DECISION);

    assertThat(first.intact()).isTrue();
    assertThat(second.intact()).isTrue();
    assertThat(
            new LedgerEntry(3, second.event(), second.encoded(), second.previous(), second.hash())
                .intact())
        .isFalse();
    assertThat(
            new LedgerEntry(2, NOTICE, EventCodec.encode(NOTICE), second.previous(), second.hash())
                .intact())
        .isFalse();
    assertThat(
            new LedgerEntry(2, DECISION, second.encoded(), LedgerEntry.GENESIS, second.hash())
                .intact())
        .isFalse();
  }
}
