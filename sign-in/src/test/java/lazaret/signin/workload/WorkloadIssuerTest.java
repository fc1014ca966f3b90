package lazaret.signin.workload;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import lazaret.signin.IssuerAddress;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class WorkloadIssuerTest {
  private static final IssuerAddress ADDRESS = WorkloadKind.GITHUB.publicIssuer().orElseThrow();
  private static final WorkloadBinding BINDING =
      new WorkloadBinding("release", WorkloadFixture.release(), WorkloadFixture.READER);

  private static WorkloadIssuer issuer(WorkloadKind kind, WorkloadBinding... bindings) {
    return new WorkloadIssuer(
        "forge", ADDRESS, kind, "gate", null, WorkloadIssuer.DEFAULT_AGE, List.of(bindings));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "https://github.com/acme",
        "https://token.actions.githubusercontent.com",
        "sigstore",
        "crates.io"
      })
  void refusesAnAudienceThatAnotherServiceUses(String audience) {
    assertThatThrownBy(() -> WorkloadIssuer.checkAudience(audience, ADDRESS))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "expected an audience that no other service uses, such as the URL of this gate");
  }

  @Test
  void refusesBindingsOfAnotherKindOrOfOneName() {
    assertThat(issuer(WorkloadKind.GITHUB, BINDING).bindings()).containsExactly(BINDING);
    assertThatThrownBy(() -> issuer(WorkloadKind.GITLAB, BINDING))
        .hasMessage("expected requirements of the issuer's kind in the binding 'release'");
    assertThatThrownBy(() -> issuer(WorkloadKind.GITHUB, BINDING, BINDING))
        .hasMessage("expected bindings of distinct names, found 'release' twice");
    assertThatThrownBy(() -> issuer(WorkloadKind.GITHUB))
        .hasMessage("expected 1 to 1000 bindings, found 0");
  }

  @Test
  void grantsNoAdministration() {
    assertThatThrownBy(
            () -> new GrantedRoles(List.of("reader", "admin"), List.of(), Duration.ofHours(1)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("expected roles other than admin for a CI job");
  }

  @Test
  void limitsTheLifeOfTokens() {
    for (Duration life : List.of(Duration.ofSeconds(59), Duration.ofHours(24).plusSeconds(1))) {
      assertThatThrownBy(() -> new GrantedRoles(List.of("reader"), List.of(), life))
          .hasMessage("expected a life of 1 minute to 24 hours");
    }
  }

  @Test
  void needsNumbersAndCompleteNames() {
    assertThatThrownBy(() -> new ClaimRequirements.Github(0, 42, null, null, null, false))
        .hasMessage("expected positive numbers as ids");
    assertThatThrownBy(() -> new ClaimRequirements.Github(65, 42, "a/b.yml", null, null, false))
        .hasMessage("expected the file name of a workflow like release.yml");
    assertThatThrownBy(() -> new ClaimRequirements.Github(65, 42, null, null, "main", false))
        .hasMessage("expected a complete ref like refs/heads/main");
    assertThatThrownBy(() -> WorkloadFixture.generic("a:", Map.of()))
        .hasMessage("expected a subject of at least 4 characters");
  }
}
