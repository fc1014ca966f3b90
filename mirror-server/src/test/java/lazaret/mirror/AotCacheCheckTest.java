package lazaret.mirror;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AotCacheCheckTest {
  @TempDir Path folder;

  private Path cache;
  private Path maps;

  @BeforeEach
  void lay() throws IOException {
    folder = folder.toRealPath();
    cache = Files.writeString(folder.resolve("mirror-server.aot"), "x");
    maps = folder.resolve("maps");
    use("/usr/lib/libc.so.6");
  }

  @Test
  void saysThatACacheIsNotInUse() {
    assertThat(AotCacheCheck.trouble(cache.toString(), maps))
        .hasValueSatisfying(
            line ->
                assertThat(line)
                    .startsWith("cannot use the AOT cache '" + cache + "': expected one of this")
                    .contains("'" + folder.resolve("training/train") + "' makes it again")
                    .doesNotContain("\n"));
  }

  @Test
  void isSilentAboutACacheInUse() throws IOException {
    use(cache.toString());

    assertThat(AotCacheCheck.trouble(cache.toString(), maps)).isEmpty();
  }

  @Test
  void anotherFileWithALongerNameIsNotTheCache() throws IOException {
    use(cache + ".old");

    assertThat(AotCacheCheck.trouble(cache.toString(), maps)).isPresent();
  }

  @Test
  void isSilentWithoutACache() throws IOException {
    assertThat(AotCacheCheck.trouble("", maps)).isEmpty();
    Files.delete(cache);
    assertThat(AotCacheCheck.trouble(cache.toString(), maps)).isEmpty();
  }

  @Test
  void isSilentWhereTheSystemDoesNotTell() {
    assertThat(AotCacheCheck.trouble(cache.toString(), folder.resolve("absent"))).isEmpty();
  }

  private void use(String file) throws IOException {
    Files.writeString(
        maps,
        """
        54001000-548aa000 rw-p 00001000 fe:00 11199845                           %s
        7ffd1c5f0000-7ffd1c611000 rw-p 00000000 00:00 0                          [stack]
        """
            .formatted(file));
  }
}
