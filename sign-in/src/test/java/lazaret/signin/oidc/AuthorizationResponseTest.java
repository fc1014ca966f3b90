package lazaret.signin.oidc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;
import lazaret.vetting.MalformedException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AuthorizationResponseTest {
  @Test
  void readsKnownParameters() {
    AuthorizationResponse response =
        AuthorizationResponse.parse("code=a%2Bb+c&state=s=1&session_state=x&code2&iss=");

    assertThat(response.parameters()).isEqualTo(Map.of("code", "a+b c", "state", "s=1", "iss", ""));
    assertThat(response.parameter("iss")).isEmpty();
    assertThat(response.parameter("error")).isEmpty();
    assertThat(AuthorizationResponse.parse("").parameters()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"code=a&code=b", "state=a&st%61te=a", "iss&iss"})
  void refusesAParameterTwice(String query) {
    assertThatThrownBy(() -> AuthorizationResponse.parse(query))
        .isInstanceOf(MalformedException.class)
        .hasMessageContaining("expected each parameter once, found");
  }

  @Test
  void refusesOtherTexts() {
    assertThatThrownBy(() -> AuthorizationResponse.parse("code=%zz"))
        .isInstanceOf(MalformedException.class)
        .hasMessageContaining("expected a query in the form of a web address");
    for (String query : new String[] {"x".repeat(16_385), "&".repeat(64)}) {
      assertThatThrownBy(() -> AuthorizationResponse.parse(query))
          .isInstanceOf(MalformedException.class)
          .hasMessageContaining("expected at most 16384 characters and 64 parameters, found more");
    }
  }
}
