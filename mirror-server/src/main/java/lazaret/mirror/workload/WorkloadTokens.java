package lazaret.mirror.workload;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicReference;
import lazaret.mirror.config.WorkloadRole;
import lazaret.signin.workload.GrantedRoles;
import lazaret.signin.workload.WorkloadTokenVerifier;
import lazaret.signin.workload.WorkloadVerification;
import lazaret.vetting.Excerpt;
import lazaret.vetting.Secret;
import lazaret.vetting.desk.access.TokenService;
import lazaret.vetting.gate.store.Token;
import lazaret.vetting.roles.SignInMethod;

/// The tokens that CI jobs get in exchange for those of their CI systems. The name of a token is
/// `ci-`, the name of the issuer and 16 digits; its owner is `ci:` and the name of the binding. The
/// ledger records the run. Expired ones are removed as new ones are issued. Thread-safe; blocks.
public final class WorkloadTokens {
  private static final String NAME = "ci-";
  private static final String OWNER = "ci:";

  /// The time for which an expired token is kept, so that its rejection names the expiry.
  private static final Duration KEPT = Duration.ofMinutes(10);

  /// The largest number of jobs that are kept in heap.
  private static final int MAX_WORKLOADS = 10_000;

  private static final Duration SWEEP_INTERVAL = Duration.ofMinutes(1);
  private static final Duration RETRY_AFTER = Duration.ofSeconds(60);
  private static final System.Logger LOG = System.getLogger(WorkloadTokens.class.getName());

  private final WorkloadTokenVerifier verifier;
  private final TokenService tokens;
  private final Clock clock;
  private final AtomicReference<Instant> nextSweep = new AtomicReference<>(Instant.MIN);
  private final Map<String, IssuedWorkload> workloads = new ConcurrentHashMap<>();

  /// Creates the service.
  public WorkloadTokens(WorkloadTokenVerifier verifier, TokenService tokens, Clock clock) {
    this.verifier = verifier;
    this.tokens = tokens;
    this.clock = clock;
  }

  /// The result of a revocation.
  enum Revocation {
    /// The token is invalid now, or was before.
    DONE,
    /// The text is not a token of this gate.
    MALFORMED,
    /// The token was not issued to a CI job.
    FOREIGN
  }

  /// Issues a token.
  ///
  /// @param token the token of the CI system: foreign text
  /// @param requested the names of the wanted roles; empty for all that the binding grants
  /// @throws lazaret.vetting.LazaretException if the store fails
  public WorkloadTokenOutcome issue(String token, Set<String> requested) {
    return switch (verifier.verify(token)) {
      case WorkloadVerification.Verified verified -> issue(verified, requested);
      case WorkloadVerification.Refused(var code, var detail) -> {
        LOG.log(System.Logger.Level.INFO, "{0}: {1}", code.code(), detail);
        yield new WorkloadTokenOutcome.Refused(code.code(), detail);
      }
      case WorkloadVerification.Unavailable(Duration retryAfter) ->
          new WorkloadTokenOutcome.Unavailable(
              retryAfter, "cannot verify the token at present: try again with the same token");
    };
  }

  private WorkloadTokenOutcome issue(
      WorkloadVerification.Verified verified, Set<String> requested) {
    GrantedRoles granted = verified.binding().granted();
    if (!granted.roles().containsAll(requested)) {
      return new WorkloadTokenOutcome.RoleRefused(
          "cannot issue a token: expected roles among %s (binding '%s'), found '%s'; request fewer roles with a new token"
              .formatted(
                  String.join(", ", granted.roles()),
                  verified.binding().name(),
                  Excerpt.of(String.join(" ", requested.stream().sorted().toList()))));
    }
    List<String> roles =
        granted.roles().stream()
            .filter(role -> requested.isEmpty() || requested.contains(role))
            .toList();
    removeExpired();
    try {
      return issue(verified, roles);
    } catch (IllegalArgumentException e) {
      LOG.log(System.Logger.Level.ERROR, "no token for a CI job: {0}", e.getMessage());
      // The token of the CI system is used up.
      return new WorkloadTokenOutcome.Unavailable(
          RETRY_AFTER, "cannot issue a token at present: try again with a new one");
    }
  }

  private WorkloadTokenOutcome issue(WorkloadVerification.Verified verified, List<String> roles) {
    GrantedRoles granted = verified.binding().granted();
    String owner = OWNER + verified.binding().name();
    String name = NAME + verified.issuer().name() + "-" + verified.run().tokenId();
    Instant end = clock.instant().plus(granted.life());
    TokenService.IssuedToken issued =
        tokens.create(
            new TokenService.TokenSpec(
                name, owner, WorkloadRole.grants(roles, granted), SignInMethod.EXCHANGE, end),
            owner,
            verified.run().text());
    if (workloads.size() < MAX_WORKLOADS) {
      workloads.put(
          name, new IssuedWorkload(verified.issuer().address().text(), verified.run(), end));
    }
    return new WorkloadTokenOutcome.Issued(new Secret(issued.secret()), roles, granted.life());
  }

  /// Returns the job that got a token, or empty if it is not known: another server issued it, or
  /// this one did before its start. The ledger then has the run, by the name of the token.
  public Optional<IssuedWorkload> workload(String token) {
    return Optional.ofNullable(workloads.get(token));
  }

  /// Revokes a token of a CI job. An unknown token counts as revoked.
  ///
  /// @param authorization the token, with or without `Bearer ` before it
  Revocation revoke(String authorization) {
    String bare =
        authorization.regionMatches(true, 0, "Bearer ", 0, 7)
            ? authorization.substring(7).strip()
            : authorization;
    if (!TokenService.isSecret(bare)) {
      return Revocation.MALFORMED;
    }
    Optional<Token> token = tokens.authenticate(bare);
    if (token.isEmpty()) {
      return Revocation.DONE;
    }
    if (!token.get().name().startsWith(NAME) || !token.get().owner().startsWith(OWNER)) {
      return Revocation.FOREIGN;
    }
    tokens.revoke(token.get().name(), token.get().owner());
    return Revocation.DONE;
  }

  private void removeExpired() {
    Instant now = clock.instant();
    Instant due = nextSweep.get();
    if (!now.isBefore(due) && nextSweep.compareAndSet(due, now.plus(SWEEP_INTERVAL))) {
      tokens.removeExpired(OWNER, now.minus(KEPT));
      workloads.values().removeIf(each -> each.end().isBefore(now));
    }
  }
}
