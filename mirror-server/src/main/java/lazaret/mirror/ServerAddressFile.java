package lazaret.mirror;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import lazaret.mirror.server.HttpServer;
import lazaret.storage.files.DataFolderFiles;
import lazaret.storage.files.PrivateFiles;
import lazaret.vetting.Bytes;
import org.jspecify.annotations.Nullable;

/// The addresses of a running server, recorded in its data folder so that the command line on the
/// same machine finds them. A server that is killed leaves the file behind. The file names the
/// process, and is ignored if that process is not running.
///
/// @param url scheme, host and port, without a slash at the end
/// @param socket path of the unix socket; null if there is none
/// @param process the process and its start; null in a file of an older server
public record ServerAddressFile(String url, @Nullable Path socket, @Nullable Running process) {
  private static final int MAX_BYTES = 4_096;

  /// A process, distinguished from a later process with the same number.
  ///
  /// @param pid the process number
  /// @param start the start time by the clock of the running kernel, with the boot id
  public record Running(long pid, String start) {
    private static final Path BOOT = Path.of("/proc/sys/kernel/random/boot_id");
    private static final int START_FIELD = 22;

    static Running self() {
      long pid = ProcessHandle.current().pid();
      return new Running(pid, start(pid).orElse("unknown"));
    }

    /// Returns whether this process is running.
    public boolean runs() {
      return start(pid).map(start::equals).orElse(false);
    }

    /// Returns the start of a process, or empty if it is not running. The name in parentheses may
    /// contain spaces and parentheses.
    ///
    /// Source: proc_pid_stat(5).
    private static Optional<String> start(long pid) {
      try {
        String stat =
            Files.readString(Path.of("/proc/" + pid + "/stat"), StandardCharsets.ISO_8859_1);
        String[] fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ", -1);
        return Optional.of(fields[START_FIELD - 3] + "@" + Files.readString(BOOT).strip());
      } catch (IOException | IndexOutOfBoundsException _) {
        return Optional.empty();
      }
    }
  }

  /// Reads the recorded addresses of a running server.
  ///
  /// @return empty if there is no file or its server is not running
  /// @throws IOException if the file cannot be read
  public static Optional<ServerAddressFile> read(Path dataDir) throws IOException {
    String text;
    try (var in = Files.newInputStream(dataDir.resolve(DataFolderFiles.LISTENING))) {
      text = new String(in.readNBytes(MAX_BYTES), StandardCharsets.UTF_8);
    } catch (NoSuchFileException _) {
      return Optional.empty();
    }
    ServerAddressFile place = parse(text);
    Running process = place.process();
    return process != null && process.runs() ? Optional.of(place) : Optional.empty();
  }

  private static ServerAddressFile parse(String text) {
    Map<String, String> values = new HashMap<>();
    text.lines()
        .skip(1)
        .map(line -> line.split(" ", 2))
        .filter(words -> words.length == 2)
        .forEach(words -> values.put(words[0], words[1]));
    String socket = values.get("socket");
    String pid = values.getOrDefault("pid", "");
    return new ServerAddressFile(
        text.lines().findFirst().orElse("").strip(),
        socket == null ? null : Path.of(socket),
        pid.matches("[0-9]{1,10}")
            ? new Running(Long.parseLong(pid), values.getOrDefault("start", ""))
            : null);
  }

  static void write(Path dataDir, HttpServer listener) {
    Running self = Running.self();
    StringBuilder text = new StringBuilder();
    text.append(listener.url()).append("\npid ").append(self.pid());
    text.append("\nstart ").append(self.start()).append('\n');
    listener.socket().ifPresent(path -> text.append("socket ").append(path).append('\n'));
    try {
      PrivateFiles.replace(dataDir.resolve(DataFolderFiles.LISTENING), Bytes.utf8(text.toString()));
    } catch (IOException e) {
      warn("address not recorded in the data folder", e);
    }
  }

  static void remove(Path dataDir) {
    try {
      Files.deleteIfExists(dataDir.resolve(DataFolderFiles.LISTENING));
    } catch (IOException e) {
      warn("recorded address not removed", e);
    }
  }

  /// The command line reads this file, too, and the first look-up of a logger searches every jar
  /// for a logging provider. So the logger is looked up when there is something to log.
  private static void warn(String text, IOException e) {
    System.getLogger(ServerAddressFile.class.getName()).log(System.Logger.Level.WARNING, text, e);
  }
}
