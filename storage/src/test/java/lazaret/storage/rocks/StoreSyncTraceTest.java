package lazaret.storage.rocks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A trace of system calls shows that a decision is on disk before it is acknowledged.
class StoreSyncTraceTest {
  private static final int COMMITS = 20;
  private static final Pattern CALL =
      Pattern.compile("^(\\d+) +(write|fsync|fdatasync)\\(\\d+<([^>]*)>(.*)$");
  private static final Pattern RESUMED =
      Pattern.compile("^(\\d+) +<\\.\\.\\. (write|fsync|fdatasync) resumed>.*$");

  @Test
  void syncsTheLogAndThenTheHeadBeforeEachAcknowledgement(@TempDir Path folder) throws Exception {
    Path trace = folder.resolve("trace");
    assumeTrue(canTrace(), "strace is missing or must not trace here");
    Process child =
        ChildJvm.start(
            List.of(
                "strace", "-f", "-y", "-e", "trace=write,fsync,fdatasync", "-o", trace.toString()),
            CrashChild.class,
            folder.resolve("data").toString(),
            "1",
            "0",
            "" + COMMITS);
    child.getInputStream().readAllBytes();
    assertThat(child.waitFor(60, TimeUnit.SECONDS)).isTrue();

    var seen = new Seen(folder.toRealPath().resolve("data/lazaret-head"));
    Files.readAllLines(trace, StandardCharsets.ISO_8859_1).forEach(seen::line);
    assertThat(seen.acknowledged).isEqualTo(COMMITS);
  }

  private static boolean canTrace() throws InterruptedException {
    try {
      Process probe =
          new ProcessBuilder("strace", "-f", "-y", "-o", "/dev/null", "true")
              .redirectErrorStream(true)
              .start();
      return probe.waitFor() == 0;
    } catch (IOException _) {
      return false;
    }
  }

  /// The state of the trace. A call that another thread interrupts in the trace counts when it
  /// ends.
  private static final class Seen {
    private final Map<String, String> unfinished = new HashMap<>();
    private final String head;
    private boolean written;
    private boolean synced;
    private boolean recorded;
    private int acknowledged;

    Seen(Path head) {
      this.head = head.toString();
    }

    void line(String line) {
      Matcher call = CALL.matcher(line);
      if (call.matches()) {
        String what = call.group(2) + " " + call.group(3);
        if (call.group(4).contains("\"ack ")) {
          assertThat(written && synced && recorded).as("before '" + line + "'").isTrue();
          written = false;
          synced = false;
          recorded = false;
          acknowledged++;
        } else if (line.endsWith("<unfinished ...>")) {
          unfinished.put(call.group(1), what);
        } else if (line.endsWith("= 0") || what.startsWith("write ")) {
          done(what);
        }
        return;
      }
      Matcher resumed = RESUMED.matcher(line);
      if (resumed.matches()) {
        String what = unfinished.remove(resumed.group(1));
        if (what != null) {
          done(what);
        }
      }
    }

    private void done(String what) {
      if (what.equals("write " + head)) {
        // Opened so that a write is on disk when it returns.
        recorded = synced;
      }
      if (!what.endsWith(".log")) {
        return;
      }
      if (what.startsWith("write ")) {
        written = true;
        synced = false;
      } else if (written) {
        synced = true;
        recorded = false;
      }
    }
  }
}
