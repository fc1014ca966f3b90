package lazaret.bench;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class ServerTest {
  private static final String SMAPS =
      """
      7f0000000000-7f0000001000 rw-p 00000000 00:00 0
      Size:                  8 kB
      Rss:                   4 kB
      Pss:                   4 kB
      7f0000002000-7f0000003000 r--p 00000000 08:01 12        /data/mirror/000012.blob
      Rss:                 100 kB
      7f0000004000-7f0000005000 r-xp 00000000 08:01 13        /data/mirrors.so
      Rss:                  16 kB
      """;

  @Test
  void residentMemoryHasNoMappedFilesOfTheFolder() {
    assertThat(Server.resident(SMAPS, Path.of("/data/mirror"))).isEqualTo(20 * 1024);
    assertThat(Server.resident(SMAPS, Path.of("/elsewhere"))).isEqualTo(120 * 1024);
  }
}
