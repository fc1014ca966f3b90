package lazaret.cli.cargo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(value = 20, unit = TimeUnit.SECONDS, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class ProjectFileTest {
  @TempDir Path folder;

  @Test
  void readsARegularFileAndTheTargetOfALink() throws IOException {
    Path file = Files.writeString(folder.resolve("Cargo.lock"), "version = 4\n");
    Path link = Files.createSymbolicLink(folder.resolve("link"), file);

    assertThat(ProjectFile.read(file, 12)).hasSize(12);
    assertThat(ProjectFile.read(link, 12)).hasSize(12);
  }

  @Test
  void refusesAFifo() throws Exception {
    Path fifo = folder.resolve("Cargo.lock");
    assertThat(new ProcessBuilder("mkfifo", fifo.toString()).start().waitFor()).isZero();

    refuses(fifo, "found a FIFO");
    refuses(Files.createSymbolicLink(folder.resolve("link"), fifo), "found a FIFO");
  }

  @Test
  void refusesASocketADeviceAFolderAndALinkThatIsNotFollowed() throws IOException {
    Path socket = folder.resolve("s");
    try (var server = ServerSocketChannel.open(StandardProtocolFamily.UNIX)) {
      server.bind(UnixDomainSocketAddress.of(socket));
      refuses(socket, "found a socket");
    }
    refuses(Path.of("/dev/zero"), "found a device");
    refuses(folder, "found a folder");
    Path link = Files.createSymbolicLink(folder.resolve("link"), Path.of("/dev/zero"));
    assertThatThrownBy(() -> ProjectFile.read(link, 10, LinkOption.NOFOLLOW_LINKS))
        .hasMessageContaining("found a symbolic link");
  }

  @Test
  void refusesMoreBytesThanTheLimitAndAMissingFile() throws IOException {
    Path file = Files.writeString(folder.resolve("Cargo.lock"), "12345");

    refuses(file, 4, "expected at most 4 bytes");
    assertThatThrownBy(() -> ProjectFile.read(folder.resolve("missing"), 4))
        .isInstanceOf(NoSuchFileException.class);
  }

  private static void refuses(Path file, String message) {
    refuses(file, 1 << 20, message);
  }

  private static void refuses(Path file, int limit, String message) {
    assertThatThrownBy(() -> ProjectFile.read(file, limit))
        .isInstanceOf(IOException.class)
        .hasMessageContaining(message);
  }
}
