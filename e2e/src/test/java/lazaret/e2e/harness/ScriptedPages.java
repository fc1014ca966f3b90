package lazaret.e2e.harness;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import lazaret.detonation.DetonationOrder;
import lazaret.detonation.DetonationOutcome;
import lazaret.detonation.DetonationServer;
import lazaret.detonation.DetonationTask;
import lazaret.detonation.DocumentationOutcome;
import lazaret.detonation.DocumentationReport;
import lazaret.detonation.PageStreamWriter;
import lazaret.detonation.PeerCheck;
import lazaret.vetting.ErrorCode;
import lazaret.vetting.crates.Sha256;

/// A sandbox service that builds nothing: the documentation of each version is a folder. The first
/// folder of its pages has the name of the crate.
public final class ScriptedPages implements AutoCloseable {
  private final ServerSocketChannel listener;

  private ScriptedPages(ServerSocketChannel listener) {
    this.listener = listener;
  }

  /// Starts a service.
  ///
  /// @param socket the path of its socket
  /// @param folder the folder with the pages; `alpha` in it is renamed to the crate
  /// @param words texts of the pages that are replaced
  public static ScriptedPages serving(Path socket, Path folder, Map<String, String> words) {
    try {
      ServerSocketChannel listener = ServerSocketChannel.open(StandardProtocolFamily.UNIX);
      listener.bind(UnixDomainSocketAddress.of(socket));
      PeerCheck own = PeerCheck.of(List.of(Files.getOwner(Path.of("/proc/self")).getName()));
      DetonationServer server =
          new DetonationServer(own, new Scripted(folder, words), DetonationServer.Limits.USUAL);
      Thread.ofVirtual()
          .start(
              () -> {
                try {
                  server.serve(listener);
                } catch (IOException _) {
                  // The gate tells it.
                }
              });
      return new ScriptedPages(listener);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void close() {
    try {
      listener.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private record Scripted(Path folder, Map<String, String> words) implements DetonationTask {
    @Override
    public DetonationOutcome run(DetonationOrder order) {
      return new DetonationOutcome.Refused(ErrorCode.INTERNAL, "no test orders it");
    }

    @Override
    public DocumentationOutcome document(DetonationOrder order) {
      try {
        Path pages = laid(order);
        Path file = Files.createTempFile("pages", "");
        try (OutputStream out = new BufferedOutputStream(Files.newOutputStream(file))) {
          int _ = PageStreamWriter.write(pages, out);
        }
        return new DocumentationOutcome.Documented(
            new DocumentationReport(
                order.name(),
                order.version(),
                Sha256.of(order.crate()),
                DocumentationReport.BUILT,
                "rustc 1.95.0",
                "",
                List.of(),
                Files.size(file)),
            file);
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }

    /// Returns a copy of the folder for a crate.
    private Path laid(DetonationOrder order) throws IOException {
      Path copy = WorkFolder.folder("pages");
      List<Path> files;
      try (Stream<Path> all = Files.walk(folder)) {
        files = all.filter(Files::isRegularFile).toList();
      }
      for (Path file : files) {
        String path = folder.relativize(file).toString();
        if (path.startsWith("alpha/")) {
          path = order.name() + path.substring("alpha".length());
        }
        String text = Files.readString(file);
        for (Map.Entry<String, String> word : words.entrySet()) {
          text = text.replace(word.getKey(), word.getValue());
        }
        Path target = copy.resolve(path);
        Files.createDirectories(target.getParent());
        Files.writeString(target, text);
      }
      return copy;
    }
  }
}
