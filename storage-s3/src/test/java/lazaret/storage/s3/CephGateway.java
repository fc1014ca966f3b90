package lazaret.storage.s3;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/// The object gateway of Ceph with its store in files, without a cluster. Debian's packages
/// `radosgw` and `ceph-common` contain it.
///
/// Source: Ceph 18 manual, *Ceph Object Gateway Config Reference*.
public final class CephGateway {
  private static final String CONFIGURATION =
      """
      [global]
      fsid = 5b3f4c6e-0000-4000-8000-000000000001
      auth_cluster_required = none
      auth_service_required = none
      auth_client_required = none
      plugin_dir = PLUGINS
      erasure_code_dir = PLUGINS/erasure-code
      [client]
      rgw backend store = dbstore
      rgw config store = dbstore
      rgw frontends = beast endpoint=127.0.0.1:PORT
      dbstore db dir = FOLDER/db
      dbstore config uri = file://FOLDER/db/config.db
      rgw data = FOLDER/data
      run dir = FOLDER/run
      log file = FOLDER/gateway.log
      admin socket =
      debug rgw = 1
      """;

  private CephGateway() {}

  /// Starts the gateway. The test is skipped, with the reason, if it is not installed.
  ///
  /// @param folder an empty folder
  /// @throws AssertionError if it does not start
  public static ObjectServer start(Path folder) {
    Optional<Path> gateway = ObjectServer.program("radosgw");
    Optional<Path> admin = ObjectServer.program("radosgw-admin");
    assumeTrue(gateway.isPresent(), "radosgw is not installed");
    assumeTrue(admin.isPresent(), "radosgw-admin of ceph-common is not installed");
    try {
      int port = ObjectServer.freePort();
      for (String each : List.of("db", "data", "run")) {
        Files.createDirectories(folder.resolve(each));
      }
      Path configuration =
          Files.writeString(
              folder.resolve("ceph.conf"),
              CONFIGURATION
                  .replace("PLUGINS", plugins().toString())
                  .replace("PORT", Integer.toString(port))
                  .replace("FOLDER", folder.toString()));
      addUser(folder, command(admin.orElseThrow(), configuration));
      List<String> command = command(gateway.orElseThrow(), configuration);
      command.add("--foreground");
      return ObjectServer.start(folder, port, command);
    } catch (IOException e) {
      throw new UncheckedIOException("cannot start radosgw", e);
    }
  }

  /// Returns the folder of the libraries, which depends on the processor.
  private static Path plugins() throws IOException {
    try (Stream<Path> folders = Files.list(Path.of("/usr/lib"))) {
      return folders
          .filter(folder -> folder.toString().endsWith("-linux-gnu"))
          .map(folder -> folder.resolve("ceph"))
          .filter(Files::isDirectory)
          .findFirst()
          .orElse(Path.of("/usr/lib/ceph"));
    }
  }

  private static List<String> command(Path program, Path configuration) {
    return new ArrayList<>(
        List.of(program.toString(), "--conf", configuration.toString(), "--no-mon-config"));
  }

  private static void addUser(Path folder, List<String> command) throws IOException {
    command.addAll(
        List.of(
            "user",
            "create",
            "--uid=lazaret",
            "--display-name=Lazaret",
            "--access-key=" + ObjectServer.KEY_ID,
            "--secret-key=" + ObjectServer.SECRET));
    Path log = folder.resolve("admin.log");
    Process process =
        new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(log.toFile()).start();
    try {
      if (!process.waitFor(1, TimeUnit.MINUTES) || process.exitValue() != 0) {
        process.destroyForcibly();
        throw new AssertionError("cannot add a user:\n" + Files.readString(log));
      }
    } catch (InterruptedException e) {
      process.destroyForcibly();
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted", e);
    }
  }
}
