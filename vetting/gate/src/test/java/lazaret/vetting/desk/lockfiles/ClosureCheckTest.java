package lazaret.vetting.desk.lockfiles;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import lazaret.testkit.CrateBuilder;
import lazaret.testkit.Dependency;
import lazaret.vetting.Bytes;
import lazaret.vetting.crates.CrateId;
import lazaret.vetting.crates.CrateName;
import lazaret.vetting.desk.decisions.DecisionOrder;
import lazaret.vetting.desk.lockfiles.ClosureReport.Cause;
import lazaret.vetting.gate.fixture.GateFixture;
import lazaret.vetting.gate.serving.WantedVersion;
import lazaret.vetting.index.DependencyKind;
import lazaret.vetting.ledger.Decision;
import lazaret.vetting.lockfile.Lockfile;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/// The closure of served versions: their requirements are served too.
class ClosureCheckTest {
  private final GateFixture station = new GateFixture();

  @AfterEach
  void close() {
    station.close();
  }

  private CrateId publish(String name, String version, int daysOld, Dependency... dependencies) {
    CrateBuilder crate = CrateBuilder.crate(name, version);
    for (Dependency dependency : dependencies) {
      crate.dependency(dependency);
    }
    return station.publish(crate, daysOld);
  }

  private ClosureReport of(CrateId id) {
    return station.desk.closure(new ClosureQuery.Of(id.name(), id.version())).orElseThrow();
  }

  private void decide(Decision.Kind kind, List<CrateId> ids) {
    List<WantedVersion> wanted =
        ids.stream()
            .map(id -> new WantedVersion(id.name(), id.version(), id.cksum(), null))
            .toList();
    assertThat(
            station
                .desk
                .decide(
                    new DecisionOrder(kind, wanted, "ann", "closure", null, List.of(), List.of()))
                .refused())
        .isEmpty();
  }

  @Test
  void holdsWhereEverythingRequiredIsServed() {
    publish("base", "1.0.0", 400);
    publish("middle", "1.0.0", 400, Dependency.on("base", "^1"));
    CrateId top = publish("top", "1.0.0", 400, Dependency.on("middle", "^1"));

    ClosureReport report = of(top);

    assertThat(report.holds()).isTrue();
    assertThat(report.versions()).isEqualTo(3);
    assertThat(report.requirements()).isEqualTo(2);
    assertThat(report.approve()).isEmpty();
    assertThat(report.prune()).isEmpty();
  }

  @Test
  void namesWhatMatchesAndWhyItIsNotServed() {
    publish("base", "1.0.0", 400);
    CrateId young = publish("base", "2.0.0", 1);
    CrateId younger = publish("base", "2.1.0", 0);
    CrateId top = publish("top", "1.0.0", 400, Dependency.on("base", "^2"));

    ClosureReport report = of(top);

    assertThat(report.holds()).isFalse();
    assertThat(report.unmet())
        .singleElement()
        .satisfies(
            unmet -> {
              assertThat(unmet.by()).isEqualTo(top);
              assertThat(unmet.cause()).isEqualTo(Cause.WITHHELD);
              assertThat(unmet.matches()).extracting(m -> m.id()).containsExactly(younger, young);
            });
    assertThat(report.approve()).containsExactly(younger);
    assertThat(report.prune()).containsExactly(top);
  }

  @Test
  void approvingThePlanMakesItHold() {
    publish("base", "1.0.0", 400);
    publish("base", "2.0.0", 1);
    publish("middle", "1.0.0", 1, Dependency.on("base", "^2"));
    CrateId top =
        publish("top", "1.0.0", 400, Dependency.on("middle", "^1"), Dependency.on("base", ">=2"));

    ClosureReport report = of(top);
    assertThat(report.approve()).hasSize(2);
    decide(Decision.Kind.APPROVE, report.approve());

    assertThat(of(top).holds()).isTrue();
  }

  @Test
  void pruningThePlanLeavesNothingThatDoesNotResolve() {
    CrateId base = publish("base", "1.0.0", 400);
    CrateId middle = publish("middle", "1.0.0", 400, Dependency.on("base", "^1"));
    CrateId top = publish("top", "1.0.0", 400, Dependency.on("middle", "^1"));
    CrateId older = publish("top", "0.9.0", 500);
    for (CrateId id : List.of(base, middle, top, older)) {
      station.download(id);
    }
    decide(Decision.Kind.DENY, List.of(base));

    ClosureReport report = station.desk.closure(new ClosureQuery.Everything()).orElseThrow();
    assertThat(report.prune()).containsExactly(middle, top);
    decide(Decision.Kind.DENY, report.prune());

    ClosureReport after = station.desk.closure(new ClosureQuery.Everything()).orElseThrow();
    assertThat(after.holds()).isTrue();
    assertThat(after.versions()).isEqualTo(1);
  }

  @Test
  void optionalRequirementsAreMarkedAndDoNotCount() {
    CrateId top =
        publish(
            "top",
            "1.0.0",
            400,
            Dependency.on("absent", "^1").whenWanted(),
            Dependency.on("x", "1"));
    publish("x", "1.0.0", 400, Dependency.on("tests", "^1").as(DependencyKind.DEV));

    ClosureReport report = of(top);

    assertThat(report.holds()).isTrue();
    assertThat(report.unmet())
        .singleElement()
        .matches(u -> u.optional() && u.cause() == Cause.NO_CRATE);
  }

  @Test
  void nothingIsHeldAgainstWhatCouldNotBeLookedUp() {
    CrateId top = publish("top", "1.0.0", 400, Dependency.on("base", "^1"));
    station.upstream.silentAbout = "base";

    ClosureReport report = of(top);

    assertThat(report.complete()).isFalse();
    assertThat(report.unmet()).singleElement().matches(u -> u.cause() == Cause.NOT_LOOKED_UP);
    assertThat(report.prune()).isEmpty();
  }

  @Test
  void aWithheldPackageOfALockfileIsPartOfThePlan() {
    CrateId young = publish("base", "1.0.0", 1);
    CrateId top = publish("top", "1.0.0", 400, Dependency.on("base", "^1"));
    Lockfile lock = Lockfile.parse(Bytes.utf8(lock(top) + lock(young)));

    ClosureReport report = station.desk.closure(new ClosureQuery.Locked(lock)).orElseThrow();

    assertThat(report.withheld()).singleElement().matches(m -> m.id().equals(young));
    assertThat(report.approve()).containsExactly(young);
  }

  @Test
  void whatIsDeniedOrYankedIsNeverInThePlan() {
    CrateId denied = publish("base", "1.1.0", 400);
    station.registry.publish(
        CrateBuilder.crate("base", "1.0.0"),
        line -> line.yanked(true).pubtime("2024-01-01T00:00:00Z"));
    CrateId top = publish("top", "1.0.0", 400, Dependency.on("base", "^1"));
    decide(Decision.Kind.DENY, List.of(denied));

    ClosureReport report = of(top);

    assertThat(report.unmet()).singleElement().matches(u -> u.matches().size() == 2);
    assertThat(report.approve()).isEmpty();
  }

  @Test
  void looksAtTheNewestServedVersionWhereNoneIsNamed() {
    publish("top", "1.0.0", 400);
    publish("top", "1.1.0", 1, Dependency.on("absent", "^1"));
    @Nullable ClosureReport report =
        station.desk.closure(new ClosureQuery.Of(CrateName.parse("top"), null)).orElse(null);

    assertThat(report).isNotNull().matches(ClosureReport::holds);
    assertThat(station.desk.closure(new ClosureQuery.Of(CrateName.parse("none"), null))).isEmpty();
  }

  private static String lock(CrateId id) {
    return """
        [[package]]
        name = "%s"
        version = "%s"
        source = "registry+https://github.com/rust-lang/crates.io-index"
        checksum = "%s"

        """
        .formatted(id.name(), id.version(), id.cksum());
  }
}
