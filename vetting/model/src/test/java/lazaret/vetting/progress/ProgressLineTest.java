package lazaret.vetting.progress;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ProgressLineTest {
  private static final String ERASED = "\r\u001b[K";

  private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
  private final AtomicLong nanos = new AtomicLong(Duration.ofDays(1).toNanos());

  private ProgressLine line(ProgressMode mode) {
    return new ProgressLine(printer(mode), null, nanos::get);
  }

  private ProgressPrinter printer(ProgressMode mode) {
    return new ProgressPrinter(
        new PrintStream(bytes, true, StandardCharsets.UTF_8), mode, "checking the store", 80);
  }

  private String printed() {
    String text = bytes.toString(StandardCharsets.UTF_8);
    bytes.reset();
    return text;
  }

  /// Returns the output of a share some seconds later.
  private String after(ProgressLine line, double seconds, ProgressShare share) {
    nanos.addAndGet(Duration.ofMillis((long) (seconds * 1_000)).toNanos());
    assertThat(line.show(share)).isTrue();
    return printed();
  }

  private static ProgressShare artifacts(long done) {
    return new ProgressShare("artifacts", done, 400, "artifacts");
  }

  @Test
  void aLineHasPercentageAmountRateAndRemainingTime() {
    try (ProgressLine line = line(ProgressMode.LINE)) {
      assertThat(after(line, 0, ProgressShare.UNKNOWN))
          .isEqualTo("\rchecking the store, 0 s\u001b[K");
      assertThat(after(line, 1, artifacts(0)))
          .isEqualTo("\rchecking the store: artifacts 0 %, 0 of 400, 1 s\u001b[K");
      assertThat(after(line, 10, artifacts(20)))
          .isEqualTo(
              "\rchecking the store: artifacts 5 %, 20 of 400, 2.0/s, 3 min 10 s left\u001b[K");
    }
    assertThat(printed()).isEqualTo(ERASED);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "parts    | bytes  | 104857600 | 1073741824 | parts 9 %, 100.0 MiB of 1.0 GiB, 10.0 MiB/s, 1 min 33 s left",
        "build    | crates | 2         | 10         | build 20 %, 2 of 10 crates, 0.2/s, 40 s left",
        "crates   | crates | 10        | 100000     | crates 0 %, 10 of 100000, 1.0/s, 1 d 3 h left",
        "crates   | crates | 10        | 10000      | crates 0 %, 10 of 10000, 1.0/s, 2 h 46 min left",
        "tables   | tables | 70        | 0          | tables, 70, 7.0/s, 10 s",
        "packing  | packing | 0        | 0          | packing, 10 s",
      })
  void unitsAreNamedOnce(String phase, String unit, long done, long total, String text) {
    try (ProgressLine line = line(ProgressMode.LINE)) {
      after(line, 0, new ProgressShare(phase, 0, total, unit));

      String shown = after(line, 10, new ProgressShare(phase, done, total, unit));

      assertThat(shown).endsWith(text + "\u001b[K");
      assertThat(shown.length()).isLessThan(80 + "\r\u001b[K".length());
    }
  }

  @Test
  void controlCharactersOfAServerReachNoTerminal() {
    try (ProgressLine line = line(ProgressMode.LINE)) {
      assertThat(after(line, 0, new ProgressShare("a\u001b[2J", 1, 2, "b\u001b[2J")))
          .doesNotContain("\u001b[2J");
    }
  }

  @Test
  void jsonLinesEndWithTheWhole() {
    try (ProgressLine line = line(ProgressMode.JSON)) {
      assertThat(after(line, 0, ProgressShare.UNKNOWN)).isEmpty();
      assertThat(after(line, 0, artifacts(0)))
          .isEqualTo(
              "{\"state\":\"running\",\"phase\":\"artifacts\",\"done\":0,\"total\":400,"
                  + "\"unit\":\"artifacts\",\"percent\":0}\n");
      assertThat(after(line, 10, artifacts(20)))
          .isEqualTo(
              "{\"state\":\"running\",\"phase\":\"artifacts\",\"done\":20,\"total\":400,"
                  + "\"unit\":\"artifacts\",\"percent\":5,\"rate\":2.00,\"remaining_seconds\":190}\n");
      line.begin("artifacts", 400, "");
      line.reach(399);
      line.step();
      line.complete();
    }
    assertThat(printed())
        .contains("\"state\":\"complete\"", "\"done\":400", "\"percent\":100")
        .endsWith("\"remaining_seconds\":0}\n")
        .doesNotContain("\u001b");
  }

  @Test
  void aFailureEndsWithTheShareThatWasReached() {
    try (ProgressLine line = line(ProgressMode.JSON)) {
      line.begin("build", 4, "crates");
      line.step();
    }
    assertThat(printed())
        .isEqualTo(
            "{\"state\":\"failed\",\"phase\":\"build\",\"done\":1,\"total\":4,\"unit\":\"crates\","
                + "\"percent\":25}\n");
  }

  @Test
  void nothingIsPrintedAfterTheEnd() {
    ProgressLine line = line(ProgressMode.JSON);
    line.close();
    line.close();

    assertThat(line.show(artifacts(1))).isFalse();
    assertThat(printed().lines()).hasSize(1);
  }

  /// The output of a program and the line do not mix.
  @Test
  void otherOutputRemovesTheLineAndIsNotInterrupted() throws IOException {
    try (ProgressLine line = line(ProgressMode.LINE)) {
      OutputStream cargo = line.beside();
      after(line, 0, artifacts(1));
      cargo.write("Compiling".getBytes(StandardCharsets.UTF_8));
      assertThat(printed()).isEqualTo(ERASED + "Compiling");
      assertThat(after(line, 1, artifacts(2))).isEmpty();
      cargo.write('\n');
      assertThat(after(line, 1, artifacts(3))).contains("\n\rchecking the store: artifacts");
      line.hide();
      assertThat(printed()).isEqualTo(ERASED);
      assertThat(after(line, 1, artifacts(4))).isEmpty();
      line.begin("crates", 2, "");
      assertThat(after(line, 1, artifacts(5))).contains("artifacts");
      line.note("retrying 1");
      assertThat(printed()).isEqualTo(ERASED + "retrying 1\n");
    }
  }

  @Test
  void nothingIsPrintedWithoutAForm() {
    try (ProgressLine line = ProgressLine.counting(printer(ProgressMode.NONE))) {
      line.begin("artifacts", 2, "");
      line.step();
      line.complete();
    }
    assertThat(printed()).isEmpty();
  }

  /// A thread prints twice a second.
  @Test
  void jsonLinesComeAtMostTwiceASecond() throws InterruptedException {
    long begun = System.nanoTime();
    try (ProgressLine line = ProgressLine.counting(printer(ProgressMode.JSON))) {
      line.begin("artifacts", 100, "");
      for (int step = 0; step < 100; step++) {
        line.step();
        Thread.sleep(11);
      }
      line.complete();
    }
    double seconds = (System.nanoTime() - begun) / 1e9;

    assertThat(printed().lines().count()).isBetween(2L, (long) (seconds * 2) + 2);
  }
}
