package lazaret.cli.desk;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// The wait for a server on this machine that is starting: a script that starts it in the
/// background and goes on need not guess for how long.
///
/// @param folder the data folder of the server
/// @param reachable returns whether the server listens by now
record ServerStart(Path folder, BooleanSupplier reachable) {
  /// A process has the folder and does not listen yet.
  private static final Duration HELD = Duration.ofSeconds(20);

  /// A server process has just begun and has no folder yet.
  private static final Duration BEGUN = Duration.ofSeconds(5);

  private static final Duration STEP = Duration.ofMillis(100);
  private static final String LOCK = "lazaret-lock";
  private static final int MOST = 64;
  private static final Pattern HOLDER =
      Pattern.compile("process ([0-9]{1,10})\\s.*", Pattern.DOTALL);

  /// Waits as long as a server is starting, and returns as soon as it listens. Returns at once if
  /// none is starting.
  void await(Consumer<Duration> pause) {
    Duration waited = Duration.ZERO;
    while (!reachable.getAsBoolean() && waited.compareTo(patience()) < 0) {
      pause.accept(STEP);
      waited = waited.plus(STEP);
    }
  }

  private Duration patience() {
    return isHeld() ? HELD : hasBegun() ? BEGUN : Duration.ZERO;
  }

  /// The lock itself is not tried: a server that starts at that moment would find it taken.
  private boolean isHeld() {
    try (var in = Files.newInputStream(folder.resolve(LOCK))) {
      Matcher holder =
          HOLDER.matcher(new String(in.readNBytes(MOST), StandardCharsets.UTF_8) + "\n");
      return holder.matches()
          && ProcessHandle.of(Long.parseLong(holder.group(1)))
              .map(ProcessHandle::isAlive)
              .orElse(false);
    } catch (IOException _) {
      return false;
    }
  }

  /// The start of this program is taken for now: it runs for moments.
  private static boolean hasBegun() {
    Instant begun = ProcessHandle.current().info().startInstant().orElse(Instant.MAX);
    if (begun.equals(Instant.MAX)) {
      return false;
    }
    Instant since = begun.minus(BEGUN.multipliedBy(2));
    return ProcessHandle.allProcesses()
        .map(ProcessHandle::info)
        .filter(info -> info.startInstant().filter(since::isBefore).isPresent())
        .flatMap(info -> info.arguments().stream().flatMap(Arrays::stream))
        .anyMatch(word -> word.equals("lazaret.mirror.Main") || word.endsWith("/mirror-server"));
  }
}
