package lazaret.vetting.access;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.time.Instant;
import java.util.AbstractCollection;
import java.util.Collection;
import java.util.Iterator;
import java.util.List;
import java.util.stream.Stream;
import lazaret.testkit.ManualClock;
import lazaret.vetting.Bytes;
import lazaret.vetting.MalformedException;
import lazaret.vetting.desk.access.TokenService;
import lazaret.vetting.gate.fixture.ConcurrencyContract;
import lazaret.vetting.gate.fixture.InMemoryStore;
import lazaret.vetting.gate.fixture.SharedMemory;
import lazaret.vetting.gate.store.Batch;
import lazaret.vetting.gate.store.DeskRow;
import lazaret.vetting.gate.store.DeskTable;
import lazaret.vetting.gate.store.Token;
import lazaret.vetting.ledger.LedgerEntry;
import lazaret.vetting.ledger.Notice;
import lazaret.vetting.roles.DeskRole;
import lazaret.vetting.roles.RoleGrant;
import lazaret.vetting.roles.RoleGrants;
import lazaret.vetting.roles.SignInMethod;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class SessionServiceTest {
  private static final Instant START = Instant.parse("2026-11-28T10:00:00Z");
  private static final String ISSUER = "https://id.example";

  private final InMemoryStore store = new InMemoryStore();
  private final ManualClock clock = new ManualClock(START);
  private final TokenService tokens = new TokenService(store, clock);
  private final SessionService sessions = service("reviewers", "reviewer:zstd-*");

  private SessionService service(String group, String role) {
    return service(ISSUER, group, role);
  }

  private SessionService service(String issuer, String group, String role) {
    RoleMapping mapping =
        new RoleMapping(
            issuer,
            List.of(
                new RoleMapping.Entry("admins", RoleGrant.of(DeskRole.ADMIN)),
                new RoleMapping.Entry(group, RoleGrant.parse(role))));
    return new SessionService(store, clock, tokens, mapping, SessionLimits.DEFAULT);
  }

  private static Identity identity(String name, String subject, String... groups) {
    return new Identity(ISSUER, subject, name, name, null, List.of(groups), "sid-" + subject);
  }

  private String signIn(String name) {
    return signIn(name, null);
  }

  private String signIn(String name, @Nullable String earlier) {
    SignInResult result = sessions.signIn(identity(name, "id-" + name, "reviewers"), earlier);
    assertThat(result).isInstanceOf(SignInResult.SignedIn.class);
    return ((SignInResult.SignedIn) result).secret().text();
  }

  @Test
  void sessionHasThePersonAndTheRolesOfTheGroups() {
    Session session = sessions.find(signIn("ann")).orElseThrow();

    assertThat(session.person()).isEqualTo("ann");
    assertThat(sessions.rolesOf(session).toString()).isEqualTo("reviewer:zstd-*");
  }

  @Test
  void sessionIsOpenUntilItEnds() {
    Session session = sessions.find(signIn("ann")).orElseThrow();
    assertThat(sessions.isOpen(session)).isTrue();

    assertThat(sessions.endAll("ann")).isOne();

    assertThat(sessions.isOpen(session)).isFalse();
  }

  @Test
  void newMappingAppliesToExistingSessions() {
    String secret = signIn("ann");
    SessionService later = service("reviewers", "auditor");

    assertThat(later.rolesOf(later.find(secret).orElseThrow()).toString()).isEqualTo("auditor");
  }

  private Token token(String owner, SignInMethod method, @Nullable String approver) {
    return tokens
        .create(
            new TokenService.TokenSpec(
                owner + "-" + method.code(),
                owner,
                RoleGrants.parse(List.of("reviewer:zstd-*", "publish-update:acme-*")),
                method,
                null,
                approver),
            "test")
        .token();
  }

  @Test
  void tokenOfAPersonHasNoMoreThanThePersonHasNow() {
    SessionService before = service("reviewers", "publish-update:acme-*");
    String _ = signIn("ann");
    Token own = token("ann", SignInMethod.LOGIN, null);

    assertThat(before.present(own).roles().texts()).containsExactly("publish-update:acme-*");
    assertThat(service("reviewers", "publish-update:acme-core").present(own).roles().texts())
        .containsExactly("publish-update:acme-core");
    assertThat(service("reviewers", "reviewer").present(own).roles().texts())
        .containsExactly("reviewer:zstd-*");
    assertThat(service("others", "reviewer").present(own).roles().isEmpty()).isTrue();
  }

  /// The sign-in is refused, so that the groups of the last one would remain for 90 days.
  @Test
  void tokenOfAPersonWithoutAGroupHasNoRoleAfterARefusedSignIn() {
    String _ = signIn("ann");
    Token own = token("ann", SignInMethod.LOGIN, null);
    assertThat(sessions.present(own).roles().isEmpty()).isFalse();

    assertThat(sessions.signIn(identity("ann", "id-ann", "guests"), null))
        .isInstanceOf(SignInResult.Refused.class);

    assertThat(sessions.present(own).roles().isEmpty()).isTrue();
    assertThat(sessions.person("ann").orElseThrow().groups()).containsExactly("guests");
    String _ = signIn("ann");
    assertThat(sessions.present(own).roles().isEmpty()).isFalse();
  }

  /// Their roles come from an administrator or from another token.
  @Test
  void tokensThatNoSignInGaveKeepTheirRoles() {
    String _ = signIn("ann");
    Token given = token("ann", SignInMethod.TOKEN, null);
    Token approved = token("ann", SignInMethod.LOGIN, Token.publicId(given.secretHash()));
    Token absent = token("nobody", SignInMethod.LOGIN, null);
    SessionService later = service("others", "reviewer");

    assertThat(later.present(given)).isEqualTo(given);
    assertThat(later.present(approved)).isEqualTo(approved);
    assertThat(later.present(absent)).isEqualTo(absent);
  }

  @Test
  void sessionByATokenOfAPersonEndsWithTheRoles() {
    String _ = signIn("ann");
    TokenService.IssuedToken own =
        tokens.create(
            new TokenService.TokenSpec(
                "ann-cargo",
                "ann",
                RoleGrants.parse(List.of("reviewer:zstd-*")),
                SignInMethod.LOGIN,
                null),
            "ann");
    SignInResult result = sessions.signIn(own.secret(), null);
    assertThat(result).isInstanceOf(SignInResult.SignedIn.class);
    String secret = ((SignInResult.SignedIn) result).secret().text();
    assertThat(sessions.find(secret)).isPresent();

    assertThat(service("others", "reviewer").find(secret)).isEmpty();
  }

  @Test
  void sessionsOfAFormerProviderEnd() {
    String secret = signIn("ann");
    SessionService later = service("https://other.example", "reviewers", "reviewer");

    assertThat(later.find(secret)).isEmpty();
    assertThat(later.list()).isEmpty();
    assertThat(later.rolesOf(later.people().getFirst())).isEqualTo(RoleGrants.NONE);
    assertThat(sessions.find(secret)).isPresent();
  }

  @Test
  void storeHasTheHashAlone() {
    String secret = signIn("ann");

    try (Stream<DeskRow> rows = store.deskRows().list(DeskTable.SESSIONS, "")) {
      assertThat(rows.toList())
          .singleElement()
          .satisfies(
              row -> {
                assertThat(row.key()).doesNotContain(secret);
                assertThat(row.value().text()).contains("ann").doesNotContain(secret);
              });
    }
  }

  @Test
  void sessionEndsAfterAnIdleTime() {
    String secret = signIn("ann");
    clock.advance(Duration.ofMinutes(29));
    assertThat(sessions.find(secret)).isPresent();
    clock.advance(Duration.ofMinutes(29));
    assertThat(sessions.find(secret)).isPresent();

    clock.advance(Duration.ofMinutes(30));

    assertThat(sessions.find(secret)).isEmpty();
  }

  @Test
  void sessionEndsTwelveHoursAfterSignIn() {
    String secret = signIn("ann");
    for (int i = 0; i < 12 * 4 - 1; i++) {
      clock.advance(Duration.ofMinutes(15));
      assertThat(sessions.find(secret)).isPresent();
    }

    clock.advance(Duration.ofMinutes(15));

    assertThat(sessions.find(secret)).isEmpty();
  }

  @Test
  void signInEndsTheFormerSessionOfTheBrowser() {
    String former = signIn("ann");

    String next = signIn("ann", former);

    assertThat(next).isNotEqualTo(former);
    assertThat(sessions.find(former)).isEmpty();
    assertThat(sessions.find(next)).isPresent();
  }

  @Test
  void personWithoutRoleIsRefused() {
    SignInResult result = sessions.signIn(identity("eve", "id-eve", "guests"), null);

    assertThat(result)
        .isEqualTo(
            new SignInResult.Refused(
                "no group of 'eve' has a role here; ask an administrator to add one to [sign-in]"));
    assertThat(sessions.people()).isEmpty();
  }

  @Test
  void anotherAccountWithTheSameNameIsRefused() {
    signIn("ann");

    SignInResult result = sessions.signIn(identity("Ann", "other", "reviewers"), null);

    assertThat(result)
        .isEqualTo(
            new SignInResult.Refused(
                "the name 'Ann' belongs to another account of an identity provider; if that one is"
                    + " no longer used, ask an administrator to remove the person on the page"
                    + " People and tokens"));
  }

  @Test
  void nameOfARemovedPersonIsFree() {
    String former = signIn("ann");
    String other = signIn("bob");

    sessions.remove("ann", "carl");

    assertThat(sessions.find(former)).isEmpty();
    assertThat(sessions.find(other)).isPresent();
    assertThat(sessions.people()).extracting(Person::name).containsExactly("bob");
    assertThat(sessions.signIn(identity("Ann", "other", "reviewers"), null))
        .isInstanceOf(SignInResult.SignedIn.class);
    try (Stream<LedgerEntry> entries = store.ledger(0)) {
      assertThat(entries.map(LedgerEntry::event))
          .containsExactly(
              new Notice(
                  Notice.Kind.PERSON_REMOVED,
                  START,
                  "carl",
                  null,
                  null,
                  "person 'ann' of https://id.example"));
    }
  }

  @Test
  void personKeepsTheFirstNameIfTheProviderChangesIt() {
    signIn("ann");

    for (String name : List.of("Ann", "ann.smith")) {
      SignInResult result = sessions.signIn(identity(name, "id-ann", "reviewers"), null);

      assertThat(result)
          .isInstanceOfSatisfying(
              SignInResult.SignedIn.class,
              in -> assertThat(in.session().person()).isEqualTo("ann"));
    }
    assertThat(sessions.people()).extracting(Person::name).containsExactly("ann");
    assertThat(sessions.endAll("ann")).isEqualTo(3);
  }

  @Test
  void personDoesNotGetTheNameOfAnother() {
    signIn("ann");
    signIn("bob");

    SignInResult result = sessions.signIn(identity("bob", "id-ann", "reviewers"), null);

    assertThat(result)
        .isInstanceOfSatisfying(
            SignInResult.SignedIn.class, in -> assertThat(in.session().person()).isEqualTo("ann"));
  }

  @Test
  void logoutOfTheProviderEndsTheSessionOrThePerson() {
    String ann = signIn("ann");
    String again = signIn("ann");
    String bob = signIn("bob");

    assertThat(sessions.logOut("https://other.example", "id-ann", null)).isZero();
    assertThat(sessions.logOut(ISSUER, null, null)).isZero();
    assertThat(sessions.logOut(ISSUER, "id-ann", "sid-unknown")).isZero();
    assertThat(sessions.logOut(ISSUER, "id-ann", null)).isEqualTo(2);
    assertThat(sessions.find(ann)).isEmpty();
    assertThat(sessions.find(again)).isEmpty();
    assertThat(sessions.find(bob)).isPresent();
    assertThat(sessions.logOut(ISSUER, null, "sid-id-bob")).isEqualTo(1);
  }

  @Test
  void logoutOfASessionEndsThoseOfThePersonWithoutAnId() {
    Identity ann = new Identity(ISSUER, "id-ann", "ann", "Ann", null, List.of("reviewers"), null);
    assertThat(sessions.signIn(ann, null)).isInstanceOf(SignInResult.SignedIn.class);
    signIn("ann");
    signIn("bob");

    assertThat(sessions.logOut(ISSUER, null, "sid-other")).isZero();
    assertThat(sessions.logOut(ISSUER, "id-bob", "sid-other")).isZero();
    assertThat(sessions.logOut(ISSUER, "id-ann", "sid-other")).isEqualTo(1);
    assertThat(sessions.list())
        .extracting(Session::providerSession)
        .containsExactlyInAnyOrder("sid-id-ann", "sid-id-bob");
  }

  @Test
  void signOutEndsOneSession() {
    String one = signIn("ann");
    String two = signIn("ann");

    sessions.signOut(one);
    sessions.signOut("no secret");

    assertThat(sessions.find(one)).isEmpty();
    assertThat(sessions.find(two)).isPresent();
  }

  @Test
  void signOutReadsNoOtherSession() {
    String secret = signIn("ann");
    DeskRow unreadable = new DeskRow(DeskTable.SESSIONS, "0".repeat(64), Bytes.utf8("{"));
    store.commit(Batch.synced(List.of(new Batch.Write.PutDeskRow(unreadable))));

    sessions.signOut("a".repeat(64));
    sessions.signOut(secret);

    assertThat(sessions.find(secret)).isEmpty();
  }

  @Test
  void oldestSessionOfAPersonEndsAboveTheLimit() {
    String first = signIn("ann");
    for (int i = 0; i < SessionLimits.DEFAULT.perPerson(); i++) {
      clock.advance(Duration.ofSeconds(61));
      signIn("ann");
    }

    assertThat(sessions.find(first)).isEmpty();
    assertThat(sessions.list()).hasSize(SessionLimits.DEFAULT.perPerson());
  }

  @Test
  void sessionByTokenHasItsRolesAndEndsWithIt() {
    String token =
        tokens.create("ann-laptop", RoleGrants.of(DeskRole.AUDITOR), null, "test").secret();

    SignInResult result = sessions.signIn(token, null);

    assertThat(result).isInstanceOf(SignInResult.SignedIn.class);
    String secret = ((SignInResult.SignedIn) result).secret().text();
    Session session = sessions.find(secret).orElseThrow();
    assertThat(session.person()).isEqualTo("ann-laptop");
    assertThat(sessions.rolesOf(session)).isEqualTo(RoleGrants.of(DeskRole.AUDITOR));
    assertThat(sessions.list()).hasSize(1);
    tokens.revoke("ann-laptop", "test");
    assertThat(sessions.find(secret)).isEmpty();
    assertThat(sessions.list()).isEmpty();
  }

  @Test
  void unknownTokenIsRefusedWithTheReason() {
    assertThat(sessions.signIn("lzr_wrong", null))
        .isEqualTo(
            new SignInResult.Refused(
                "the token is not one of a gate: expected lzr_ and 64 hex digits"));
  }

  @Test
  void rolesOfManyGroupsAreFoundWithoutASearchForEachEntry() {
    Collection<String> groups =
        new AbstractCollection<>() {
          @Override
          public Iterator<String> iterator() {
            return List.of("guests", "admins").iterator();
          }

          @Override
          public int size() {
            return 2;
          }

          @Override
          public boolean contains(@Nullable Object group) {
            throw new AssertionError("a search in all groups");
          }
        };
    RoleMapping mapping =
        new RoleMapping(
            ISSUER, List.of(new RoleMapping.Entry("admins", RoleGrant.of(DeskRole.ADMIN))));

    assertThat(mapping.rolesOf(ISSUER, groups)).isEqualTo(RoleGrants.of(DeskRole.ADMIN));
  }

  @Test
  void mappingWithoutAdminIsRefused() {
    assertThatThrownBy(
            () ->
                new RoleMapping(
                    ISSUER, List.of(new RoleMapping.Entry("all", RoleGrant.of(DeskRole.REVIEWER)))))
        .isInstanceOf(MalformedException.class)
        .hasMessageContaining("expected a group with the role admin, found none");
  }

  @Test
  void reservedAndMalformedNamesAreRefused() {
    for (String name :
        List.of("admin", "Gate", "local:root", "ci:build", "", "a b", "<b>", "x".repeat(65))) {
      assertThatThrownBy(() -> identity(name, "id"))
          .as(name)
          .isInstanceOf(MalformedException.class)
          .hasMessageStartingWith("cannot sign in '");
    }
  }

  @Test
  void namesOfTheGateAreRefusedInAnyCase() {
    for (String name :
        List.of("Admin", "gate", "GATE", "Local:root", "CI:build", "Group:x", "person:bob")) {
      assertThatThrownBy(() -> identity(name, "id"))
          .isInstanceOf(MalformedException.class)
          .hasMessage(
              "cannot sign in '%s': expected the name of a person, found one that the gate uses"
                  + " itself; change the claim of the name in [sign-in]",
              name);
    }
  }

  @Test
  void aRequestAtOneNodeDoesNotBeginASessionAgainThatEndedAtAnother() throws Exception {
    SharedMemory memory = new SharedMemory();
    SessionService one = service(memory.node("one"));
    SessionService two = service(memory.node("two"));
    for (int i = 0; i < 50; i++) {
      SignInResult result = one.signIn(identity("ann", "id-ann", "reviewers"), null);
      String secret = ((SignInResult.SignedIn) result).secret().text();
      clock.advance(Duration.ofMinutes(2));

      // The request replaces the time of the last one.
      ConcurrencyContract.inParallel(
          2,
          node -> {
            if (node == 0) {
              one.signOut(secret);
            } else {
              var _ = two.find(secret);
            }
          });

      assertThat(two.find(secret)).isEmpty();
    }
  }

  private SessionService service(InMemoryStore node) {
    RoleMapping mapping =
        new RoleMapping(
            ISSUER,
            List.of(
                new RoleMapping.Entry("reviewers", RoleGrant.parse("reviewer")),
                new RoleMapping.Entry("admins", RoleGrant.parse("admin"))));
    return new SessionService(
        node, clock, new TokenService(node, clock), mapping, SessionLimits.DEFAULT);
  }
}
