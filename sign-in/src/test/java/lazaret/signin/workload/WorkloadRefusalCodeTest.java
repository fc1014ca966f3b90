package lazaret.signin.workload;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/// The codes that jobs and pages of the manual have.
class WorkloadRefusalCodeTest {
  @Test
  void codesStay() {
    assertThat(Stream.of(WorkloadRefusalCode.values()).map(WorkloadRefusalCode::code))
        .containsExactlyInAnyOrder(
            "fork-event",
            "no-binding",
            "token-audience",
            "token-claim-missing",
            "token-expired",
            "token-issuer",
            "token-malformed",
            "token-not-yet-valid",
            "token-signature",
            "token-too-large",
            "token-used");
  }
}
