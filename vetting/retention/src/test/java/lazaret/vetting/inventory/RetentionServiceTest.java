package lazaret.vetting.inventory;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import lazaret.vetting.Bytes;
import lazaret.vetting.crates.CrateId;
import lazaret.vetting.crates.Sha256;
import lazaret.vetting.deskapi.EmptyRequest;
import lazaret.vetting.deskapi.RetentionOperations;
import lazaret.vetting.deskapi.retention.ArtifactsRequest;
import lazaret.vetting.deskapi.retention.PlannedRemovalInfo;
import lazaret.vetting.deskapi.retention.RetentionReply;
import lazaret.vetting.deskapi.retention.RetentionReply.State;
import lazaret.vetting.deskapi.retention.RetentionResumeRequest;
import lazaret.vetting.deskapi.retention.RetentionRuleInfo;
import lazaret.vetting.deskapi.retention.RetentionTrialReply;
import lazaret.vetting.deskapi.retention.ScrubInfo;
import lazaret.vetting.gate.store.Batch.Write;
import lazaret.vetting.gate.store.MetaKey;
import lazaret.vetting.ledger.Notice;
import lazaret.vetting.roles.DeskRole;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class RetentionServiceTest {
  private static final String LATER = RetentionFixture.UNUSED.replace("30d", "60d");

  private final RetentionDesk desk = new RetentionDesk();

  @AfterEach
  void close() {
    desk.close();
  }

  private RetentionReply state() {
    return desk.call(RetentionOperations.RETENTION, new EmptyRequest());
  }

  private RetentionTrialReply trial() {
    return desk.call(RetentionOperations.TRY_RETENTION, new EmptyRequest());
  }

  private RetentionReply resume(Sha256 rules) {
    return desk.call(
        RetentionOperations.RESUME_RETENTION, new RetentionResumeRequest(rules, "unused"));
  }

  private String refusedResume(Sha256 rules, String reason) {
    return desk.refusal(
        RetentionOperations.RESUME_RETENTION,
        new RetentionResumeRequest(rules, reason),
        DeskRole.ADMIN);
  }

  private static Sha256 id(String text) {
    return Sha256.of(Bytes.utf8(text));
  }

  @Test
  void trialListsAndRemovesNothing() {
    CrateId id = desk.fixture.stored("alpha");
    long bytes = desk.fixture.store.artifactBytes(id.cksum()).orElseThrow();
    desk.fixture.pass(40);
    desk.file(RetentionFixture.UNUSED);

    RetentionTrialReply trial = trial();

    assertThat(trial.rules()).isEqualTo(id(RetentionFixture.UNUSED));
    assertThat(trial.by()).isEqualTo("ann");
    assertThat(trial.artifacts()).isEqualTo(1);
    assertThat(trial.bytes()).isEqualTo(bytes);
    assertThat(trial.counts()).containsExactly(new RetentionRuleInfo("unused", 1, bytes));
    assertThat(trial.removals())
        .containsExactly(
            new PlannedRemovalInfo(id.name(), id.version(), bytes, ArtifactRow.TODAY, "unused"));
    assertThat(trial.excess()).isZero();
    assertThat(desk.fixture.isStored(id)).isTrue();
    assertThat(state().trial()).isEqualTo(trial);
  }

  @Test
  void changedRulesArePausedUntilAPersonResumesThem() {
    desk.file(RetentionFixture.UNUSED);
    assertThat(state().state()).isEqualTo(State.PAUSED);
    RetentionTrialReply tried = trial();
    assertThat(state().state()).as("after a trial").isEqualTo(State.PAUSED);
    assertThat(resume(tried.rules()).state()).isEqualTo(State.IN_FORCE);
    assertThat(desk.fixture.notices(Notice.Kind.POLICY_CHANGED))
        .containsExactly(
            "the rules of retention with SHA-256 %s are followed: unused"
                .formatted(tried.rules().hex()));

    desk.file(LATER);

    assertThat(state().state()).as("after a change").isEqualTo(State.PAUSED);
    assertThat(state().rules()).isEqualTo(id(LATER));
    assertThat(refusedResume(id(LATER), "unused"))
        .isEqualTo(
            ("stale: cannot resume the rules: expected a trial of them, found one of %s;"
                    + " try them first")
                .formatted(id(RetentionFixture.UNUSED).hex()));
    assertThat(resume(trial().rules()).state()).isEqualTo(State.IN_FORCE);
    desk.file(RetentionFixture.UNUSED);
    assertThat(state().state()).as("the former rules").isEqualTo(State.PAUSED);
  }

  @Test
  void resumesWhatThePersonSaw() {
    desk.file(RetentionFixture.UNUSED);
    assertThat(refusedResume(id(RetentionFixture.UNUSED), "unused"))
        .endsWith("expected a trial of them, found none; try them first");
    RetentionTrialReply tried = trial();
    desk.file(LATER);

    assertThat(refusedResume(tried.rules(), "unused"))
        .isEqualTo(
            ("stale: cannot resume the rules: expected SHA-256 %s, found %s in the file;"
                    + " try them again")
                .formatted(tried.rules().hex(), id(LATER).hex()));
  }

  @Test
  void requiresAReason() {
    desk.file(RetentionFixture.UNUSED);
    Sha256 rules = trial().rules();

    assertThat(refusedResume(rules, "  "))
        .contains("expected 1 to 2000 characters as `reason`, found 0");
    assertThat(refusedResume(rules, "x".repeat(2_001))).contains("found 2001");
  }

  @Test
  void namesTheMistakesOfTheFile() {
    desk.file("size = 3\n");

    assertThat(state().state()).isEqualTo(State.INVALID);
    assertThat(state().detail()).contains("1:1: unknown key 'size'");
    assertThat(desk.refusal(RetentionOperations.TRY_RETENTION, new EmptyRequest(), DeskRole.ADMIN))
        .startsWith("config-invalid: cannot read the rules of retention: 1:1: unknown key");
    desk.file(null);
    assertThat(state().detail()).endsWith("there is none");
  }

  @Test
  void withoutAFileThereAreNoRules() {
    RetentionService none = desk.service(new RetentionSettings(null, null, 1));

    assertThat(none.state().state()).isEqualTo(State.OFF);
    assertThat(none.state().rules()).isNull();
  }

  @Test
  void followsNoRulesIfUpstreamCouldNotRestoreArtifacts() {
    try (RetentionDesk offline = new RetentionDesk("the server is offline")) {
      offline.file(RetentionFixture.UNUSED);
      RetentionTrialReply tried =
          offline.call(RetentionOperations.TRY_RETENTION, new EmptyRequest());

      RetentionReply resumed =
          offline.call(
              RetentionOperations.RESUME_RETENTION,
              new RetentionResumeRequest(tried.rules(), "unused"));

      assertThat(resumed.state()).isEqualTo(State.SUSPENDED);
      assertThat(resumed.detail()).isEqualTo("the server is offline");
    }
  }

  @Test
  void followsTheRulesInTheBackground() {
    CrateId id = desk.fixture.stored("alpha");
    desk.fixture.pass(40);
    desk.file(RetentionFixture.UNUSED);
    desk.service.followOnce();
    assertThat(desk.fixture.isStored(id)).as("before they are in force").isTrue();
    RetentionReply _ = resume(trial().rules());

    desk.service.followOnce();

    assertThat(desk.fixture.isStored(id)).isFalse();
    assertThat(state().followed()).isEqualTo(desk.fixture.station.clock.instant());
  }

  @Test
  void clockThatIsFarAheadRemovesNothing() {
    CrateId id = desk.fixture.stored("alpha");
    desk.file(RetentionFixture.UNUSED);
    RetentionReply _ = resume(trial().rules());
    desk.service.followOnce();
    desk.fixture.pass(365);

    desk.service.followOnce();

    assertThat(desk.fixture.isStored(id)).isTrue();
    assertThat(state().state()).isEqualTo(State.PAUSED);
    assertThat(state().detail())
        .isEqualTo(
            "the rules were not followed for over seven days by the clock: check the clock, try"
                + " them, then resume them");
    assertThat(refusedResume(id(RetentionFixture.UNUSED), "unused"))
        .as("the trial of the year before")
        .endsWith("expected a trial of them, found none; try them first");
    RetentionTrialReply tried = trial();
    desk.service.followOnce();
    assertThat(desk.fixture.isStored(id)).as("after a trial").isTrue();
    RetentionReply _ = resume(tried.rules());
    desk.service.followOnce();
    assertThat(desk.fixture.isStored(id)).as("after a person looked at it").isFalse();
  }

  @Test
  void clockThatIsAheadBetweenTrialAndRunRemovesNothing() {
    CrateId id = desk.fixture.stored("alpha");
    desk.file(RetentionFixture.UNUSED);
    RetentionReply _ = resume(trial().rules());
    desk.fixture.pass(365);

    desk.service.followOnce();

    assertThat(desk.fixture.isStored(id)).isTrue();
    assertThat(state().state()).isEqualTo(State.PAUSED);
    // The clock is right again.
    desk.fixture.pass(-365);
    assertThat(state().state()).isEqualTo(State.IN_FORCE);
  }

  @Test
  void reportsWhatNothingMayRemove() {
    CrateId id = desk.fixture.stored("alpha");
    long bytes = desk.fixture.store.artifactBytes(id.cksum()).orElseThrow();
    desk.fixture.sent("Cargo.lock", id);
    desk.file("max-size = \"1B\"\n");
    RetentionTrialReply tried = trial();
    assertThat(tried.excess()).isEqualTo(bytes - 1);
    RetentionReply _ = resume(tried.rules());

    desk.service.followOnce();

    assertThat(state().state()).isEqualTo(State.IN_FORCE);
    assertThat(state().detail())
        .isEqualTo("protected artifacts exceed 'max-size' by %d bytes".formatted(bytes - 1));
  }

  @Test
  void stateHasTheProgressOfTheScrub() {
    assertThat(state().scrub()).isNull();
    desk.fixture.write(
        new Write.PutMeta(
            MetaKey.SCRUB_REACHED,
            Bytes.utf8("2026-11-24T10:00:00Z 2026-11-24T10:00:01Z - 3 400 1")));

    assertThat(state().scrub())
        .isEqualTo(
            new ScrubInfo(
                Instant.parse("2026-11-24T10:00:00Z"),
                Instant.parse("2026-11-24T10:00:01Z"),
                3,
                400,
                1));
  }

  @Test
  void rolesAreThoseOfTheOperations() {
    assertThat(
            desk.refusal(
                RetentionOperations.ARTIFACTS,
                new ArtifactsRequest(null, null, null),
                DeskRole.REVIEWER))
        .startsWith("forbidden: ");
    assertThat(
            desk.refusal(RetentionOperations.TRY_RETENTION, new EmptyRequest(), DeskRole.AUDITOR))
        .startsWith("forbidden: ");
    assertThat(
            desk.refusal(
                RetentionOperations.RESUME_RETENTION,
                new RetentionResumeRequest(id("any"), "unused"),
                DeskRole.AUDITOR))
        .startsWith("forbidden: ");
  }
}
