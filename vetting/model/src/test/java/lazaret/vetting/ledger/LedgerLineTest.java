package lazaret.vetting.ledger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import lazaret.vetting.MalformedException;
import lazaret.vetting.crates.Sha256;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LedgerLineTest {
  private static final Instant AT = Instant.parse("2026-11-24T12:00:00Z");

  private static LedgerLine line(long sequence, Sha256 previous, String detail) {
    Notice notice = new Notice(Notice.Kind.WRONG_BYTES, AT, "gate", null, null, detail);
    LedgerEntry entry = LedgerEntry.link(sequence, previous, notice);
    return new LedgerLine(
        sequence,
        previous,
        entry.hash(),
        new String(entry.encoded().array(), StandardCharsets.UTF_8));
  }

  @Test
  void chainHoldsAndItsLinesAreReadBack() {
    LedgerLine one = line(1, LedgerEntry.GENESIS, "one \"quoted\" ü");
    LedgerLine two = line(2, one.hash(), "two");
    assertThat(one.fault(null)).isNull();
    assertThat(two.fault(one)).isNull();
    assertThat(LedgerLine.parse(two.text())).isEqualTo(two);
    assertThat(LedgerLine.parse(one.text())).isEqualTo(one);
  }

  @Test
  void eventMayHoldTheLineSeparatorsOfUnicode() {
    LedgerLine one = line(1, LedgerEntry.GENESIS, "a\u0085b\u2028c\u2029d");
    assertThat(LedgerLine.parse(one.text())).isEqualTo(one);
  }

  @Test
  void partOfALogMayBeginAnywhere() {
    assertThat(line(7, Sha256.parse("ab".repeat(32)), "seven").fault(null)).isNull();
  }

  @Test
  void alteredEventShows() {
    LedgerLine one = line(1, LedgerEntry.GENESIS, "denied");
    LedgerLine forged = LedgerLine.parse(one.text().replace("denied", "served"));
    assertThat(forged.fault(null)).contains("altered");
  }

  @Test
  void takenOutEntryShows() {
    LedgerLine one = line(1, LedgerEntry.GENESIS, "one");
    LedgerLine two = line(2, one.hash(), "two");
    assertThat(line(3, two.hash(), "three").fault(one)).contains("expected entry 2, found 3");
    assertThat(line(2, two.hash(), "renumbered").fault(one)).contains("names");
  }

  @Test
  void firstEntryOfAllFollowsNothing() {
    assertThat(line(1, Sha256.parse("ab".repeat(32)), "one").fault(null)).contains("expected 0000");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "{}",
        "{\"sequence\":0}",
        "{\"sequence\":99999999999999999999,\"previous\":\"\"}",
        " {\"sequence\":1,\"event\":{}}"
      })
  void otherTextIsNoLine(String text) {
    assertThatThrownBy(() -> LedgerLine.parse(text)).isInstanceOf(MalformedException.class);
  }
}
