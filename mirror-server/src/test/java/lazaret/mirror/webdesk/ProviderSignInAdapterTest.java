package lazaret.mirror.webdesk;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import lazaret.vetting.access.Session;
import lazaret.vetting.gate.store.DeskRow;
import lazaret.vetting.gate.store.DeskTable;
import lazaret.web.SignInFlow;
import lazaret.web.SignInFlow.Outcome;
import org.junit.jupiter.api.Test;

class ProviderSignInAdapterTest {
  private final SignInServer server = new SignInServer();
  private final SignInFlow flow = server.flow;

  private Outcome.SignedIn signedIn() {
    Outcome outcome = server.signIn("/desk/queue");
    assertThat(outcome).isInstanceOf(Outcome.SignedIn.class);
    return (Outcome.SignedIn) outcome;
  }

  private void refuses(Outcome outcome, int status, String sentence) {
    assertThat(outcome)
        .isInstanceOfSatisfying(
            Outcome.Refused.class,
            refused -> {
              assertThat(refused.status()).isEqualTo(status);
              assertThat(refused.sentence()).contains(sentence);
            });
    assertThat(server.sessions.list()).isEmpty();
  }

  @Test
  void beginsAtTheProviderWithACookie() {
    Outcome.Continues begun = server.begin("/desk/");

    assertThat(begun.location())
        .startsWith("https://id.example.org/authorize?")
        .contains("response_type=code");
    assertThat(begun.cookie().name()).isEqualTo("lazaret-signin");
    assertThat(begun.cookie().value()).matches("[A-Za-z0-9_-]{43}");
    assertThat(begun.cookie().age()).isEqualTo(Duration.ofMinutes(10));
    assertThat(flow.provider()).contains("id.example.org");
  }

  @Test
  void beginsASessionOfThePerson() {
    Outcome.SignedIn in = signedIn();

    assertThat(in.to()).isEqualTo("/desk/queue");
    Session session = server.sessions.find(in.secret()).orElseThrow();
    assertThat(session.person()).isEqualTo("ada");
    assertThat(session.subject()).isEqualTo("1234");
    assertThat(session.providerSession()).isEqualTo("session-1");
    assertThat(server.sessions.rolesOf(session)).hasToString("admin");
  }

  @Test
  void returnsToTheDeskInPlaceOfAnotherServer() {
    assertThat(server.signIn("//evil.example/"))
        .isInstanceOfSatisfying(
            Outcome.SignedIn.class, in -> assertThat(in.to()).isEqualTo("/desk/"));
  }

  @Test
  void refusesAnotherBrowser() {
    Outcome.Continues begun = server.begin("/desk/");

    refuses(
        flow.finish("code=c&state=invented", begun.cookie().value(), null),
        403,
        "this browser did not begin this sign-in");
    refuses(flow.finish("code=c", null, null), 403, "this browser did not begin this sign-in");
  }

  @Test
  void refusesAPersonWithoutARoleOrAName() {
    server.claims.put("groups", List.of("others"));
    refuses(server.signIn("/desk/"), 403, "no group of 'ada' has a role here");

    server.claims.put("groups", List.of("admins"));
    server.claims.put("preferred_username", "Ada Example");
    refuses(server.signIn("/desk/"), 403, "cannot sign in 'Ada Example': expected a name");
  }

  @Test
  void reportsAProviderThatDoesNotAnswer() {
    server.down = true;

    refuses(flow.begin("/desk/"), 503, "the identity provider does not answer");
  }

  private static String signOut(String name, String value) {
    return "https://id.example.org/logout?%s=%s&post_logout_redirect_uri=https%%3A%%2F%%2Fcrates.example.org%%2Fdesk%%2Fsign-in"
        .formatted(name, value);
  }

  @Test
  void signsOutAtTheProviderWithTheIdTokenOfTheSession() {
    Outcome.SignedIn in = signedIn();
    String idToken = server.idToken;
    Outcome.SignedIn other = signedIn();

    assertThat(flow.end(in.secret())).contains(signOut("id_token_hint", idToken));
    assertThat(server.sessions.find(in.secret())).isEmpty();
    assertThat(flow.end(in.secret())).isEmpty();
    assertThat(server.sessions.find(other.secret())).isPresent();
  }

  @Test
  void signsOutWithTheClientAloneAfterARestart() {
    Outcome.SignedIn in = signedIn();

    assertThat(server.restarted().end(in.secret())).contains(signOut("client_id", "lazaret"));
    assertThat(server.sessions.find(in.secret())).isEmpty();
  }

  @Test
  void idTokensAreNotInTheStore() {
    signedIn();
    String signature = server.idToken.substring(server.idToken.lastIndexOf('.') + 1);

    try (Stream<DeskRow> rows = server.store.deskRows().list(DeskTable.SESSIONS, "")) {
      assertThat(rows.toList())
          .singleElement()
          .satisfies(row -> assertThat(row.value().text()).doesNotContain(signature));
    }
  }
}
