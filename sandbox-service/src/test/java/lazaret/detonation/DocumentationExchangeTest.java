package lazaret.detonation;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.function.Function;
import lazaret.vetting.ErrorCode;
import lazaret.vetting.crates.Sha256;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Orders of documentation over a socket.
class DocumentationExchangeTest {
  private static final DetonationOrder ORDER = SocketFixture.ORDER;

  @TempDir Path folder;

  private final ByteArrayOutputStream received = new ByteArrayOutputStream();

  @Test
  void sendsThePagesAndTheReport() throws IOException {
    byte[] pages = new byte[3 << 20];
    pages[100] = 1;
    Path file = Files.write(folder.resolve("pages"), pages);

    DocumentationOutcome outcome =
        documented(order -> new DocumentationOutcome.Documented(report(order, pages.length), file));

    assertThat(outcome)
        .isEqualTo(new DocumentationOutcome.Documented(report(ORDER, pages.length), null));
    assertThat(received.toByteArray()).isEqualTo(pages);
    assertThat(file).doesNotExist();
  }

  @Test
  void sendsTheReportOfABuildWithoutPages() throws IOException {
    DocumentationOutcome outcome =
        documented(order -> new DocumentationOutcome.Documented(report(order, 0), null));

    assertThat(outcome).isEqualTo(new DocumentationOutcome.Documented(report(ORDER, 0), null));
  }

  @Test
  void refusesAReportWithAnotherLength() throws IOException {
    Path file = Files.write(folder.resolve("pages"), new byte[10]);

    DocumentationOutcome outcome =
        documented(order -> new DocumentationOutcome.Documented(report(order, 11), file));

    assertThat(outcome).isInstanceOf(DocumentationOutcome.Refused.class);
    assertThat(((DocumentationOutcome.Refused) outcome).detail())
        .contains("it broke the protocol")
        .contains("10 bytes of pages");
  }

  @Test
  void passesARefusal() throws IOException {
    DocumentationOutcome refused =
        new DocumentationOutcome.Refused(ErrorCode.SANDBOX_UNUSABLE, "no namespaces");

    assertThat(documented(_ -> refused)).isEqualTo(refused);
  }

  /// The person who orders a build has another token, which this failure does not concern.
  @Test
  void refusedTokenIsAFaultOfTheService() throws IOException {
    DocumentationOutcome refused =
        new DocumentationOutcome.Refused(
            ErrorCode.UNAUTHENTICATED, "the gate expects a valid token (status 401)");

    assertThat(documented(_ -> refused))
        .isInstanceOfSatisfying(
            DocumentationOutcome.Refused.class,
            found -> {
              assertThat(found.code()).isEqualTo(ErrorCode.SANDBOX_UNUSABLE);
              assertThat(found.detail())
                  .contains("expected a token of the role reader in its unit", "(status 401)");
            });
  }

  @Test
  void isRefusedByAServiceThatBuildsNoDocumentation() throws IOException {
    try (SocketFixture server =
        SocketFixture.serving(
            folder,
            SocketFixture.own(),
            _ -> new DetonationOutcome.Refused(ErrorCode.INTERNAL, "not asked"))) {
      assertThat(client(server).document(ORDER, received))
          .isEqualTo(
              new DocumentationOutcome.Refused(
                  ErrorCode.CONFIG_INVALID, "this service does not build documentation"));
    }
  }

  @Test
  void writesTheFilesOfAFolderWithoutLinks() throws IOException {
    Path doc = Files.createDirectories(folder.resolve("doc/alpha"));
    Files.writeString(doc.resolve("index.html"), "page");
    Files.createSymbolicLink(doc.resolve("link.html"), Path.of("/etc/passwd"));

    int left = PageStreamWriter.write(folder.resolve("doc"), received);

    assertThat(left).isZero();
    assertThat(received.toString(StandardCharsets.ISO_8859_1))
        .isEqualTo("\0\u0010alpha/index.html\0\0\0\u0004page\0\0");
  }

  private DocumentationOutcome documented(
      Function<DetonationOrder, DocumentationOutcome> documentation) throws IOException {
    DetonationTask task =
        new DetonationTask() {
          @Override
          public DetonationOutcome run(DetonationOrder order) {
            throw new AssertionError("no build was ordered");
          }

          @Override
          public DocumentationOutcome document(DetonationOrder order) {
            return documentation.apply(order);
          }
        };
    try (SocketFixture server = SocketFixture.serving(folder, SocketFixture.own(), task)) {
      return client(server).document(ORDER, received);
    }
  }

  private static DetonationClient client(SocketFixture server) {
    return new DetonationClient(
        server.path, new DetonationClient.Patience(Duration.ofSeconds(5), Duration.ofSeconds(20)));
  }

  private static DocumentationReport report(DetonationOrder order, long bytes) {
    return new DocumentationReport(
        order.name(),
        order.version(),
        Sha256.of(order.crate()),
        DocumentationReport.BUILT,
        "rustc 1.95.0",
        "",
        List.of(),
        bytes);
  }
}
