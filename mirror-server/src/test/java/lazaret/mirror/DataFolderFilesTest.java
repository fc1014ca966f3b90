package lazaret.mirror;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The files of a data folder and their forms. The command line, scripts of operators and later
/// versions look for these names, so neither names nor forms may change.
class DataFolderFilesTest {
  private static final List<String> STORE =
      List.of(
          "lazaret-head",
          "lazaret-lock",
          "lazaret-reserve",
          "lazaret-store",
          "store",
          "store.manifest");

  @TempDir Path folder;

  @Test
  void serverKeepsItsFilesUnderTheirNames() throws Exception {
    Files.createDirectories(folder.resolve("upstream/index"));
    Path data = folder.resolve("data");
    Process process = start(data);
    try (BufferedReader out =
        new BufferedReader(
            new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))) {
      String url = out.readLine().replaceFirst("listening on (.*)/", "$1");

      assertThat(names(data)).containsAll(STORE);
      assertThat(names(data))
          .contains("access.log", "admin-token", "desk.sock", "lazaret-ledger", "listening");
      assertThat(names(data))
          .as("a file that is new gets a name here")
          .allMatch(
              name ->
                  STORE.contains(name)
                      || name.matches(
                          "access\\.log|admin-token|desk\\.sock|lazaret-ledger|listening"
                              + "|\\.[0-9a-f]+|store\\.arriving|site-files|git-work|documentation"));
      assertThat(Files.readString(data.resolve("lazaret-store")))
          .isEqualTo("lazaret store, schema 1\n");
      assertThat(Files.readString(data.resolve("admin-token"))).matches("lzr_[0-9a-f]{64}\n");
      assertThat(Files.readString(data.resolve("listening")))
          .isEqualTo(
              "%s\npid %d\nstart %s\nsocket %s\n"
                  .formatted(
                      url, process.pid(), started(process.pid()), data.resolve("desk.sock")));
      assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(data)))
          .isEqualTo("rwx------");
    } finally {
      process.destroy();
      assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
    }
    assertThat(names(data)).contains("admin-token", "access.log").doesNotContain("listening");
  }

  /// The start of a process, as proc_pid_stat(5) and the boot have it.
  private static String started(long pid) throws IOException {
    String stat = Files.readString(Path.of("/proc/" + pid + "/stat"), StandardCharsets.ISO_8859_1);
    String ticks = List.of(stat.substring(stat.lastIndexOf(')') + 2).split(" ", -1)).get(19);
    return ticks + "@" + Files.readString(Path.of("/proc/sys/kernel/random/boot_id")).strip();
  }

  private static Set<String> names(Path data) throws IOException {
    try (Stream<Path> files = Files.list(data)) {
      Set<String> names = new TreeSet<>();
      files.forEach(file -> names.add(String.valueOf(file.getFileName())));
      return names;
    }
  }

  private Process start(Path data) throws IOException {
    ProcessBuilder builder =
        new ProcessBuilder(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "--enable-native-access=ALL-UNNAMED",
            "-XX:TieredStopAtLevel=1",
            "-cp",
            System.getProperty("java.class.path"),
            "lazaret.mirror.Main",
            "--data-dir",
            data.toString(),
            "--listen",
            "127.0.0.1:0",
            "--upstream",
            folder.resolve("upstream").toString());
    builder.environment().keySet().removeIf(name -> name.startsWith("LAZARET_"));
    builder.environment().put("HOME", folder.toString());
    builder.redirectError(folder.resolve("stderr").toFile());
    return builder.start();
  }
}
