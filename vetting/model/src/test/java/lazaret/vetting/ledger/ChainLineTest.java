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

class ChainLineTest {
  private static final Instant AT = Instant.parse("2026-11-24T12:00:00Z");

  private static ChainLine line(long sequence, Sha256 previous, String detail) {
    Notice notice = new Notice(Notice.Kind.WRONG_BYTES, AT, "gate", null, null, detail);
    LedgerEntry entry = LedgerEntry.link(sequence, previous, notice);
    return new ChainLine(
        sequence,
        previous,
        entry.hash(),
        new String(entry.encoded().array(), StandardCharsets.UTF_8));
  }

  @Test
  void chainHoldsAndItsLinesAreReadBack() {
    ChainLine one = line(1, LedgerEntry.GENESIS, "one \"quoted\" ü");
    ChainLine two = line(2, one.hash(), "two");
    assertThat(one.fault(null)).isNull();
    assertThat(two.fault(one)).isNull();
    assertThat(ChainLine.parse(two.text())).isEqualTo(two);
    assertThat(ChainLine.parse(one.text())).isEqualTo(one);
  }

  @Test
  void eventMayHoldTheLineSeparatorsOfUnicode() {
    ChainLine one = line(1, LedgerEntry.GENESIS, "a\u0085b\u2028c\u2029d");
    assertThat(ChainLine.parse(one.text())).isEqualTo(one);
  }

  @Test
  void partOfALogMayBeginAnywhere() {
    assertThat(line(7, Sha256.parse("ab".repeat(32)), "seven").fault(null)).isNull();
  }

  @Test
  void alteredEventShows() {
    ChainLine one = line(1, LedgerEntry.GENESIS, "denied");
    ChainLine forged = ChainLine.parse(one.text().replace("denied", "served"));
    assertThat(forged.fault(null)).contains("altered");
  }

  @Test
  void takenOutEntryShows() {
    ChainLine one = line(1, LedgerEntry.GENESIS, "one");
    ChainLine two = line(2, one.hash(), "two");
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
    assertThatThrownBy(() -> ChainLine.parse(text)).isInstanceOf(MalformedException.class);
  }
}
