package lazaret.vetting.access;

import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import lazaret.vetting.Bytes;
import lazaret.vetting.Secret;
import lazaret.vetting.crates.Sha256;
import lazaret.vetting.desk.access.TokenService;
import lazaret.vetting.gate.store.Batch;
import lazaret.vetting.gate.store.Batch.Write;
import lazaret.vetting.gate.store.DeskTable;
import lazaret.vetting.gate.store.Store;
import lazaret.vetting.gate.store.Token;
import lazaret.vetting.gate.store.WriteScope;
import lazaret.vetting.ledger.Notice;
import lazaret.vetting.roles.RoleGrants;
import org.jspecify.annotations.Nullable;

/// The service for persons who sign in at an identity provider, and for their sessions. Roles are
/// computed from the groups at each request, so that a new mapping applies to existing sessions.
/// Thread-safe; blocks.
public final class SessionService {
  private static final int SECRET_BYTES = 32;
  private static final int MAX_SESSIONS = 10_000;
  private static final int MAX_PEOPLE = 100_000;
  private static final Pattern SECRET = Pattern.compile("[0-9a-f]{64}");

  /// The time after which the stored time of the last request is replaced.
  private static final Duration TOUCH = Duration.ofMinutes(1);

  private final Store store;
  private final Clock clock;
  private final TokenService tokens;
  private final @Nullable RoleMapping mapping;
  private final SessionLimits limits;
  private final StoredDocuments<Session> sessions;
  private final StoredDocuments<Person> people;
  private final SecureRandom random = new SecureRandom();

  /// Creates the service.
  ///
  /// @param tokens the tokens by which persons can sign in
  /// @param mapping the roles by groups; null if there is no identity provider
  public SessionService(
      Store store,
      Clock clock,
      TokenService tokens,
      @Nullable RoleMapping mapping,
      SessionLimits limits) {
    this.store = store;
    this.clock = clock;
    this.tokens = tokens;
    this.mapping = mapping;
    this.limits = limits;
    this.sessions = new StoredDocuments<>(store, DeskTable.SESSIONS, Session.class);
    this.people = new StoredDocuments<>(store, DeskTable.PEOPLE, Person.class);
  }

  /// Begins a session of a person. The session of the same browser that existed before ends, so
  /// that a secret from before sign-in is worth nothing.
  ///
  /// A person is the account at the provider, and keeps the name of the first sign-in. Under a
  /// second name, one person could count as two, for example as requester and approver.
  ///
  /// @param identity the person, verified
  /// @param earlier the secret in the cookie of the request; null if there is none
  public SignInResult signIn(Identity identity, @Nullable String earlier) {
    if (rolesOf(identity.issuer(), identity.groups()).isEmpty()) {
      boolean _ = store.serially(WriteScope.SESSIONS, () -> leftGroups(identity));
      return new SignInResult.Refused(
          "no group of '%s' has a role here; ask an administrator to add one to [sign-in]"
              .formatted(identity.name()));
    }
    Instant now = clock.instant();
    return store.serially(WriteScope.SESSIONS, () -> known(identity, earlier, now));
  }

  /// Stores the groups of a person who may not sign in any more. Tokens of the person, and the
  /// ownership by groups, depend on the last ones that are known.
  private boolean leftGroups(Identity identity) {
    Person known = account(identity).orElse(null);
    if (known == null || known.groups().equals(identity.groups())) {
      return false;
    }
    store.commit(Batch.synced(List.of(people.put(key(known.name()), known.in(identity.groups())))));
    return true;
  }

  private SignInResult known(Identity identity, @Nullable String earlier, Instant now) {
    Optional<Person> named = people.find(key(identity.name()));
    Optional<Person> known = named.filter(each -> each.is(identity)).or(() -> account(identity));
    if (named.isPresent() && known.isEmpty()) {
      return new SignInResult.Refused(
          "the name '%s' belongs to another account of an identity provider; if that one is no longer used, ask an administrator to remove the person on the page People and tokens"
              .formatted(identity.name()));
    }
    Identity person = known.map(each -> identity.withName(each.name())).orElse(identity);
    return begin(person, known.orElse(null), earlier, now);
  }

  /// Returns the person with the account of an identity, under any name.
  private Optional<Person> account(Identity identity) {
    return people.list().stream().filter(each -> each.is(identity)).findFirst();
  }

  private SignInResult begin(
      Identity identity, @Nullable Person known, @Nullable String earlier, Instant now) {
    if (known == null && people.list().size() >= MAX_PEOPLE) {
      return new SignInResult.Refused("this gate has over %d persons".formatted(MAX_PEOPLE));
    }
    String secret = secret();
    Session session = Session.of(identity, hash(secret), now);
    List<Write> writes = new ArrayList<>(begun(session, earlier, now));
    writes.add(people.put(key(identity.name()), person(identity, known, now)));
    store.commit(Batch.synced(writes));
    return new SignInResult.SignedIn(session, new Secret(secret));
  }

  /// Begins a session of the owner of a token. It has the roles of the token and ends with it.
  ///
  /// @param text the secret of the token
  /// @param earlier the secret in the cookie of the request; null if there is none
  public SignInResult signIn(String text, @Nullable String earlier) {
    Optional<Token> token = tokens.authenticate(text);
    if (token.isEmpty()) {
      return new SignInResult.Refused(tokens.rejection(text));
    }
    Instant now = clock.instant();
    String secret = secret();
    Session session = Session.of(token.get(), hash(secret), now);
    var _ =
        store.serially(
            WriteScope.SESSIONS, () -> store.commit(Batch.synced(begun(session, earlier, now))));
    return new SignInResult.SignedIn(session, new Secret(secret));
  }

  private String secret() {
    byte[] bits = new byte[SECRET_BYTES];
    random.nextBytes(bits);
    return HexFormat.of().formatHex(bits);
  }

  private List<Write> begun(Session session, @Nullable String earlier, Instant now) {
    List<Write> writes = new ArrayList<>(ended(sessions.list(), session, earlier, now));
    writes.add(sessions.put(session.hash().hex(), session));
    return writes;
  }

  /// Returns the removals of sessions that end because of a new one. They are the earlier one of
  /// the same browser, those that are not valid any longer, and the oldest ones above a limit.
  private List<Write> ended(
      List<Session> open, Session added, @Nullable String earlier, Instant now) {
    List<Session> kept = new ArrayList<>();
    List<Session> ended = new ArrayList<>();
    Sha256 former = earlier == null ? null : hash(earlier);
    for (Session each : open) {
      boolean ends = each.hash().equals(former) || !each.isValidAt(now, limits);
      (ends ? ended : kept).add(each);
    }
    kept.sort(Comparator.comparing(Session::used));
    List<Session> mine =
        kept.stream().filter(each -> each.person().equals(added.person())).toList();
    ended.addAll(mine.subList(0, Math.max(0, mine.size() + 1 - limits.perPerson())));
    kept.removeAll(ended);
    ended.addAll(kept.subList(0, Math.max(0, kept.size() + 1 - MAX_SESSIONS)));
    return ended.stream().map(each -> sessions.drop(each.hash().hex())).toList();
  }

  private static Person person(Identity identity, @Nullable Person known, Instant now) {
    return new Person(
        identity.name(),
        identity.issuer(),
        identity.subject(),
        identity.displayName(),
        identity.email(),
        identity.groups(),
        known == null ? now : known.firstSignIn(),
        now);
  }

  /// Returns the session of a secret, or empty if there is none or it has ended.
  public Optional<Session> find(String secret) {
    if (!SECRET.matcher(secret).matches()) {
      return Optional.empty();
    }
    Instant now = clock.instant();
    return sessions
        .find(hash(secret).hex())
        .filter(each -> isOpenAt(each, now))
        .map(each -> touched(each, now));
  }

  /// Returns whether a session that a request began with is still valid.
  public boolean isOpen(Session session) {
    Instant now = clock.instant();
    return sessions.find(session.hash().hex()).filter(each -> isOpenAt(each, now)).isPresent();
  }

  private boolean isOpenAt(Session session, Instant now) {
    return session.isValidAt(now, limits) && !rolesOf(session).isEmpty();
  }

  private Session touched(Session session, Instant now) {
    if (now.isBefore(session.used().plus(TOUCH))) {
      return session;
    }
    return store.serially(
        WriteScope.SESSIONS,
        () -> {
          // It may have ended since it was read.
          if (sessions.find(session.hash().hex()).isEmpty()) {
            return session;
          }
          Session used = session.usedAt(now);
          store.commit(Batch.relaxed(List.of(sessions.put(used.hash().hex(), used))));
          return used;
        });
  }

  /// Returns the present roles of a session. It has none if its token is not valid any longer, or
  /// if another provider is configured now.
  public RoleGrants rolesOf(Session session) {
    return session.token() == null
        ? rolesOf(session.issuer(), session.groups())
        : tokenOf(session).map(Token::roles).orElse(RoleGrants.NONE);
  }

  /// Returns the token by which a person signed in. It is empty if the person signed in at the
  /// provider, or if the token is not valid any longer.
  public Optional<Token> tokenOf(Session session) {
    String token = session.token();
    return token == null ? Optional.empty() : tokens.identified(token).map(this::present);
  }

  /// Returns a token with the roles that its person has still, by the groups of the last sign-in.
  public Token present(Token token) {
    return token.isOfPerson()
        ? person(token.owner()).map(each -> token.within(rolesOf(each))).orElse(token)
        : token;
  }

  private RoleGrants rolesOf(String issuer, List<String> groups) {
    return mapping == null ? RoleGrants.NONE : mapping.rolesOf(issuer, groups);
  }

  /// Ends the session of a secret. A secret without a session is ignored. It reads one session
  /// alone, because everybody can send an invented secret.
  public void signOut(String secret) {
    if (!SECRET.matcher(secret).matches()) {
      return;
    }
    String key = hash(secret).hex();
    boolean _ =
        store.serially(
            WriteScope.SESSIONS,
            () -> {
              boolean found = sessions.find(key).isPresent();
              if (found) {
                store.commit(Batch.synced(List.of(sessions.drop(key))));
              }
              return found;
            });
  }

  /// Ends the sessions that an identity provider names in a back-channel logout.
  ///
  /// Source: OpenID Connect Back-Channel Logout 1.0, section 2.6.
  ///
  /// @param subject the person; null if the provider names a session alone
  /// @param providerSession the session at the provider; null for all of the person. If a person is
  ///   named too, the sessions of the person without an id end as well
  /// @return the number of sessions that ended
  public int logOut(String issuer, @Nullable String subject, @Nullable String providerSession) {
    if (subject == null && providerSession == null) {
      return 0;
    }
    return end(
        each ->
            each.issuer().equals(issuer)
                && (subject == null || each.subject().equals(subject))
                && isOf(each, subject, providerSession));
  }

  /// Returns whether a session may be the one with an id at the provider. One that was begun
  /// without an id is any session of the person.
  private static boolean isOf(
      Session session, @Nullable String subject, @Nullable String providerSession) {
    String own = session.providerSession();
    return providerSession == null || (own == null ? subject != null : own.equals(providerSession));
  }

  /// Ends all sessions of a person.
  ///
  /// @return the number of sessions that ended
  public int endAll(String person) {
    return end(each -> each.person().equals(person));
  }

  private int end(Predicate<Session> condition) {
    return store.serially(
        WriteScope.SESSIONS,
        () -> {
          List<Write> writes =
              sessions.list().stream()
                  .filter(condition)
                  .map(each -> sessions.drop(each.hash().hex()))
                  .toList();
          if (!writes.isEmpty()) {
            store.commit(Batch.synced(writes));
          }
          return writes.size();
        });
  }

  /// Removes a person and their sessions, so that another account can have the name. The ledger
  /// records it.
  ///
  /// @param name the name of the person, as in the ledger
  /// @param by the administrator
  public void remove(String name, String by) {
    boolean _ = store.serially(WriteScope.SESSIONS, () -> removed(name, by));
  }

  private boolean removed(String name, String by) {
    Person person = people.find(key(name)).orElse(null);
    if (person == null) {
      return false;
    }
    List<Write> writes = new ArrayList<>();
    writes.add(people.drop(key(name)));
    sessions.list().stream()
        .filter(each -> each.person().equals(person.name()))
        .forEach(each -> writes.add(sessions.drop(each.hash().hex())));
    String detail = "person '%s' of %s".formatted(person.name(), person.issuer());
    writes.add(
        new Write.Append(
            new Notice(Notice.Kind.PERSON_REMOVED, clock.instant(), by, null, null, detail)));
    store.commit(Batch.synced(writes));
    return true;
  }

  /// Returns the person with a name, in any case.
  public Optional<Person> person(String name) {
    return people.find(key(name));
  }

  /// Returns the sessions that [#find] returns, in no order: those without roles are left out.
  public List<Session> list() {
    Instant now = clock.instant();
    return sessions.list().stream().filter(each -> isOpenAt(each, now)).toList();
  }

  /// Returns all persons who signed in, by name.
  public List<Person> people() {
    return people.list();
  }

  /// Returns the present roles of a person.
  public RoleGrants rolesOf(Person person) {
    return rolesOf(person.issuer(), person.groups());
  }

  private static String key(String person) {
    return person.toLowerCase(Locale.ROOT);
  }

  private static Sha256 hash(String secret) {
    return Sha256.of(Bytes.utf8("lazaret-session\n" + secret));
  }
}
