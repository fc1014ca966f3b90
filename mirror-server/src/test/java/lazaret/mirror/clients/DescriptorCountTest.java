package lazaret.mirror.clients;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import lazaret.testkit.attack.ConnectionAttack;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// A server that runs out of file descriptors: reliability F4.
@Tag("ci")
class DescriptorCountTest {
  @TempDir Path folder;

  @ParameterizedTest
  @EnumSource(names = {"IDLE", "SILENT", "HALF_TLS"})
  void threeHundredConnectionsWith256Descriptors(ConnectionAttack attack) throws Exception {
    try (FewDescriptorsServer server = new FewDescriptorsServer(folder)) {
      assertThat(server.log())
          .contains("the limit of 256 open files is too low for server.max-connections = 4096")
          .contains("LimitNOFILE=");
      InetSocketAddress target = HonestClient.at("127.0.0.1", server.port());
      List<Socket> held = new ArrayList<>();
      for (int i = 0; i < 300; i++) {
        held.add(attack.open(target, "127.0.0.9"));
      }

      assertThat(HonestClient.once(server.port(), "127.0.0.2", "/health/live")).isEqualTo(200);
      for (Socket socket : held) {
        socket.close();
      }
      assertThat(HonestClient.once(server.port(), "127.0.0.2", "/health/live")).isEqualTo(200);
      server.command("release");
      assertThat(server.log()).doesNotContain("terminating").doesNotContain("listens again");
    }
  }

  /// Another part of the process takes every descriptor: the library ends its accept loop.
  @Test
  void acceptLoopComesBack() throws Exception {
    try (FewDescriptorsServer server = new FewDescriptorsServer(folder)) {
      server.command("exhaust");
      for (int i = 0; i < 100 && !server.log().contains("terminating"); i++) {
        try (Socket socket = new Socket()) {
          socket.connect(HonestClient.at("127.0.0.1", server.port()), 2_000);
        } catch (IOException _) {
          // refused once the loop has ended
        }
        Thread.sleep(50);
      }
      server.command("release");

      assertThat(answered(server)).isTrue();
      server.command("release");
      assertThat(server.log()).contains("terminating").contains("listens again");
    }
  }

  private static boolean answered(FewDescriptorsServer server) throws Exception {
    for (int i = 0; i < 100; i++) {
      try {
        if (HonestClient.once(server.port(), "127.0.0.2", "/health/live") == 200) {
          return true;
        }
      } catch (IOException _) {
        // not yet
      }
      Thread.sleep(300);
    }
    return false;
  }

  @Test
  void storeFilesFitTheLimit() {
    assertThat(DescriptorCount.storeFiles(512)).isBetween(64, 512);
  }
}
