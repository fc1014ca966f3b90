package lazaret.bench.cluster;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import lazaret.storage.files.FileTrees;

/// A server of PostgreSQL on a port of the loopback interface, which waits for its disk as in
/// production. Its programs run as the user of the package, because they refuse to run as root.
public final class DatabaseServer implements AutoCloseable {
  /// The role that owns all databases.
  public static final String ROLE = "lazaret";

  private static final Path VERSIONS = Path.of("/usr/lib/postgresql");
  private static final int LEAST_VERSION = 15;
  private static final String USER = "postgres";

  private final Path programs;
  private final Path folder;
  private final int port;

  private DatabaseServer(Path programs, Path folder, int port) {
    this.programs = programs;
    this.folder = folder;
    this.port = port;
  }

  /// Starts a server, or returns empty if PostgreSQL is not installed.
  ///
  /// @throws IOException if its folder cannot be written
  public static Optional<DatabaseServer> start() throws IOException {
    Optional<Path> programs = programs();
    return programs.isEmpty() ? Optional.empty() : Optional.of(started(programs.get()));
  }

  private static DatabaseServer started(Path programs) throws IOException {
    // The folder for temporary files may be private to the user who runs the benchmark.
    Path folder = Files.createTempDirectory(Path.of("/tmp"), "lazaret-bench-postgres");
    if (isRoot()) {
      Files.setOwner(
          folder,
          folder.getFileSystem().getUserPrincipalLookupService().lookupPrincipalByName(USER));
    }
    DatabaseServer server = new DatabaseServer(programs, folder, freePort());
    String _ =
        server.run(
            "initdb",
            "--pgdata=" + server.data(),
            "--username=" + ROLE,
            "--auth=trust",
            "--encoding=UTF8",
            "--locale=C");
    Files.write(
        server.data().resolve("postgresql.conf"),
        List.of(
            "listen_addresses = '127.0.0.1'",
            "port = " + server.port,
            "unix_socket_directories = ''",
            "max_connections = 200"),
        StandardOpenOption.APPEND);
    String _ =
        server.run(
            "pg_ctl",
            "-w",
            "-D",
            server.data().toString(),
            "-l",
            folder.resolve("log").toString(),
            "start");
    return server;
  }

  /// Returns the folder of the programs of the newest version.
  private static Optional<Path> programs() throws IOException {
    if (!Files.isDirectory(VERSIONS)) {
      return Optional.empty();
    }
    try (Stream<Path> versions = Files.list(VERSIONS)) {
      return versions
          .filter(version -> number(version) >= LEAST_VERSION)
          .max(Comparator.comparingInt(DatabaseServer::number))
          .map(version -> version.resolve("bin"))
          .filter(bin -> Files.isExecutable(bin.resolve("initdb")));
    }
  }

  private static int number(Path version) {
    String name = String.valueOf(version.getFileName());
    return name.matches("[0-9]{1,4}") ? Integer.parseInt(name) : 0;
  }

  private static boolean isRoot() throws IOException {
    return Files.getAttribute(Path.of("/proc/self"), "unix:uid").equals(0);
  }

  private static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }

  private Path data() {
    return folder.resolve("data");
  }

  /// Runs one of the programs to its end, and returns what it printed.
  private String run(String program, String... options) throws IOException {
    List<String> command = new ArrayList<>();
    if (isRoot()) {
      command.addAll(List.of("runuser", "-u", USER, "--"));
    }
    command.add(programs.resolve(program).toString());
    command.addAll(List.of(options));
    Path log = folder.resolveSibling(folder.getFileName() + ".log");
    try {
      // A program that goes on in the background would keep a pipe open.
      Process process =
          new ProcessBuilder(command)
              .directory(Path.of("/").toFile())
              .redirectErrorStream(true)
              .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()))
              .start();
      if (!process.waitFor(2, TimeUnit.MINUTES) || process.exitValue() != 0) {
        process.destroyForcibly();
        throw new IllegalStateException(command + " failed:\n" + Files.readString(log));
      }
      String printed = Files.readString(log);
      Files.deleteIfExists(log);
      return printed;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted", e);
    }
  }

  /// Returns the address: `127.0.0.1:PORT`.
  public String address() {
    return "127.0.0.1:" + port;
  }

  /// Creates an empty database.
  ///
  /// @throws IOException if the output of the program cannot be read
  public void create(String database) throws IOException {
    String _ =
        run("createdb", "--host=127.0.0.1", "--port=" + port, "--username=" + ROLE, database);
  }

  /// Returns the size of a database with its indexes, in bytes.
  ///
  /// @throws IOException if the output of the program cannot be read
  public long bytes(String database) throws IOException {
    String printed =
        run(
            "psql",
            "--host=127.0.0.1",
            "--port=" + port,
            "--username=" + ROLE,
            "--no-psqlrc",
            "--no-align",
            "--tuples-only",
            "--command=SELECT pg_database_size(current_database())",
            database);
    return Long.parseLong(printed.strip());
  }

  /// Stops the server and removes its files.
  @Override
  public void close() {
    try {
      String _ = run("pg_ctl", "-w", "-D", data().toString(), "-m", "immediate", "stop");
      FileTrees.delete(folder);
    } catch (IOException e) {
      throw new UncheckedIOException("cannot remove " + folder, e);
    }
  }
}
