package lazaret.signin.workload;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import lazaret.signin.FakeProvider;
import lazaret.signin.workload.WorkloadVerification.Refused;
import lazaret.signin.workload.WorkloadVerification.Verified;
import lazaret.testkit.ClaimsBuilder;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class BindingSearchTest {
  private final WorkloadFixture ci = new WorkloadFixture();

  private static void accepts(WorkloadTokenVerifier verifier, ClaimsBuilder claims) {
    assertThat(verifier.verify(WorkloadFixture.signed(claims))).isInstanceOf(Verified.class);
  }

  private static void refuses(
      WorkloadTokenVerifier verifier, ClaimsBuilder claims, String expectedAndFound) {
    refuses(verifier, claims, WorkloadRefusalCode.NO_BINDING, expectedAndFound);
  }

  private static void refuses(
      WorkloadTokenVerifier verifier,
      ClaimsBuilder claims,
      WorkloadRefusalCode code,
      String expectedAndFound) {
    assertThat(verifier.verify(WorkloadFixture.signed(claims)))
        .isEqualTo(new Refused(code, "cannot accept the token of the CI job: " + expectedAndFound));
  }

  private static final String EXPECTED =
      "expected repository_id '65', repository_owner_id '42', workflow_ref with the file"
          + " 'release.yml', environment 'release', ref 'refs/heads/main', an event_name that no"
          + " fork can cause (binding 'binding-1' of issuer 'forge'), found ";
  private static final String NEXT = "; change the job or the binding";

  @Test
  void refusesAResurrectedNameAndListsNoBinding() {
    refuses(
        ci.github(),
        ci.claims().with("repository_id", "66").with("repository_owner_id", "43"),
        "expected the ids of a binding of issuer 'forge', found repository_id '66',"
            + " repository_owner_id '43'; add a binding for them");
  }

  @Test
  void refusesARepositoryThatMovedToAnotherOwner() {
    refuses(
        ci.github(),
        ci.claims().with("repository_owner_id", "43"),
        EXPECTED + "repository_owner_id '43'" + NEXT);
  }

  @Test
  void refusesAJobWithoutTheEnvironment() {
    refuses(ci.github(), ci.claims().without("environment"), EXPECTED + "no environment" + NEXT);
    refuses(
        ci.github(),
        ci.claims().with("environment", "staging").with("ref", "refs/heads/x"),
        EXPECTED + "environment 'staging', ref 'refs/heads/x'" + NEXT);
    accepts(ci.github(), ci.claims().with("environment", "Release"));
  }

  /// The Kelvin sign is a `k` in lower case, and names another environment of the CI system.
  @Test
  void environmentIgnoresTheCaseOfAsciiLettersAlone() {
    ClaimRequirement kernel =
        new ClaimRequirement("environment", ClaimRequirement.Form.EQUAL_IGNORING_CASE, "Kernel");

    assertThat(kernel.isMetBy(new WorkloadClaims(Map.of("environment", "kERNEL")))).isTrue();
    assertThat(kernel.isMetBy(new WorkloadClaims(Map.of("environment", "\u212aernel")))).isFalse();
  }

  @ParameterizedTest
  @ValueSource(strings = {"pull_request", "pull_request_target", "workflow_run"})
  void refusesEventsThatAForkCanCause(String event) {
    refuses(
        ci.github(),
        ci.claims().with("event_name", event),
        WorkloadRefusalCode.FORK_EVENT,
        EXPECTED + "event_name '" + event + "'" + NEXT);
  }

  @Test
  void refusesAGithubTokenWithoutItsEvent() {
    refuses(
        ci.github(),
        ci.claims().without("event_name"),
        WorkloadRefusalCode.FORK_EVENT,
        EXPECTED + "no event_name" + NEXT);
  }

  @Test
  void acceptsEventsOfForksIfTheBindingPermitsThem() {
    accepts(
        ci.verifier(
            WorkloadKind.GITHUB, new ClaimRequirements.Github(65, 42, null, null, null, true)),
        ci.claims().with("event_name", "pull_request").without("environment"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "acme/widgets/.github/workflows/other.yml@refs/heads/main",
        "acme/widgets/.github/workflows/release.yml@evil.yml@refs/heads/main",
        "acme/widgets/.github/workflows/x/release.yml@refs/heads/main",
        "evil/widgets/.github/workflows/release.yml@refs/heads/main",
        "release.yml"
      })
  void refusesAnotherWorkflow(String workflow) {
    refuses(
        ci.github(),
        ci.claims().with("workflow_ref", workflow),
        EXPECTED + "workflow_ref '" + workflow + "'" + NEXT);
  }

  @Test
  void readsTheCalledWorkflowOnlyWithoutTheOther() {
    accepts(ci.github(), ci.claims().without("workflow_ref"));
    refuses(
        ci.github(),
        ci.claims()
            .with("jti", "2")
            .without("workflow_ref")
            .with("job_workflow_ref", "evil/x/.github/workflows/release.yml@refs/heads/main"),
        EXPECTED + "no workflow_ref" + NEXT);
  }

  @Test
  void explainsTheNearestOfSeveralBindings() {
    WorkloadTokenVerifier verifier =
        ci.verifier(
            WorkloadKind.GITHUB,
            new ClaimRequirements.Github(65, 42, "docs.yml", "docs", null, true),
            new ClaimRequirements.Github(65, 42, "release.yml", "production", null, true),
            new ClaimRequirements.Github(99, 98, null, null, null, true));

    refuses(
        verifier,
        ci.claims(),
        "expected repository_id '65', repository_owner_id '42', workflow_ref with the file"
            + " 'release.yml', environment 'production' (binding 'binding-2' of issuer 'forge'),"
            + " found environment 'release'; change the job or the binding");
  }

  @Test
  void usesTheFirstBindingThatMatches() {
    WorkloadTokenVerifier verifier =
        ci.verifier(
            WorkloadKind.GITHUB,
            new ClaimRequirements.Github(65, 42, "docs.yml", null, null, false),
            new ClaimRequirements.Github(65, 42, null, null, null, false),
            WorkloadFixture.release());

    assertThat(verifier.verify(WorkloadFixture.signed(ci.claims())))
        .isInstanceOfSatisfying(
            Verified.class,
            verified -> assertThat(verified.binding().name()).isEqualTo("binding-2"));
  }

  @Test
  void matchesProjectsOfGitlabByTheirNumbers() {
    WorkloadTokenVerifier verifier =
        ci.verifier(
            WorkloadKind.GITLAB,
            new ClaimRequirements.Gitlab(22, 72, "main", "branch", true, "release"));
    ClaimsBuilder claims =
        ClaimsBuilder.gitlab(FakeProvider.ISSUER, WorkloadFixture.AUDIENCE, ci.now());
    String expected =
        "expected project_id '22', namespace_id '72', ref 'main', ref_type 'branch',"
            + " ref_protected 'true', environment 'release' (binding 'binding-1' of issuer"
            + " 'forge'), found ";

    accepts(verifier, claims);
    accepts(verifier, claims.with("jti", "2").with("project_id", 22).with("ref_protected", true));
    refuses(
        verifier,
        claims.with("jti", "3").with("ref_protected", "false"),
        expected + "ref_protected 'false'" + NEXT);
    refuses(
        verifier,
        claims.with("ref_protected", "true").with("ref_type", "tag"),
        expected + "ref_type 'tag'" + NEXT);
    refuses(
        verifier,
        claims.with("ref_type", "branch").with("namespace_id", "73"),
        expected + "namespace_id '73'" + NEXT);
  }

  @Test
  void matchesOtherSubjectsExactlyOrByTheirBeginning() {
    WorkloadTokenVerifier verifier =
        ci.verifier(
            WorkloadKind.GENERIC,
            WorkloadFixture.generic("pipeline:17", Map.of()),
            WorkloadFixture.generic("team:infra:", Map.of("stage", "deploy")));

    accepts(verifier, subject("pipeline:17"));
    accepts(verifier, subject("team:infra:job:4").with("jti", "2").with("stage", "deploy"));
    refuses(
        verifier,
        subject("pipeline:170"),
        "expected the ids of a binding of issuer 'forge', found sub 'pipeline:170'; add a binding"
            + " for them");
    refuses(
        verifier,
        subject("team:infra:job:4"),
        "expected sub beginning with 'team:infra:', stage 'deploy' (binding 'binding-2' of issuer"
            + " 'forge'), found no stage; change the job or the binding");
  }

  private ClaimsBuilder subject(String subject) {
    return ClaimsBuilder.generic(FakeProvider.ISSUER, WorkloadFixture.AUDIENCE, ci.now(), subject);
  }

  @Test
  void showsForeignTextInPrintableForm() {
    assertThat(
            ci.github()
                .verify(WorkloadFixture.signed(ci.claims().with("environment", "a\u001b[2Jb"))))
        .isInstanceOfSatisfying(
            Refused.class,
            refused -> assertThat(refused.detail()).contains("environment 'a?[2Jb'"));
  }
}
