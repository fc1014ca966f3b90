package lazaret.mirror.desk;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicReference;
import lazaret.detonation.DetonationOrder;
import lazaret.detonation.DetonationOutcome;
import lazaret.detonation.DetonationServer;
import lazaret.detonation.DetonationTask;
import lazaret.detonation.PeerCheck;
import lazaret.mirror.TestGate;
import lazaret.testkit.CrateBuilder;
import lazaret.vetting.ErrorCode;
import lazaret.vetting.crates.Sha256;
import lazaret.vetting.deskapi.CrateOperations;
import lazaret.vetting.deskapi.Operation;
import lazaret.vetting.deskapi.ReviewOperations;
import lazaret.vetting.deskapi.crates.TraceInfo;
import lazaret.vetting.deskapi.review.DetonationRequest;
import lazaret.vetting.gate.fixture.DeskResponse;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The operation that orders a detonation, with a service that builds nothing.
class DetonationOrderApiTest {
  private static final OpenApi FILE = new OpenApi();
  private static final String PATH = "/crates/alpha/1.1.0/detonation";

  @TempDir Path folder;

  private final AtomicReference<TestGate> opened = new AtomicReference<>();

  private static JsonNode answer(Operation<?, ?> operation, DeskResponse response) {
    assertThat(FILE.faults(operation, response.status(), response.body())).isEmpty();
    return OpenApi.parse(response.body());
  }

  private static DetonationOutcome observed(DetonationOrder order) {
    return new DetonationOutcome.Observed(
        new DetonationRequest(
            order.name(),
            order.version(),
            Sha256.of(order.crate()),
            "built",
            List.of(new TraceInfo(TraceInfo.Kind.DENIED, "keyring add"))));
  }

  private DeskResponse order(DetonationTask task) throws IOException {
    Path socket = folder.resolve("s");
    try (TestGate gate =
            new TestGate(
                folder.resolve("data"), Map.of("LAZARET_DETONATION_SOCKET", socket.toString()));
        ServerSocketChannel listener = ServerSocketChannel.open(StandardProtocolFamily.UNIX)) {
      listener.bind(UnixDomainSocketAddress.of(socket));
      PeerCheck own = PeerCheck.of(List.of(Files.getOwner(Path.of("/proc/self")).getName()));
      DetonationServer server = new DetonationServer(own, task, DetonationServer.Limits.USUAL);
      Thread.ofVirtual()
          .start(
              () -> {
                try {
                  server.serve(listener);
                } catch (IOException _) {
                  // The response tells it.
                }
              });
      gate.publish(CrateBuilder.crate("alpha", "1.1.0"), 1);
      opened.set(gate);
      DeskResponse response = gate.desk("POST", PATH, "{}");
      if (response.status() == 201) {
        assertThat(
                answer(CrateOperations.VERSION, gate.desk("GET", "/crates/alpha/1.1.0", ""))
                    .path("detonation"))
            .as("the evidence is stored")
            .isEqualTo(answer(ReviewOperations.ORDER_DETONATION, response));
      }
      return response;
    }
  }

  @Test
  void recordsTheEvidenceOfTheService() throws IOException {
    DeskResponse response = order(DetonationOrderApiTest::observed);

    assertThat(response.status()).as(response.body().text()).isEqualTo(201);
    assertThat(response.body().text()).contains("\"ending\":\"built\"", "keyring add");
  }

  @Test
  void isListedWithItsPhaseWhileTheServiceBuilds() throws IOException {
    List<String> listed = new CopyOnWriteArrayList<>();

    order(
        order -> {
          listed.add(opened.get().desk("GET", "/operations", "").body().text());
          return observed(order);
        });

    assertThat(listed)
        .singleElement()
        .asString()
        .contains("\"name\":\"detonation\"", "\"phase\":\"build\"");
  }

  @Test
  void passesTheRefusalOfTheServiceOn() throws IOException {
    DeskResponse response =
        order(_ -> new DetonationOutcome.Refused(ErrorCode.REFUSED_BY_POLICY, "withheld: gamma"));

    assertThat(response.status()).isEqualTo(403);
    assertThat(response.body().text()).contains("withheld: gamma");
  }

  @Test
  void refusesEvidenceWithTooManyTraces() throws IOException {
    DeskResponse response =
        order(
            order ->
                new DetonationOutcome.Observed(
                    new DetonationRequest(
                        order.name(),
                        order.version(),
                        Sha256.of(order.crate()),
                        "built",
                        List.of(new TraceInfo(TraceInfo.Kind.RAN, "x".repeat(501))))));

    assertThat(response.status()).isEqualTo(400);
  }

  @Test
  void saysThatTheGateHasNoService() throws IOException {
    try (TestGate gate = new TestGate(folder.resolve("data"), Map.of())) {
      gate.publish(CrateBuilder.crate("alpha", "1.1.0"), 1);

      DeskResponse response = gate.desk("POST", PATH, "{}");

      assertThat(response.status()).isEqualTo(500);
      assertThat(response.body().text())
          .contains("expected a sandbox service, found none; set 'detonation.socket'");
    }
  }
}
