package lazaret.signin.oidc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.nimbusds.openid.connect.sdk.AuthenticationErrorResponse;
import com.nimbusds.openid.connect.sdk.AuthenticationResponse;
import com.nimbusds.openid.connect.sdk.AuthenticationSuccessResponse;
import java.net.URI;
import lazaret.vetting.MalformedException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AuthorizationResponseReaderTest {
  private static AuthenticationResponse parse(String query) {
    return AuthorizationResponseReader.parse(
        query, URI.create("https://crates.example.org/desk/sign-in/return"));
  }

  private static void refuses(String query, String expected) {
    assertThatThrownBy(() -> parse(query))
        .isInstanceOf(MalformedException.class)
        .hasMessageContaining("cannot read the response of the identity provider: expected ")
        .hasMessageContaining(expected);
  }

  @Test
  void readsKnownParameters() {
    AuthenticationSuccessResponse response =
        parse("code=a%2Bb+c&state=s=1&session_state=x&code2&iss=").toSuccessResponse();

    assertThat(response.getAuthorizationCode().getValue()).isEqualTo("a+b c");
    assertThat(response.getState().getValue()).isEqualTo("s=1");
    assertThat(response.getIssuer()).isNull();
    assertThat(response.getSessionState()).isNull();
    assertThat(parse("").toSuccessResponse().getAuthorizationCode()).isNull();
  }

  @Test
  void readsErrors() {
    assertThat(parse("error=access_denied&state=s&iss=https://id.example.org"))
        .isInstanceOfSatisfying(
            AuthenticationErrorResponse.class,
            response -> {
              assertThat(response.getErrorObject().getCode()).isEqualTo("access_denied");
              assertThat(response.getState().getValue()).isEqualTo("s");
              assertThat(response.getIssuer().getValue()).isEqualTo("https://id.example.org");
            });
    refuses("error=a%0ab&state=s", "a code or an error of printable ASCII characters");
  }

  @Test
  void readsNeitherTokensNorSignedResponses() {
    AuthenticationSuccessResponse response =
        parse("code=c&id_token=x&access_token=t&token_type=bearer&response=x").toSuccessResponse();

    assertThat(response.getAuthorizationCode().getValue()).isEqualTo("c");
    assertThat(response.getIDToken()).isNull();
    assertThat(response.getAccessToken()).isNull();
    assertThat(response.getJWTResponse()).isNull();
  }

  @ParameterizedTest
  @ValueSource(strings = {"code=a&code=b", "state=a&st%61te=a", "iss&iss"})
  void refusesAParameterTwice(String query) {
    refuses(query, "expected each parameter once, found");
  }

  @Test
  void refusesOtherTexts() {
    for (String query : new String[] {"code=%zz", "code=c&state=%", "%f"}) {
      refuses(query, "expected a query in the form of a web address");
    }
    for (String query : new String[] {"x".repeat(16_385), "&".repeat(64)}) {
      refuses(query, "expected at most 16384 characters and 64 parameters, found more");
    }
  }
}
