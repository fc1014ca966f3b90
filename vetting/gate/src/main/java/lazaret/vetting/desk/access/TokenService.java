package lazaret.vetting.desk.access;

import java.security.SecureRandom;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import lazaret.vetting.Bytes;
import lazaret.vetting.crates.Sha256;
import lazaret.vetting.gate.store.Batch;
import lazaret.vetting.gate.store.Batch.Write;
import lazaret.vetting.gate.store.MetaKey;
import lazaret.vetting.gate.store.Store;
import lazaret.vetting.gate.store.Token;
import lazaret.vetting.gate.store.WriteScope;
import lazaret.vetting.ledger.Notice;
import lazaret.vetting.roles.RoleGrants;
import lazaret.vetting.roles.SignInMethod;
import org.jspecify.annotations.Nullable;

/// The service for tokens. They are created here, shown once and stored as hashes. A secret is
/// found by its hash, so the comparison takes the same time for every wrong one. Thread-safe.
public final class TokenService {
  /// The name of the token that the server creates for its own machine, and its owner. Each of
  /// several servers adds a dash and its own name. No token of a person has it.
  public static final String SERVER = "admin";

  private static final Pattern NAME = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]{0,63}");
  private static final Pattern OWNER = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._:@+-]{0,63}");
  private static final String PREFIX = "lzr_";
  private static final Pattern SECRET = Pattern.compile(PREFIX + "[0-9a-f]{64}");
  private static final int MAX_TOKENS = 10_000;
  private static final int MAX_REVOKED = 1_000;

  private final Store store;
  private final Clock clock;
  private final SecureRandom random = new SecureRandom();
  private final TokenCache cache;

  public TokenService(Store store, Clock clock) {
    this.store = store;
    this.clock = clock;
    this.cache = new TokenCache(store);
  }

  /// A token with its secret, which is shown only once.
  ///
  /// @param token the stored token
  /// @param secret the text that the client sends; printable ASCII
  public record IssuedToken(Token token, String secret) {
    /// Returns a text without the secret.
    @Override
    public String toString() {
      return "minted " + token.name();
    }
  }

  /// The properties of a new token.
  ///
  /// @param name the name: 1 to 64 letters, digits, `.`, `_` or `-`; not in use yet
  /// @param owner the owner: 1 to 64 characters, as in a name, or `:`, `@`, `+`
  /// @param roles the roles; at least one
  /// @param method the way in which the holder receives it
  /// @param expires the expiry; null if there is none
  /// @param approver the public id of the token with which it ends; null if there is none
  public record TokenSpec(
      String name,
      String owner,
      RoleGrants roles,
      SignInMethod method,
      @Nullable Instant expires,
      @Nullable String approver) {
    /// Creates the properties of a token that ends with no other one.
    public TokenSpec(
        String name, String owner, RoleGrants roles, SignInMethod method, @Nullable Instant end) {
      this(name, owner, roles, method, end, null);
    }
  }

  /// Returns whether a server creates the token with a name and an owner.
  public static boolean isOfServer(String name, String owner) {
    return name.equals(SERVER) || (owner.equals(SERVER) && name.startsWith(SERVER + "-"));
  }

  /// Returns the name of the token of one of several servers.
  public static String ofServer(String node) {
    return SERVER + "-" + node;
  }

  /// Creates a token whose owner has the name of the token.
  ///
  /// @param by the name of the creator
  /// @throws IllegalArgumentException as [#create(TokenSpec, String)]
  public IssuedToken create(String name, RoleGrants roles, @Nullable Instant expires, String by) {
    return create(new TokenSpec(name, name, roles, SignInMethod.TOKEN, expires), by);
  }

  /// Creates a token.
  ///
  /// @param by the name of the creator
  /// @throws IllegalArgumentException if the name is malformed or in use, the owner is malformed,
  ///   no role is named, the expiry is past, the approver ended, or there are too many tokens
  public IssuedToken create(TokenSpec order, String by) {
    return create(order, by, "");
  }

  /// Creates a token for a reason that the ledger records.
  ///
  /// @param by the name of the creator
  /// @param why the reason as a phrase, printable; empty if there is none
  /// @throws IllegalArgumentException as [#create(TokenSpec, String)]
  public IssuedToken create(TokenSpec order, String by, String why) {
    String name = order.name();
    Instant now = clock.instant();
    check(order, now);
    IssuedToken minted = minted(order, now);
    return store.serially(
        WriteScope.TOKENS,
        () -> {
          List<Token> all = store.tokens();
          if (all.size() >= MAX_TOKENS || all.stream().anyMatch(t -> t.name().equals(name))) {
            throw new IllegalArgumentException(
                "there is a token '%s' already, or over %d tokens".formatted(name, MAX_TOKENS));
          }
          String approver = order.approver();
          if (approver != null && all.stream().noneMatch(t -> worksAs(t, approver, now))) {
            throw new IllegalArgumentException("the token that approved '" + name + "' ended");
          }
          store.commit(
              Batch.synced(List.of(new Write.PutToken(minted.token()), created(minted, by, why))));
          forget(minted.token().secretHash());
          return minted;
        });
  }

  private static boolean worksAs(Token token, String publicId, Instant now) {
    return Token.publicId(token.secretHash()).equals(publicId) && token.worksAt(now);
  }

  /// Creates a token in place of the one with the same name, in one step. The old one is invalid
  /// when this returns, as after [#revoke]. If there is none, the token is only created.
  ///
  /// @param by the name of the creator
  /// @param why the reason, for the ledger
  /// @throws IllegalArgumentException as [#create(TokenSpec, String)], except for a name in use and
  ///   the number of tokens
  public IssuedToken replace(TokenSpec order, String by, String why) {
    check(order, clock.instant());
    return store.serially(
        WriteScope.TOKENS,
        () -> {
          List<Token> old = named(order.name());
          List<Write> writes = old.isEmpty() ? new ArrayList<>() : ended(old, by, ": " + why);
          // After the revocations: a repair drops a token that was created before the revocation.
          IssuedToken minted = minted(order, clock.instant());
          writes.add(new Write.PutToken(minted.token()));
          writes.add(created(minted, by, ""));
          store.commit(Batch.synced(writes));
          old.forEach(t -> forget(t.secretHash()));
          forget(minted.token().secretHash());
          return minted;
        });
  }

  private IssuedToken minted(TokenSpec order, Instant now) {
    byte[] bits = new byte[32];
    random.nextBytes(bits);
    String secret = PREFIX + HexFormat.of().formatHex(bits);
    return new IssuedToken(
        new Token(
            order.name(),
            order.owner(),
            hash(secret),
            order.roles(),
            order.method(),
            now,
            order.expires(),
            order.approver()),
        secret);
  }

  private Write created(IssuedToken minted, String by, String why) {
    Token token = minted.token();
    String owner = token.owner().equals(token.name()) ? "" : " of " + token.owner();
    String reason = why.isEmpty() ? "" : ": " + why;
    return new Write.Append(
        notice(
            Notice.Kind.TOKEN_CREATED,
            by,
            "token '%s'%s [%s]%s".formatted(token.name(), owner, token.roles(), reason)));
  }

  /// Removes tokens that expired a while ago. The ledger does not record it, since an expired token
  /// permits nothing.
  ///
  /// @param prefix the beginning of their owners
  /// @param before the moment before which they expired, not after now
  /// @return the number of removed tokens
  public int removeExpired(String prefix, Instant before) {
    return store.serially(
        WriteScope.TOKENS,
        () -> {
          List<Token> expired =
              store.tokens().stream()
                  .filter(token -> token.owner().startsWith(prefix) && !token.worksAt(before))
                  .toList();
          if (!expired.isEmpty()) {
            List<Write> writes = new ArrayList<>();
            expired.forEach(token -> writes.add(new Write.DropToken(token.secretHash())));
            store.commit(Batch.synced(writes));
            expired.forEach(token -> forget(token.secretHash()));
          }
          return expired.size();
        });
  }

  private static void check(TokenSpec order, Instant now) {
    String name = order.name();
    Instant expires = order.expires();
    if (!NAME.matcher(name).matches()) {
      throw new IllegalArgumentException(
          "a token name has 1 to 64 letters, digits, '.', '_' or '-', found '" + name + "'");
    }
    if (!OWNER.matcher(order.owner()).matches()) {
      throw new IllegalArgumentException(
          "an owner has 1 to 64 letters, digits, '.', '_', '-', ':', '@' or '+', found '%s'"
              .formatted(order.owner()));
    }
    if (order.roles().isEmpty()) {
      throw new IllegalArgumentException(
          "a token needs a role, such as reader, prefetcher, reviewer, admin or publish-new");
    }
    if (expires != null && !expires.isAfter(now)) {
      throw new IllegalArgumentException(
          "the token would expire at " + expires + ", which is not after now");
    }
  }

  /// Returns all tokens, oldest first.
  public List<Token> list() {
    return store.tokens();
  }

  /// Revokes a token, and those of the logins that it approved. They are invalid when this returns.
  ///
  /// @param by the name of the person who revokes it
  /// @return false if there is no such token
  public boolean revoke(String name, String by) {
    return revoke(name, _ -> true, by);
  }

  /// Revokes a token as [#revoke(String, String)] does, unless another one has its name by now.
  ///
  /// @param wanted the condition for the token
  public boolean revoke(String name, Predicate<Token> wanted, String by) {
    return store.serially(
        WriteScope.TOKENS,
        () -> {
          List<Token> old = named(name);
          if (old.isEmpty() || !wanted.test(old.getFirst())) {
            return false;
          }
          store.commit(Batch.synced(ended(old, by, "")));
          old.forEach(t -> forget(t.secretHash()));
          return true;
        });
  }

  /// Drops the copies of a token that was changed, here or on another node.
  public void forget(Sha256 secretHash) {
    cache.forget(secretHash);
  }

  /// Drops the copies of all tokens, after changes of other nodes were missed.
  public void forgetAll() {
    cache.forgetAll();
  }

  /// Returns the token with a name, and after it those of the logins that it approved.
  private List<Token> named(String name) {
    List<Token> all = store.tokens();
    List<Token> found = new ArrayList<>(all.stream().filter(t -> t.name().equals(name)).toList());
    if (!found.isEmpty()) {
      String id = Token.publicId(found.getFirst().secretHash());
      all.stream().filter(t -> id.equals(t.approver())).forEach(found::add);
    }
    return found;
  }

  /// Returns the writes that revoke tokens.
  ///
  /// @param why the words after the name of the first one
  private List<Write> ended(List<Token> tokens, String by, String why) {
    List<Write> writes = new ArrayList<>(List.of(revoked(tokens)));
    String words = why;
    for (Token each : tokens) {
      String detail = "token '%s'%s".formatted(each.name(), words);
      writes.add(new Write.DropToken(each.secretHash()));
      writes.add(new Write.Append(notice(Notice.Kind.TOKEN_REVOKED, by, detail)));
      words = "";
    }
    return writes;
  }

  /// Returns the token with a public id, or empty if there is none or it has expired.
  public Optional<Token> identified(String publicId) {
    return cache.byId(publicId).filter(t -> t.worksAt(clock.instant()));
  }

  /// Returns the hash under which a secret is stored.
  public static Sha256 hashOf(String secret) {
    return hash(secret);
  }

  /// Returns whether a text has the form of a secret of a gate. Only such a secret is random, so
  /// that its public id reveals nothing.
  public static boolean isSecret(String text) {
    return SECRET.matcher(text).matches();
  }

  /// Returns the token of a secret, with or without `Bearer ` before it. Empty if there is none or
  /// it has expired.
  public Optional<Token> authenticate(String secret) {
    Instant now = clock.instant();
    Optional<Token> found = known(bare(secret)).filter(t -> t.worksAt(now));
    found.ifPresent(t -> cache.used(t.secretHash(), now));
    return found;
  }

  /// Returns the time of the last request with a token, to the minute; empty if there was none
  /// since the start of this server.
  public Optional<Instant> lastUse(Token token) {
    return cache.lastUse(token.secretHash());
  }

  /// Returns the reason why a secret is not accepted, as one clause without the secret.
  ///
  /// @param secret the secret, with or without `Bearer ` before it
  public String rejection(String secret) {
    String bare = bare(secret);
    return isSecret(bare)
        ? rejectionOf(Token.publicId(hash(bare)))
        : "the token is not one of a gate: expected lzr_ and 64 hex digits";
  }

  /// Returns the reason why the token with a public id is not accepted, as one clause.
  public String rejectionOf(String publicId) {
    return cache
        .byId(publicId)
        .map(token -> "the token expired at " + token.expires())
        .orElseGet(
            () ->
                revokedIds().contains(publicId)
                    ? "the token was revoked"
                    : "the token is unknown to this gate");
  }

  private static String bare(String secret) {
    return secret.regionMatches(true, 0, "Bearer ", 0, 7) ? secret.substring(7).strip() : secret;
  }

  private Optional<Token> known(String bare) {
    if (bare.length() > 256) {
      return Optional.empty();
    }
    return cache.bySecret(hash(bare));
  }

  private List<String> revokedIds() {
    return store
        .meta(MetaKey.REVOKED_TOKENS)
        .map(ids -> ids.text().lines().toList())
        .orElse(List.of());
  }

  /// Returns the write that keeps the public ids of the last revoked tokens, so that their holders
  /// learn the reason.
  private Write revoked(List<Token> tokens) {
    List<String> all = new ArrayList<>(revokedIds());
    tokens.forEach(token -> all.add(Token.publicId(token.secretHash())));
    List<String> last = all.subList(Math.max(0, all.size() - MAX_REVOKED), all.size());
    return new Write.PutMeta(MetaKey.REVOKED_TOKENS, Bytes.utf8(String.join("\n", last)));
  }

  private Notice notice(Notice.Kind kind, String by, String detail) {
    return new Notice(kind, clock.instant(), by, null, null, detail);
  }

  private static Sha256 hash(String secret) {
    return Sha256.of(Bytes.utf8(secret));
  }
}
