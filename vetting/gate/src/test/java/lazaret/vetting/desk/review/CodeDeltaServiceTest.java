package lazaret.vetting.desk.review;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import lazaret.testkit.CrateBuilder;
import lazaret.vetting.Deadline;
import lazaret.vetting.ErrorCode;
import lazaret.vetting.MalformedException;
import lazaret.vetting.crates.CrateId;
import lazaret.vetting.crates.CrateVersion;
import lazaret.vetting.desk.review.CodeDeltaService.Prepared;
import lazaret.vetting.gate.fixture.GateFixture;
import lazaret.vetting.gate.serving.VersionLookup;
import lazaret.vetting.ledger.Decision;
import lazaret.vetting.review.FileSummary;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class CodeDeltaServiceTest {
  private final GateFixture station = new GateFixture();
  private final CodeDeltaService service = station.desk.reviews().code();

  @AfterEach
  void close() {
    station.close();
  }

  private CrateId publish(String version, int daysOld, int lines) {
    return station.publish(
        CrateBuilder.crate("alpha", version).file("src/lib.rs", "// x\n".repeat(lines)), daysOld);
  }

  private Prepared prepare(CrateId id, @Nullable String base) {
    return service
        .prepare(id.name(), id.version(), base == null ? null : CrateVersion.parse(base))
        .orElseThrow();
  }

  @Test
  void comparesWithTheBaseOfAReviewUnlessOneIsNamed() {
    publish("1.0.0", 200, 1);
    CrateId near = publish("1.1.0", 100, 5);
    CrateId reviewed = publish("1.2.0", 1, 8);

    Prepared prepared = prepare(reviewed, null);

    assertThat(prepared.base()).isEqualTo(near);
    assertThat(prepared.delta().file("src/lib.rs").lines()).isEqualTo(3);
    assertThat(prepare(reviewed, "1.0.0").delta().file("src/lib.rs").lines()).isEqualTo(7);
  }

  private void refusesToFetch(CrateId reviewed, @Nullable String base, CrateId missing) {
    CrateVersion asked = base == null ? null : CrateVersion.parse(base);
    assertThatThrownBy(() -> service.requireStored(reviewed.name(), reviewed.version(), asked))
        .isInstanceOf(ArtifactUnavailableException.class)
        .hasMessageStartingWith("cannot compare alpha " + missing.version().text() + ": ");
  }

  @Test
  void namesTheArtifactThatWouldBeFetched() {
    CrateId reviewed = publish("1.1.0", 1, 3);
    CrateId higher = publish("2.0.0", 100, 5);
    refusesToFetch(reviewed, null, reviewed);

    assertThat(prepare(reviewed, "1.1.0").base()).isNull();
    refusesToFetch(reviewed, null, higher);
    refusesToFetch(reviewed, "2.0.0", higher);

    assertThat(prepare(reviewed, null).base()).isEqualTo(higher);
    assertThat(service.requireStored(reviewed.name(), reviewed.version(), null)).isTrue();
  }

  @Test
  void comparesTheWholeCrateIfNothingIsVetted() {
    Prepared prepared = prepare(publish("1.0.0", 1, 3), null);

    assertThat(prepared.base()).isNull();
    assertThat(prepared.delta().compare(Deadline.none())).isTrue();
    assertThat(prepared.delta().files())
        .allMatch(file -> file.change() == FileSummary.Change.ADDED);
  }

  @Test
  void comparesTheWholeCrateIfItIsItsOwnBase() {
    publish("1.0.0", 200, 1);
    CrateId reviewed = publish("1.1.0", 1, 3);

    Prepared prepared = prepare(reviewed, "1.1.0");

    assertThat(prepared.base()).isNull();
    assertThat(prepared.delta().file("src/lib.rs").lines()).isEqualTo(3);
  }

  @Test
  void keepsAPreparedDifference() {
    publish("1.0.0", 100, 1);
    CrateId reviewed = publish("1.1.0", 1, 2);

    assertThat(prepare(reviewed, "1.0.0").delta()).isSameAs(prepare(reviewed, null).delta());
  }

  private Prepared prepareQueued(CrateId id, @Nullable CrateId base) {
    VersionLookup.Found found = station.gate.finder().listed(id.name(), id.version()).orElseThrow();
    return service.prepareQueued(
        found, base == null ? null : found.file().line(base.version()).orElseThrow());
  }

  @Test
  void aReviewUsesWhatTheQueuePrepared() {
    CrateId old = publish("1.0.0", 200, 1);
    CrateId near = publish("1.1.0", 100, 5);
    CrateId reviewed = publish("1.2.0", 1, 8);
    // The first look-up fetches the base of the signals, which changes the crate.
    assertThat(prepare(reviewed, null).base()).isEqualTo(near);
    Prepared queued = prepareQueued(reviewed, old);

    assertThat(queued.delta().complete()).isTrue();
    station.clock.advance(Duration.ofHours(1));
    assertThat(prepare(reviewed, null).delta()).isSameAs(queued.delta());

    station.clock.advance(Duration.ofDays(1));
    assertThat(prepare(reviewed, null).base()).isEqualTo(near);
  }

  @Test
  void aBaseThatIsDeniedIsReplaced() {
    CrateId old = publish("1.0.0", 200, 1);
    CrateId near = publish("1.1.0", 100, 5);
    CrateId reviewed = publish("1.2.0", 1, 8);
    assertThat(prepareQueued(reviewed, near).base()).isEqualTo(near);
    assertThat(station.decide(Decision.Kind.DENY, near).refused()).isEmpty();
    station.clock.advance(Duration.ofHours(1));

    assertThat(prepare(reviewed, null).base()).isEqualTo(old);
  }

  @Test
  void aChangeOfTheCrateEndsTheChoiceOfTheQueue() {
    CrateId old = publish("1.0.0", 200, 1);
    CrateId near = publish("1.1.0", 100, 5);
    CrateId reviewed = publish("1.2.0", 1, 8);
    assertThat(prepareQueued(reviewed, old).base()).isEqualTo(old);
    assertThat(station.decide(Decision.Kind.APPROVE, near).refused()).isEmpty();
    station.clock.advance(Duration.ofHours(1));

    assertThat(prepare(reviewed, null).base()).isEqualTo(near);
  }

  @Test
  void theRestIsComparedWithoutTheCaller() throws InterruptedException {
    CrateBuilder crate = CrateBuilder.crate("alpha", "1.0.0");
    for (int i = 0; i < 500; i++) {
      crate.file("src/m%d.rs".formatted(i), "fn f() {}\n");
    }
    Prepared prepared = prepare(station.publish(crate, 1), null);

    assertThat(service.compare(prepared, Duration.ZERO)).isFalse();
    for (int i = 0; i < 3_000 && !prepared.delta().complete(); i++) {
      Thread.sleep(10);
    }

    assertThat(service.compare(prepared, Duration.ZERO)).isTrue();
  }

  @Test
  void findsNoVersionThatTheIndexDoesNotList() {
    CrateId id = publish("1.0.0", 1, 1);

    assertThat(service.prepare(id.name(), CrateVersion.parse("2.0.0"), null)).isEmpty();
  }

  @Test
  void refusesABaseThatDoesNotExist() {
    CrateId id = publish("1.0.0", 1, 1);

    assertThatThrownBy(() -> prepare(id, "0.9.0"))
        .isInstanceOf(MalformedException.class)
        .hasMessage("cannot compare with 'alpha 0.9.0': there is no such version");
  }

  @Test
  void namesTheArtifactThatCannotBeFetched() {
    publish("1.0.0", 100, 1);
    CrateId reviewed = publish("1.1.0", 1, 2);
    station.index("alpha");
    station.upstream.down = true;

    assertThatThrownBy(() -> prepare(reviewed, "1.0.0"))
        .isInstanceOfSatisfying(
            ArtifactUnavailableException.class,
            e -> assertThat(e.code()).isEqualTo(ErrorCode.UPSTREAM_UNAVAILABLE))
        .hasMessageStartingWith("cannot compare alpha 1.1.0: ");
  }
}
