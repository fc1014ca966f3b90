package lazaret.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.Optional;
import lazaret.e2e.harness.Cargo;
import lazaret.e2e.harness.Crates;
import lazaret.e2e.harness.GateProcess;
import lazaret.e2e.harness.Project;
import lazaret.e2e.harness.Ran;
import lazaret.e2e.harness.Scene;
import lazaret.sandbox.Violation;
import lazaret.sandbox.gate.CargoSettings;
import lazaret.sandbox.gate.GateArtefact;
import lazaret.sandbox.gate.GateLimits;
import lazaret.sandbox.gate.GateScope;
import lazaret.sandbox.gate.GateSession;
import lazaret.sandbox.gate.OutsideGate;
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
  private final Scene scene = scene();

  private static Scene scene() {
    FixtureRegistry registry =
        Crates.aged(
            CrateBuilder.crate("alpha", "1.0.0"),
            CrateBuilder.crate("alpha", "1.1.0+build.5"),
            CrateBuilder.crate("beta", "1.0.0"));
    return Scene.of(registry, settings -> settings.set("auth-required", "true"));
  }

  @AfterAll
  void close() {
    scene.close();
  }

  private GateSession session(GateScope scope) {
    GateProcess gate = scene.gate();
    return GateSession.open(
        Path.of(System.getProperty("java.io.tmpdir")),
        new GateSession.Terms(
            new OutsideGate(gate.url(), Optional.of(gate.token()), Optional.empty()),
            scope,
            GateLimits.DEFAULTS));
  }

  private static GateScope closure(Project project) {
    return GateScope.closure(
        Lockfile.parse(Bytes.utf8(project.lock())).packages().stream()
            .map(LockedPackage::crateId)
            .flatMap(Optional::stream)
            .map(RelayE2E::artefact)
            .toList());
  }

  private static GateArtefact artefact(CrateId id) {
    return new GateArtefact(id.name().published(), id.version().text(), id.cksum().hex());
  }

  private static Ran cargo(GateSession session, Project project, String... arguments) {
    return Cargo.fresh(CargoSettings.file(session.folder())).run(project.folder(), arguments);
  }

  @Test
  void resolvesThenFetchesNothingButTheClosure() {
    Project project = Project.with("alpha = \"1\"");
    try (GateSession session = session(new GateScope.Resolution())) {
      cargo(session, project, "generate-lockfile").ok();
      assertThat(session.refusals()).isEmpty();
    }
    assertThat(project.locked("alpha")).startsWith("1.1.0");

    try (GateSession session = session(closure(project))) {
      cargo(session, project, "fetch", "--locked").ok();
      assertThat(session.refusals()).isEmpty();

      Project other = Project.with("beta = \"1\"");
      scene.upstream().forgetRequests();
      int asked = scene.gate().accessLog().size();
      Ran refused = cargo(session, other, "generate-lockfile").exits(101);

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
    Project project = Project.with("other = { git = \"https://example.org/other.git\" }");
    try (GateSession session = session(new GateScope.Resolution())) {
      cargo(session, project, "generate-lockfile").exits(101);

      assertThat(session.refusals())
          .extracting(Violation::resource)
          .contains("example.org port 443");
    }
  }
}
