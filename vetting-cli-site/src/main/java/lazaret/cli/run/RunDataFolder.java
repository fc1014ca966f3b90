package lazaret.cli.run;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.io.Reader;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import lazaret.cli.VettingCli;
import lazaret.cli.command.CliEnvironment;
import lazaret.cli.desk.CliException;
import lazaret.cli.desk.ServerLocator;
import lazaret.cli.report.Terminal;
import lazaret.sandbox.output.OutputExcerpt;
import lazaret.storage.files.DataFolderFiles;
import lazaret.storage.files.PrivateFiles;
import lazaret.storage.files.UserFolders;
import lazaret.vetting.Bytes;
import lazaret.vetting.ErrorCode;
import lazaret.vetting.crates.Sha256;

/// The folder of the command `run` for some settings, with one store for all projects of a user.
///
/// @param root the folder, which only the user can read
record RunDataFolder(Path root) {
  private static final String HEAD = "ledger-head";
  private static final String STAMPS = "stamps";
  private static final int MOST_FAILURES = 8;
  private static final String ENV = "--env=";

  /// The variables that choose the server and the token of a command.
  private static final Set<String> OF_A_SERVER =
      Set.of(
          ServerLocator.DATA_VARIABLE,
          ServerLocator.SERVER_VARIABLE,
          ServerLocator.SOCKET_VARIABLE,
          ServerLocator.TOKEN_VARIABLE,
          ServerLocator.TOKEN_FILE_VARIABLE);

  /// The beginning of the last line of the command `sandbox` if it ran nothing. Its end is the code
  /// of an error, or what refused the lockfile or a download.
  private static final String NOT_RUN = "sandbox: the command was not run: ";

  /// The age at which stamps are removed. No stamp holds for more than a day.
  private static final Duration KEPT = Duration.ofDays(7);

  /// The file of the store that each write to it changes.
  private static final String WRITTEN = "lazaret-head";

  /// Returns the folder of the user for some settings, which is not created yet.
  ///
  /// @throws CliException if the user has no folder of data
  static RunDataFolder of(CliEnvironment around, RunSettings settings) {
    Path data =
        new UserFolders(around.environment(), around.home())
            .data()
            .orElseThrow(
                () ->
                    new CliException(
                        ErrorCode.CONFIG_INVALID,
                        "cannot find the folder of data: expected an absolute HOME or"
                            + " XDG_DATA_HOME, found none; set one"));
    // The folder itself is that of a server, which refuses a store that has other files.
    Path usual = data.resolveSibling("lazaret-run");
    return new RunDataFolder(settings.key().map(usual::resolve).orElse(usual));
  }

  /// Returns the data folder of the gate.
  Path store() {
    return root.resolve("store");
  }

  /// Returns the Unix socket of the gate, while it is open.
  Path socket() {
    return store().resolve(DataFolderFiles.SOCKET);
  }

  /// Returns the stamp of a project.
  ///
  /// @param project its folder, and the target folder of its builds
  Path stamp(String project) {
    return root.resolve(STAMPS).resolve(Sha256.of(Bytes.utf8(project)).hex());
  }

  /// Creates the folders.
  void create() {
    try {
      privately(store());
      privately(root.resolve(STAMPS));
    } catch (IOException e) {
      throw failed("create", e);
    }
  }

  private static void privately(Path folder) throws IOException {
    for (int failures = 0; !Files.isDirectory(folder); failures++) {
      try {
        PrivateFiles.createFolders(folder);
      } catch (FileAlreadyExistsException e) {
        // Another run of this user may have created it, or one above it, at this moment.
        if (failures == MOST_FAILURES) {
          throw e;
        }
      }
    }
  }

  /// Writes the configuration of the gate into its store. Other commands on the store read it in
  /// place of the file and the variables of the user, so that they judge by the same settings.
  ///
  /// @param text in the form of `mirror.toml`
  void keepConfiguration(String text) {
    Path fresh = root.resolve(DataFolderFiles.CONFIGURATION);
    try {
      // A store that is not made yet refuses folders with unknown files, which a kill would leave.
      PrivateFiles.replace(fresh, Bytes.utf8(text));
      Files.move(
          fresh, store().resolve(DataFolderFiles.CONFIGURATION), StandardCopyOption.ATOMIC_MOVE);
    } catch (IOException e) {
      throw failed("write the settings to", e);
    }
  }

  /// Removes stamps that cannot hold any more, so that those of former projects take no space.
  void tidy(Instant now) {
    try (Stream<Path> stamps = Files.list(root.resolve(STAMPS))) {
      for (Path each : stamps.toList()) {
        if (Files.getLastModifiedTime(each).toInstant().isBefore(now.minus(KEPT))) {
          Files.deleteIfExists(each);
        }
      }
    } catch (IOException e) {
      throw failed("tidy up", e);
    }
  }

  /// Returns the environment of a command that uses the gate of this folder, and no other server.
  ///
  /// @param terminal its standard streams
  /// @param words its words; the variables that its options `--env` name are kept
  /// @throws CliException if they name a variable for a server
  CliEnvironment inside(CliEnvironment around, Terminal terminal, String... words) {
    Set<String> named = named(words);
    Map<String, String> environment = new HashMap<>(around.environment());
    environment
        .keySet()
        .removeIf(
            name ->
                (name.startsWith("LAZARET_") || name.equals("RUNTIME_DIRECTORY"))
                    && !named.contains(name));
    environment.put(ServerLocator.DATA_VARIABLE, store().toString());
    environment.put(ServerLocator.SOCKET_VARIABLE, socket().toString());
    return new CliEnvironment(
        terminal,
        environment,
        around.folder(),
        around.home(),
        around.user(),
        around.clock(),
        around.pause(),
        around.version(),
        around.cargo());
  }

  /// Returns the variables that a command line of the command `sandbox` passes on.
  private static Set<String> named(String... words) {
    Set<String> named =
        Stream.of(words)
            .takeWhile(word -> !word.equals("--"))
            .filter(word -> word.startsWith(ENV))
            .map(word -> word.substring(ENV.length()))
            .collect(Collectors.toSet());
    for (String name : named) {
      if (OF_A_SERVER.contains(name)) {
        throw new CliException(
            ErrorCode.CONFIG_INVALID,
            "cannot pass the variable '%s': this command has a gate of its own; use 'vetting-cli sandbox' with a server"
                .formatted(name));
      }
    }
    return named;
  }

  /// Runs a command that uses the gate of this folder. Its result is printed only if it fails.
  /// After a refusal, the words follow with which other commands use the store.
  ///
  /// @return its exit code
  int run(CliEnvironment around, String... words) {
    Terminal terminal = around.terminal();
    ByteArrayOutputStream result = new ByteArrayOutputStream();
    OutputExcerpt last = new OutputExcerpt();
    PrintStream out = new PrintStream(result, true, StandardCharsets.UTF_8);
    PrintStream err =
        new PrintStream(new CopiedErrors(terminal.errors(), last), true, StandardCharsets.UTF_8);
    Terminal quiet = new Terminal(out, err, Reader.nullReader(), terminal.looks());
    int code = VettingCli.run(inside(around, quiet, words), words);
    if (code != 0) {
      try {
        result.writeTo(terminal.output());
      } catch (IOException e) {
        throw new CliException(
            ErrorCode.CONFIG_INVALID, "cannot write to standard output: " + e, e);
      }
      if (!endsWithError(last.text())) {
        terminal.note(
            "run: for 'why', 'approve' and other commands about this check, use 'vetting-cli --data-dir %s'"
                .formatted(store()));
      }
    }
    return code;
  }

  /// Returns whether a command ended with an error, such as a mistake in its options. Nobody can
  /// decide on that.
  private static boolean endsWithError(String errors) {
    return Stream.of(ErrorCode.values()).anyMatch(code -> errors.endsWith(NOT_RUN + code.code()));
  }

  /// A stream to another one, with a copy.
  private static final class CopiedErrors extends OutputStream {
    private final OutputStream to;
    private final OutputExcerpt copy;

    CopiedErrors(OutputStream to, OutputExcerpt copy) {
      this.to = to;
      this.copy = copy;
    }

    @Override
    public void write(int value) throws IOException {
      to.write(value);
      copy.write(value);
    }

    @Override
    public void write(byte[] bytes, int offset, int length) throws IOException {
      to.write(bytes, offset, length);
      copy.write(bytes, offset, length);
    }

    @Override
    public void flush() throws IOException {
      to.flush();
    }
  }

  /// The store for one process. Closing it lets others have it.
  ///
  /// @param file the file that is locked
  /// @param lock its lock
  record Turn(FileChannel file, FileLock lock) implements AutoCloseable {
    @Override
    public void close() {
      try (file) {
        lock.release();
      } catch (IOException e) {
        throw failed("unlock", e);
      }
    }
  }

  /// Waits for the store, of which only one process has the gate.
  ///
  /// @param waiting is run once if another process has it
  Turn turn(Runnable waiting) {
    try {
      FileChannel file =
          FileChannel.open(
              root.resolve("lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
      FileLock lock = file.tryLock();
      if (lock == null) {
        waiting.run();
        lock = file.lock();
      }
      return new Turn(file, lock);
    } catch (IOException e) {
      throw failed("lock", e);
    }
  }

  /// Returns the number of the last entry of the ledger after the last check. It is empty if it is
  /// unknown, or another command wrote to the store since. Each later event, such as a denial or
  /// new records of a feed, can concern every project.
  OptionalLong head() {
    try {
      List<String> lines = Files.readAllLines(root.resolve(HEAD));
      return lines.size() == 2 && lines.getLast().equals(written())
          ? OptionalLong.of(Long.parseLong(lines.getFirst()))
          : OptionalLong.empty();
    } catch (IOException | NumberFormatException _) {
      return OptionalLong.empty();
    }
  }

  /// Returns the time of the last write to the store as text.
  private String written() throws IOException {
    Path file = store().resolve(WRITTEN);
    return Files.exists(file) ? Files.getLastModifiedTime(file).toString() : "never";
  }

  /// Records the last entry of the ledger, when the gate is closed.
  void keepHead(long head) {
    try {
      PrivateFiles.replace(root.resolve(HEAD), Bytes.utf8("%d\n%s\n".formatted(head, written())));
    } catch (IOException e) {
      throw failed("write to", e);
    }
  }

  private static CliException failed(String tried, IOException e) {
    return new CliException(
        ErrorCode.CONFIG_INVALID,
        "cannot %s the folder of the command run: %s".formatted(tried, PrivateFiles.describe(e)),
        e);
  }
}
