package lazaret.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.Optional;
import lazaret.e2e.harness.Cargo;
import lazaret.e2e.harness.CargoProjectFolder;
import lazaret.e2e.harness.Crates;
import lazaret.e2e.harness.GateProcess;
import lazaret.e2e.harness.GateScene;
import lazaret.e2e.harness.ProgramResult;
import lazaret.sandbox.Violation;
import lazaret.sandbox.relay.CargoRelayConfig;
import lazaret.sandbox.relay.GateEndpoint;
import lazaret.sandbox.relay.LockedArtifact;
import lazaret.sandbox.relay.RelayLimits;
import lazaret.sandbox.relay.RelayScope;
import lazaret.sandbox.relay.RelaySession;
import lazaret.testkit.CrateBuilder;
import lazaret.testkit.FixtureRegistry;
import lazaret.vetting.Bytes;
import lazaret.vetting.crates.CrateId;
import lazaret.vetting.lockfile.LockedPackage;
import lazaret.vetting.lockfile.Lockfile;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/// Real cargo outside of a sandbox, through the relay to a real gate that requires a token.
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@Tag("ci")
class RelayE2E {
  private final GateScene scene = scene();

  private static GateScene scene() {
    FixtureRegistry registry =
        Crates.aged(
            CrateBuilder.crate("alpha", "1.0.0"),
            CrateBuilder.crate("alpha", "1.1.0+build.5"),
            CrateBuilder.crate("beta", "1.0.0"));
    return GateScene.of(registry, settings -> settings.set("auth-required", "true"));
  }

  @AfterAll
  void close() {
    scene.close();
  }

  private RelaySession session(RelayScope scope) {
    GateProcess gate = scene.gate();
    return RelaySession.open(
        Path.of(System.getProperty("java.io.tmpdir")),
        new RelaySession.Terms(
            new GateEndpoint(gate.url(), Optional.of(gate.token()), Optional.empty()),
            scope,
            RelayLimits.DEFAULTS));
  }

  private static RelayScope closure(CargoProjectFolder project) {
    return RelayScope.closure(
        Lockfile.parse(Bytes.utf8(project.lock())).packages().stream()
            .map(LockedPackage::crateId)
            .flatMap(Optional::stream)
            .map(RelayE2E::artifact)
            .toList());
  }

  private static LockedArtifact artifact(CrateId id) {
    return new LockedArtifact(id.name().published(), id.version().text(), id.cksum().hex());
  }

  private static ProgramResult cargo(
      RelaySession session, CargoProjectFolder project, String... arguments) {
    // Cargo would repeat what the relay refuses, with pauses of ten seconds in all.
    return Cargo.fresh(CargoRelayConfig.file(session.folder()))
        .env("CARGO_NET_RETRY", "0")
        .run(project.folder(), arguments);
  }

  @Test
  void resolvesThenFetchesNothingButTheClosure() {
    CargoProjectFolder project = CargoProjectFolder.with("alpha = \"1\"");
    try (RelaySession session = session(new RelayScope.Resolution())) {
      cargo(session, project, "generate-lockfile").ok();
      assertThat(session.refusals()).isEmpty();
    }
    assertThat(project.locked("alpha")).startsWith("1.1.0");

    try (RelaySession session = session(closure(project))) {
      cargo(session, project, "fetch", "--locked").ok();
      assertThat(session.refusals()).isEmpty();

      CargoProjectFolder other = CargoProjectFolder.with("beta = \"1\"");
      scene.upstream().forgetRequests();
      int asked = scene.gate().accessLog().size();
      ProgramResult refused = cargo(session, other, "generate-lockfile").exits(101);

      assertThat(refused.err()).contains("REFUSED by the sandbox");
      assertThat(session.refusals())
          .extracting(Violation::resource)
          .containsExactly("GET /index/be/ta/beta");
      assertThat(scene.asked(asked)).isEmpty();
      assertThat(scene.upstream().requests()).isEmpty();
    }
  }

  @Test
  void gitDependencyFindsNobody() {
    CargoProjectFolder project =
        CargoProjectFolder.with("other = { git = \"https://example.org/other.git\" }");
    try (RelaySession session = session(new RelayScope.Resolution())) {
      cargo(session, project, "generate-lockfile").exits(101);

      assertThat(session.refusals())
          .extracting(Violation::resource)
          .contains("example.org port 443");
    }
  }
}
