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

/// The wait for a server on this machine that is starting. A script that starts it in the
/// background need not guess how long the start takes.
///
/// @param folder the data folder of the server
/// @param reachable a test whether the server listens
record ServerStartWait(Path folder, BooleanSupplier reachable) {
  /// The longest wait if a process has locked the folder and does not listen yet.
  private static final Duration HELD = Duration.ofSeconds(20);

  /// The longest wait if a server process has just started and has not locked a folder yet.
  private static final Duration BEGUN = Duration.ofSeconds(5);

  private static final Duration STEP = Duration.ofMillis(100);
  private static final String LOCK = "lazaret-lock";
  private static final int MOST = 64;
  private static final Pattern HOLDER =
      Pattern.compile("process ([0-9]{1,10})\\s.*", Pattern.DOTALL);

  /// Waits while a server is starting, and returns as soon as it listens. Returns at once if no
  /// server is starting.
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

  /// Returns whether a live process has locked the folder, according to the text of the lock file.
  /// The lock itself is not tried, because a server that starts at that moment would fail.
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

  /// Returns whether a server process has started recently. The start of this program is used as
  /// the current time, because the program runs only briefly.
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
