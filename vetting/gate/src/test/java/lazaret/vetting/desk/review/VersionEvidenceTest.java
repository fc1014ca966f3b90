package lazaret.vetting.desk.review;

import static org.assertj.core.api.Assertions.assertThat;

import lazaret.testkit.CrateBuilder;
import lazaret.vetting.crates.CrateId;
import lazaret.vetting.desk.review.ReviewReport.Dependency;
import lazaret.vetting.gate.fixture.GateFixture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class VersionEvidenceTest {
  private final GateFixture station = new GateFixture();

  @AfterEach
  void close() {
    station.close();
  }

  private VersionEvidence evidence(CrateId id) {
    return station.desk.reviews().explainer().evidence(id.name(), id.version()).orElseThrow();
  }

  private static String shown(Dependency dependency) {
    return "%s %s %s %s"
        .formatted(
            dependency.dependency().packageName(),
            dependency.version(),
            dependency.served(),
            dependency.detail());
  }

  @Test
  void listsDependenciesWithoutARequestToUpstream() {
    station.publish("known", "1.0.0", 100);
    station.publish("young", "1.0.0", 1);
    CrateId id =
        station.publish(
            CrateBuilder.crate("alpha", "1.0.0")
                .dependency("known", "^1.0")
                .dependency("young", "^1.0")
                .dependency("absent", "^1.0"),
            1);
    assertThat(station.index("known")).isNotEmpty();
    assertThat(station.index("young")).isNotEmpty();
    assertThat(station.index("alpha")).isNotEmpty();
    int before = station.upstream.indexRequests.get();

    VersionEvidence evidence = evidence(id);

    assertThat(evidence.dependencies())
        .extracting(VersionEvidenceTest::shown)
        .containsExactly(
            "absent null false its index file is not stored yet",
            "known 1.0.0 true ",
            "young 1.0.0 false ");
    assertThat(station.upstream.indexRequests.get()).isEqualTo(before);
    assertThat(station.upstream.artifactRequests.get()).isZero();
  }

  @Test
  void unlistedVersionHasNone() {
    CrateId id = GateFixture.missing("alpha", "9.0.0", station.publish("alpha", "1.0.0", 1));

    assertThat(station.desk.reviews().explainer().evidence(id.name(), id.version())).isEmpty();
  }
}
