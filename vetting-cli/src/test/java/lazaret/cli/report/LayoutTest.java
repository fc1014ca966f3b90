package lazaret.cli.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LayoutTest {
  private static final Instant NOW = Instant.parse("2026-11-24T12:00:00Z");

  private static List<String> lines(TextTable table, int width) {
    return table.lines(width).stream()
        .map(line -> line.stream().map(Cell::text).collect(Collectors.joining()))
        .toList();
  }

  @Test
  void theLastColumnIsWrappedToTheTerminal() {
    TextTable table = new TextTable("A", "WHY");
    table.row(Cell.of("alpha"), Cell.of("one two three four five"));

    assertThat(lines(table, 27))
        .containsExactly("A      WHY", "alpha  one two three four", "       five");
  }

  @Test
  void nothingIsWrappedInAPipe() {
    TextTable table = new TextTable("A", "WHY");
    table.row(Cell.of("alpha"), Cell.of("word ".repeat(100).strip()));

    assertThat(lines(table, Integer.MAX_VALUE)).hasSize(2);
  }

  @Test
  void aCellOfForeignTextStaysOnItsLine() {
    TextTable table = new TextTable("A");
    table.row(Cell.of("x\ny\u001b[2J\u202e\t"));

    assertThat(lines(table, 80)).containsExactly("A", "x y?[2J? ");
  }

  @Test
  void colorsShowOnATerminalThatWantsThem() {
    Map<String, String> xterm = Map.of("TERM", "xterm", "COLUMNS", "132");

    assertThat(TerminalCapabilities.of("in,out,err", xterm))
        .isEqualTo(new TerminalCapabilities(true, true, true, true, 132));
    assertThat(
            TerminalCapabilities.of("in,out,err", Map.of("TERM", "xterm", "NO_COLOR", "1")).color())
        .isFalse();
    assertThat(
            TerminalCapabilities.of("in,out,err", Map.of("TERM", "xterm", "NO_COLOR", "")).color())
        .isTrue();
    assertThat(TerminalCapabilities.of("in,out,err", Map.of("TERM", "dumb")).color()).isFalse();
    assertThat(
            TerminalCapabilities.of("in,out,err", Map.of("TERM", "xterm", "COLUMNS", "0")).width())
        .isEqualTo(80);
  }

  @Test
  void aPipeIsNeitherColoredNorAsked() {
    TerminalCapabilities looks =
        TerminalCapabilities.of("err", Map.of("TERM", "xterm", "COLUMNS", "60"));

    assertThat(looks.color() || looks.fits() || looks.asks()).isFalse();
    // The width of progress lines; tables are fitted to standard output only.
    assertThat(looks.width()).isEqualTo(60);
    assertThat(TerminalCapabilities.of("", Map.of())).isEqualTo(TerminalCapabilities.PIPE);
  }

  @ParameterizedTest
  @CsvSource({
    "90d, 2027-02-22T12:00:00Z",
    "12h, 2026-11-25T00:00:00Z",
    "2w, 2026-12-08T12:00:00Z",
    "2027-01-31, 2027-02-01T00:00:00Z",
    "2027-01-31T08:00:00Z, 2027-01-31T08:00:00Z"
  })
  void anEndIsASpanADayOrAMoment(String text, String end) {
    assertThat(Timestamps.end(text, NOW)).isEqualTo(end);
  }

  @ParameterizedTest
  @CsvSource({"90", "d", "-1d", "9999999d", "2027-02-30", "tomorrow", "''"})
  void anythingElseIsNoEnd(String text) {
    assertThatThrownBy(() -> Timestamps.end(text, NOW))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("expected a span like 90d");
  }

  @ParameterizedTest
  @CsvSource({
    "2026-11-24T12:00:01Z, 2026-11-24 12:00Z (now)",
    "2026-11-24T11:59:00Z, 2026-11-24 11:59Z (60 s ago)",
    "2026-11-24T13:00:00Z, 2026-11-24 13:00Z (in 60 min)",
    "2026-11-23T12:00:00Z, 2026-11-23 12:00Z (24 h ago)",
    "2026-12-24T12:00:00Z, 2026-12-24 12:00Z (in 30 days)",
    "rubbish, rubbish"
  })
  void printsAMomentWithItsDistance(String iso, String text) {
    assertThat(Timestamps.distant(iso, NOW)).isEqualTo(text);
  }
}
