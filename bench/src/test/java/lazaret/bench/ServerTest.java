package lazaret.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class ServerTest {
  private static final String URL = "http://127.0.0.1:1/";
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

  @Test
  void reportsAMirrorThatEndedByItself() throws IOException, InterruptedException {
    Server mirror = new Server(ended(), URL, true);

    assertThatThrownBy(mirror::close)
        .isInstanceOf(Server.EndedException.class)
        .hasMessage("the mirror at http://127.0.0.1:1/ ended by itself, with 7");
  }

  @Test
  void acceptsTheEndOfAnotherServer() throws IOException, InterruptedException {
    Server nginx = new Server(ended(), URL, false);

    assertThatCode(nginx::close).doesNotThrowAnyException();
  }

  @Test
  void seesAnEndedMirrorBehindAnotherFailure() {
    Server.EndedException ended = new Server.EndedException("ended by itself");
    IllegalStateException failure = new IllegalStateException("a load generator failed");
    assertThat(Main.isOfEndedMirror(ended)).isTrue();
    assertThat(Main.isOfEndedMirror(failure)).isFalse();

    failure.addSuppressed(ended);

    assertThat(Main.isOfEndedMirror(failure)).isTrue();
  }

  private static Process ended() throws IOException, InterruptedException {
    Process process = new ProcessBuilder("sh", "-c", "exit 7").start();
    assertThat(process.waitFor()).isEqualTo(7);
    return process;
  }

  @Test
  void stopsAServer() throws IOException {
    Process process = new ProcessBuilder("sleep", "60").start();

    new Server(process, URL, true).close();

    assertThat(process.isAlive()).isFalse();
  }
}
