package lazaret.mirror;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import lazaret.mirror.config.MirrorConfig;
import lazaret.testkit.ManualClock;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A start on a store that lost all acknowledged writes, including the administrator's token.
class StoreLossStartTest {
  @TempDir private Path folder;

  private Wiring open(String mode) throws IOException {
    Path data = folder.resolve("data");
    if (!Files.exists(data)) {
      Files.createDirectory(
          data, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
    }
    MirrorConfig config =
        MirrorConfig.read(
            List.of(
                "--listen",
                "127.0.0.1:0",
                "--offline",
                "--mode",
                mode,
                "--data-dir",
                data.toString()),
            Map.of("XDG_CONFIG_HOME", folder.resolve("config").toString()));
    return Wiring.open(config, new ManualClock(TestGate.START));
  }

  private static void copy(Path from, Path to) throws IOException {
    Files.createDirectories(to);
    try (Stream<Path> files = Files.list(from)) {
      for (Path file : (Iterable<Path>) files::iterator) {
        Files.copy(file, to.resolve(file.getFileName().toString()));
      }
    }
  }

  @Test
  void serverStartsWithoutATokenAndWritesNothing() throws IOException {
    Path data = folder.resolve("data");
    open("enforce").close();
    copy(data.resolve("store"), folder.resolve("older"));
    try (Wiring wiring = open("enforce")) {
      assertThat(AdminTokenFile.ensure(data, wiring.desk().tokens(), true).fresh()).isTrue();
    }
    try (Stream<Path> files = Files.list(data.resolve("store"))) {
      for (Path file : (Iterable<Path>) files::iterator) {
        Files.delete(file);
      }
    }
    copy(folder.resolve("older"), data.resolve("store"));

    try (Wiring wiring = open("audit")) {
      assertThat(wiring.store().condition().withholds()).isTrue();
      assertThat(AdminTokenFile.ensure(data, wiring.desk().tokens(), true).fresh()).isFalse();
      assertThat(wiring.store().ledgerHead()).isEmpty();

      assertThat(wiring.desk().acceptLoss("alice")).isPresent();
      assertThat(AdminTokenFile.ensure(data, wiring.desk().tokens(), true).fresh()).isTrue();
    }
  }
}
