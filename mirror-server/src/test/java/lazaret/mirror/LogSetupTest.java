package lazaret.mirror;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import lazaret.mirror.config.LogFormat;
import lazaret.testkit.JsonObject;
import lazaret.testkit.RecordedSpan;
import lazaret.vetting.trace.CurrentSpan;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/// The two forms of the log, with texts that come from outside.
class LogSetupTest {
  private static final String FORGED =
      "name\n2026-01-01T00:00:00.000Z SEVERE [main] lazaret.mirror: forged\r\u001b[2K\u202e"
          + "\u007f\u0085\u009b\u2028\ud83d\ude00";

  private static String written(
      LogFormat format, @Nullable String message, @Nullable Throwable thrown) {
    LogRecord event = new LogRecord(Level.WARNING, message);
    event.setLoggerName("lazaret.mirror.Some");
    event.setInstant(Instant.parse("2026-11-29T12:00:00.123456Z"));
    event.setThrown(thrown);
    AtomicReference<String> text = new AtomicReference<>("");
    Thread thread =
        Thread.ofVirtual()
            .name("worker")
            .start(() -> text.set(LogSetup.formatter(format).format(event)));
    try {
      thread.join();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    return text.get();
  }

  @Test
  void textHasTimeLevelThreadLoggerAndMessage() {
    assertThat(written(LogFormat.TEXT, "the disk is full", null))
        .isEqualTo(
            "2026-11-29T12:00:00.123Z WARNING [worker] lazaret.mirror.Some: the disk is full\n");
  }

  @Test
  void messageCannotForgeALineOfText() {
    assertThat(written(LogFormat.TEXT, FORGED, null))
        .endsWith(
            ": name\\n2026-01-01T00:00:00.000Z SEVERE [main] lazaret.mirror: forged"
                + "\\r\\u{1b}[2K\\u{202e}\\u{7f}\\u{85}\\u{9b}\\u{2028}\ud83d\ude00\n")
        .hasLineCount(1);
  }

  @Test
  void exceptionCannotForgeALineOfText() {
    List<String> lines =
        written(LogFormat.TEXT, "failed", new IllegalStateException(FORGED)).lines().toList();

    assertThat(lines.subList(1, lines.size()))
        .isNotEmpty()
        .allMatch(line -> line.startsWith("\t"))
        .noneMatch(line -> line.contains("\u001b"));
    assertThat(lines).anyMatch(line -> line.startsWith("\tat lazaret.mirror.LogSetupTest"));
  }

  @Test
  void messagesAndStackTracesAreBounded() {
    String long_ = "x".repeat(1_000_000);
    for (LogFormat format : LogFormat.values()) {
      assertThat(written(format, long_, new IllegalStateException(long_)).length())
          .isBetween(LogText.MAX_MESSAGE, 2 * LogText.MAX_MESSAGE + LogText.MAX_TRACE);
    }
  }

  @Test
  void jsonIsOneObjectOnOneLine() {
    String line = written(LogFormat.JSON, FORGED, new IllegalStateException(FORGED));

    assertThat(line).matches("\\{[\\x20-\\x7e]+}\n");
    JsonObject event = JsonObject.parse(line);
    assertThat(event.text("at")).hasValue("2026-11-29T12:00:00.123456Z");
    assertThat(event.text("level")).hasValue("WARNING");
    assertThat(event.text("logger")).hasValue("lazaret.mirror.Some");
    assertThat(event.text("thread")).hasValue("worker");
    assertThat(event.text("message")).hasValue(FORGED);
    assertThat(event.text("error").orElse("")).startsWith("java.lang.IllegalStateException: name");
    assertThat(line).doesNotContain("\"trace\"");
  }

  @Test
  void anEventMayHaveNoMessage() {
    assertThat(written(LogFormat.TEXT, null, null)).endsWith("lazaret.mirror.Some: null\n");
    assertThat(JsonObject.parse(written(LogFormat.JSON, null, null)).text("message"))
        .hasValue("null");
  }

  @Test
  void bothFormsHaveTheIdOfTheTrace() {
    RecordedSpan span = new RecordedSpan("request");
    LogRecord event = new LogRecord(Level.INFO, "done");

    for (LogFormat format : LogFormat.values()) {
      String line = CurrentSpan.of(span, _ -> LogSetup.formatter(format).format(event));
      assertThat(line).contains(span.traceId());
    }
  }
}
