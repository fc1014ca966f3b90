package lazaret.mirror.site;

import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import lazaret.detonation.DetonationOrder;
import lazaret.detonation.DetonationOutcome;
import lazaret.detonation.DetonationServer;
import lazaret.detonation.DetonationTask;
import lazaret.detonation.DocumentationOutcome;
import lazaret.detonation.DocumentationReport;
import lazaret.detonation.PeerCheck;
import lazaret.vetting.ErrorCode;
import lazaret.vetting.crates.Sha256;

/// A sandbox service that builds nothing: each version has the pages of the test.
final class PagesFixture implements AutoCloseable {
  private final ServerSocketChannel listener;

  private PagesFixture(ServerSocketChannel listener) {
    this.listener = listener;
  }

  /// Starts a service.
  ///
  /// @param socket the path of its socket
  /// @param pages the content of each file by its path
  static PagesFixture serving(Path socket, Map<String, String> pages) throws IOException {
    ServerSocketChannel listener = ServerSocketChannel.open(StandardProtocolFamily.UNIX);
    listener.bind(UnixDomainSocketAddress.of(socket));
    PeerCheck own = PeerCheck.of(List.of(Files.getOwner(Path.of("/proc/self")).getName()));
    DetonationServer server =
        new DetonationServer(own, new Scripted(pages), DetonationServer.Limits.USUAL);
    Thread.ofVirtual()
        .start(
            () -> {
              try {
                server.serve(listener);
              } catch (IOException _) {
                // The test sees what its client received.
              }
            });
    return new PagesFixture(listener);
  }

  @Override
  public void close() throws IOException {
    listener.close();
  }

  private record Scripted(Map<String, String> pages) implements DetonationTask {
    @Override
    public DetonationOutcome run(DetonationOrder order) {
      return new DetonationOutcome.Refused(ErrorCode.INTERNAL, "no test orders it");
    }

    @Override
    public DocumentationOutcome document(DetonationOrder order) {
      try {
        byte[] stream = stream();
        Path file = Files.write(Files.createTempFile("pages", ""), stream);
        return new DocumentationOutcome.Documented(
            new DocumentationReport(
                order.name(),
                order.version(),
                Sha256.of(order.crate()),
                DocumentationReport.BUILT,
                "rustc 1.95.0",
                "",
                List.of(),
                stream.length),
            file);
      } catch (IOException e) {
        throw new AssertionError(e);
      }
    }

    private byte[] stream() throws IOException {
      ByteArrayOutputStream bytes = new ByteArrayOutputStream();
      DataOutputStream out = new DataOutputStream(bytes);
      for (Map.Entry<String, String> page : pages.entrySet()) {
        byte[] path = page.getKey().getBytes(StandardCharsets.UTF_8);
        byte[] content = page.getValue().getBytes(StandardCharsets.UTF_8);
        out.writeShort(path.length);
        out.write(path);
        out.writeInt(content.length);
        out.write(content);
      }
      out.writeShort(0);
      return bytes.toByteArray();
    }
  }
}
