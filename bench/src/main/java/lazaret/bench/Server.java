package lazaret.bench;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/// A server started by the benchmark: the process, its children, and the kernel's counters for
/// them.
final class Server implements AutoCloseable {
  /// The length of a clock tick. Ticks of `/proc/PID/stat` are 1/100 s on every Linux that Java
  /// runs on.
  private static final long MICROS_PER_TICK = 10_000;

  private static final int UTIME_AFTER_NAME = 11;

  /// The begin of the first line of a mapping: its addresses.
  private static final Pattern MAPPING = Pattern.compile("[0-9a-f]+-[0-9a-f]+ ");

  private final Process process;
  private final String url;
  private final boolean isMirror;
  private final Thread hook;

  /// @param process the process
  /// @param url address with a slash at its end
  /// @param isMirror whether closing it fails if it has ended by itself
  Server(Process process, String url, boolean isMirror) {
    this.process = process;
    this.url = url;
    this.isMirror = isMirror;
    this.hook = new Thread(this::stop);
    Runtime.getRuntime().addShutdownHook(hook);
  }

  String url() {
    return url;
  }

  /// Returns the address of a path that starts with a slash.
  String at(String path) {
    return url.substring(0, url.length() - 1) + path;
  }

  static int freePort() {
    try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    } catch (IOException e) {
      throw new UncheckedIOException("cannot find a free port", e);
    }
  }

  private List<Long> pids() {
    return Stream.concat(Stream.of(process.toHandle()), process.descendants())
        .map(ProcessHandle::pid)
        .toList();
  }

  /// Returns the user and system time of all processes so far, in microseconds.
  long cpuMicros() {
    long ticks = 0;
    for (long pid : pids()) {
      String stat = proc(pid, "stat");
      String[] fields = stat.substring(stat.lastIndexOf(')') + 1).strip().split(" ", -1);
      if (fields.length > UTIME_AFTER_NAME + 1) {
        ticks +=
            Long.parseLong(fields[UTIME_AFTER_NAME]) + Long.parseLong(fields[UTIME_AFTER_NAME + 1]);
      }
    }
    return ticks * MICROS_PER_TICK;
  }

  /// Returns the resident memory of all processes, in MB.
  double residentMegabytes() {
    return kilobytes("VmRSS:") / 1e3;
  }

  /// Returns the resident memory of all processes without mapped files of a folder, in MB. These
  /// are pages of the page cache, which the kernel takes back when it needs them.
  double residentMegabytes(Path folder) {
    return pids().stream().mapToLong(pid -> resident(proc(pid, "smaps"), folder)).sum() / 1e6;
  }

  /// Returns the resident bytes by the text of `/proc/PID/smaps`, without mapped files of a folder.
  static long resident(String smaps, Path folder) {
    long sum = 0;
    boolean counts = true;
    for (String line : smaps.split("\n", -1)) {
      if (MAPPING.matcher(line).lookingAt()) {
        counts = !line.contains(" " + folder + "/");
      } else if (counts && line.startsWith("Rss:")) {
        sum += Long.parseLong(line.replaceAll("[^0-9]", "")) * 1024;
      }
    }
    return sum;
  }

  /// Returns the peak resident memory so far, in MB.
  double peakMegabytes() {
    return kilobytes("VmHWM:") / 1e3;
  }

  private long kilobytes(String field) {
    long sum = 0;
    for (long pid : pids()) {
      for (String line : proc(pid, "status").split("\n", -1)) {
        if (line.startsWith(field)) {
          sum += Long.parseLong(line.replaceAll("[^0-9]", "")) * 1024 / 1000;
        }
      }
    }
    return sum;
  }

  private static String proc(long pid, String file) {
    try {
      return Files.readString(Path.of("/proc", Long.toString(pid), file));
    } catch (NoSuchFileException _) {
      return "";
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read /proc of " + pid, e);
    }
  }

  private void stop() {
    process.destroy();
    if (!Tool.waitFor(process, Duration.ofSeconds(15))) {
      process.descendants().forEach(ProcessHandle::destroyForcibly);
      process.destroyForcibly();
    }
  }

  /// A mirror ended by itself.
  static final class EndedException extends IllegalStateException {
    private static final long serialVersionUID = 1L;

    EndedException(String message) {
      super(message);
    }
  }

  /// Stops the server.
  ///
  /// @throws EndedException if it is a mirror and ended before
  @Override
  public void close() {
    boolean ended = !process.isAlive();
    stop();
    Runtime.getRuntime().removeShutdownHook(hook);
    if (ended && isMirror) {
      throw new EndedException(
          "the mirror at %s ended by itself, with %d".formatted(url, process.exitValue()));
    }
  }
}
