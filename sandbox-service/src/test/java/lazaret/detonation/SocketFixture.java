package lazaret.detonation;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import lazaret.vetting.Bytes;
import lazaret.vetting.crates.CrateName;
import lazaret.vetting.crates.CrateVersion;
import lazaret.vetting.crates.Sha256;
import lazaret.vetting.deskapi.crates.TraceInfo;
import lazaret.vetting.deskapi.review.DetonationRequest;

/// A server on a socket in a folder, with the parts of orders.
final class SocketFixture implements AutoCloseable {
  static final DetonationOrder ORDER = order("beta", "1.1.0", 300_000);

  final Path path;
  private final ServerSocketChannel listener;
  private final Thread thread;

  private SocketFixture(Path path, ServerSocketChannel listener, Thread thread) {
    this.path = path;
    this.listener = listener;
    this.thread = thread;
  }

  static SocketFixture serving(Path folder, PeerCheck check, DetonationTask task) {
    return serving(folder, check, task, limits(4));
  }

  static SocketFixture serving(
      Path folder, PeerCheck check, DetonationTask task, DetonationServer.Limits limits) {
    return listening(
        folder,
        listener -> {
          new DetonationServer(check, task, limits).serve(listener);
        });
  }

  /// Limits with short times.
  static DetonationServer.Limits limits(int orders) {
    return new DetonationServer.Limits(orders, Duration.ofSeconds(2), Duration.ofMillis(50));
  }

  interface Listening {
    void on(ServerSocketChannel listener) throws IOException;
  }

  static SocketFixture listening(Path folder, Listening what) {
    try {
      Path path = folder.resolve("s");
      ServerSocketChannel listener = ServerSocketChannel.open(StandardProtocolFamily.UNIX);
      listener.bind(UnixDomainSocketAddress.of(path));
      Thread thread =
          Thread.ofVirtual()
              .start(
                  () -> {
                    try {
                      what.on(listener);
                    } catch (IOException _) {
                      // The test sees what its client received.
                    }
                  });
      return new SocketFixture(path, listener, thread);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static PeerCheck own() throws IOException {
    return PeerCheck.of(List.of(Files.getOwner(Path.of("/proc/self")).getName()));
  }

  static DetonationOrder order(String name, String version, int size) {
    byte[] crate = new byte[size];
    crate[0] = 7;
    return new DetonationOrder(CrateName.parse(name), CrateVersion.parse(version), Bytes.of(crate));
  }

  static DetonationRequest evidence(DetonationOrder order) {
    return new DetonationRequest(
        order.name(),
        order.version(),
        Sha256.of(order.crate()),
        "built",
        List.of(
            new TraceInfo(TraceInfo.Kind.DENIED, "connect 203.0.113.7:443"),
            new TraceInfo(TraceInfo.Kind.WROTE, "$OUT_DIR/\u00e4 \"b\".rs")));
  }

  SocketChannel connect() throws IOException {
    return SocketChannel.open(UnixDomainSocketAddress.of(path));
  }

  static DetonationClient client(Path path) {
    return new DetonationClient(
        path, new DetonationClient.Patience(Duration.ofMillis(600), Duration.ofSeconds(3)));
  }

  static byte[] frame(int kind, int length, byte[] content) {
    return ByteBuffer.allocate(5 + content.length)
        .put((byte) kind)
        .putInt(length)
        .put(content)
        .array();
  }

  @Override
  public void close() throws IOException {
    listener.close();
    try {
      thread.join();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
