package lazaret.vetting.access;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import lazaret.testkit.ManualClock;
import lazaret.vetting.desk.access.TokenService;
import lazaret.vetting.desk.api.Caller;
import lazaret.vetting.desk.api.ProblemException;
import lazaret.vetting.deskapi.people.PersonRemoveRequest;
import lazaret.vetting.deskapi.people.SessionsEndReply;
import lazaret.vetting.deskapi.people.SessionsEndRequest;
import lazaret.vetting.gate.fixture.InMemoryStore;
import lazaret.vetting.gate.store.Token;
import lazaret.vetting.roles.DeskRole;
import lazaret.vetting.roles.RoleGrant;
import lazaret.vetting.roles.RoleGrants;
import lazaret.vetting.roles.SignInMethod;
import org.junit.jupiter.api.Test;

class PeopleHandlersTest {
  private static final String ISSUER = "https://id.example";

  private final InMemoryStore store = new InMemoryStore();
  private final ManualClock clock = new ManualClock(Instant.parse("2026-11-28T10:00:00Z"));
  private final TokenService tokens = new TokenService(store, clock);
  private final SessionService sessions =
      new SessionService(
          store,
          clock,
          tokens,
          new RoleMapping(
              ISSUER, List.of(new RoleMapping.Entry("admins", RoleGrant.of(DeskRole.ADMIN)))),
          SessionLimits.DEFAULT);

  private void signIn(String name) {
    Identity identity =
        new Identity(ISSUER, "id-" + name, name, name, null, List.of("admins"), null);
    assertThat(sessions.signIn(identity, null)).isInstanceOf(SignInResult.SignedIn.class);
  }

  private void token(String name, String owner, SignInMethod method) {
    tokens.create(
        new TokenService.TokenSpec(name, owner, RoleGrants.of(DeskRole.READER), method, null),
        "test");
  }

  @Test
  void endOfSessionsRevokesTheTokensOfLoginsOfThePersonAlone() {
    signIn("ann");
    signIn("ann");
    signIn("bob");
    token("login-ann-1", "ann", SignInMethod.LOGIN);
    token("login-bob-1", "bob", SignInMethod.LOGIN);
    token("ann-laptop", "ann", SignInMethod.TOKEN);

    List<String> ended = new ArrayList<>();
    SessionsEndReply reply =
        new PeopleHandlers(sessions, tokens, ended::add)
            .end(new SessionsEndRequest("ann"), Caller.local("local:carl"));

    assertThat(reply).isEqualTo(new SessionsEndReply("ann", 2, 1));
    assertThat(ended).containsExactly("ann");
    assertThat(sessions.list()).extracting(Session::person).containsExactly("bob");
    assertThat(tokens.list())
        .extracting(Token::name)
        .containsExactlyInAnyOrder("login-bob-1", "ann-laptop");
  }

  @Test
  void removalOfAPersonEndsTheirSessionsAndLogins() {
    signIn("ann");
    signIn("bob");
    token("login-ann-1", "ann", SignInMethod.LOGIN);
    List<String> ended = new ArrayList<>();
    PeopleHandlers people = new PeopleHandlers(sessions, tokens, ended::add);
    Caller carl = Caller.local("local:carl");

    SessionsEndReply reply = people.remove(new PersonRemoveRequest("Ann"), carl);

    assertThat(reply).isEqualTo(new SessionsEndReply("ann", 1, 1));
    assertThat(ended).as("before and after the removal").containsExactly("ann", "ann");
    assertThat(sessions.people()).extracting(Person::name).containsExactly("bob");
    assertThat(sessions.list()).extracting(Session::person).containsExactly("bob");
    assertThatThrownBy(() -> people.remove(new PersonRemoveRequest("ann"), carl))
        .isInstanceOf(ProblemException.class)
        .hasMessageContaining(
            "cannot remove 'ann': expected a person who signed in, found none with this name");
  }

  @Test
  void tokenOfALoginDuringARemovalIsRevoked() {
    signIn("ann");
    PeopleHandlers people =
        new PeopleHandlers(
            sessions,
            tokens,
            person -> {
              // A login that was approved before the removal gets its token after it.
              if (sessions.person(person).isEmpty()) {
                token("login-ann-1", person, SignInMethod.LOGIN);
              }
            });

    SessionsEndReply reply =
        people.remove(new PersonRemoveRequest("ann"), Caller.local("local:carl"));

    assertThat(reply).isEqualTo(new SessionsEndReply("ann", 1, 1));
    assertThat(tokens.list()).isEmpty();
  }
}
