package lazaret.signin.workload;

import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import lazaret.signin.DiscoveredKeys;
import lazaret.signin.IssuerAddress;
import lazaret.signin.IssuerKeys;
import lazaret.signin.IssuerUnavailableException;
import lazaret.signin.ProviderTransport;
import lazaret.signin.SignedToken;
import lazaret.signin.SignedTokenVerifier;
import lazaret.signin.TokenRefusedException;
import lazaret.signin.workload.WorkloadVerification.Refused;
import lazaret.vetting.Excerpt;

/// The verifier of the tokens of CI jobs. It checks the signature, the registered claims and the
/// requirements of the bindings, in this order, and then uses the token up: each is accepted once.
/// Thread-safe; blocks while keys are requested.
///
/// Source: RFC 7515, RFC 7519, RFC 8725.
public final class WorkloadTokenVerifier {
  /// The greatest size of a token, in bytes.
  public static final int MAX_BYTES = 16 << 10;

  /// The tolerated difference between the clocks of issuer and gate.
  public static final Duration SKEW = Duration.ofSeconds(60);

  private static final String NAME = "token of the CI job";
  private static final Duration RETRY_AFTER = Duration.ofSeconds(30);
  private static final System.Logger LOG = System.getLogger(WorkloadTokenVerifier.class.getName());

  private final Map<String, TrustedIssuer> issuers = new HashMap<>();
  private final UsedTokenIds used;
  private final Clock clock;

  private record TrustedIssuer(WorkloadIssuer issuer, SignedTokenVerifier signatures) {}

  /// Creates a verifier.
  ///
  /// @param issuers the issuers with their keys
  /// @param used the register of ids
  /// @throws IllegalArgumentException if two issuers have one address
  public WorkloadTokenVerifier(
      Map<WorkloadIssuer, IssuerKeys> issuers, UsedTokenIds used, Clock clock) {
    issuers.forEach(
        (issuer, keys) -> {
          TrustedIssuer trusted = new TrustedIssuer(issuer, new SignedTokenVerifier(keys));
          if (this.issuers.put(issuer.address().text(), trusted) != null) {
            throw new IllegalArgumentException(
                "expected issuers of distinct addresses, found %s twice"
                    .formatted(issuer.address()));
          }
        });
    this.used = used;
    this.clock = clock;
  }

  /// Creates a verifier with the keys of each issuer: those of its file, else those that its
  /// discovery document names.
  ///
  /// @param issuers the issuers
  /// @param transports returns the sender of requests to an issuer without a file of keys
  /// @param used the register of ids
  /// @throws IllegalArgumentException if two issuers have one address
  public static WorkloadTokenVerifier of(
      List<WorkloadIssuer> issuers,
      Function<IssuerAddress, ProviderTransport> transports,
      UsedTokenIds used,
      Clock clock) {
    Map<WorkloadIssuer, IssuerKeys> keys = new LinkedHashMap<>();
    for (WorkloadIssuer issuer : issuers) {
      Path file = issuer.keysFile();
      keys.put(
          issuer,
          file == null
              ? new DiscoveredKeys(issuer.address(), transports.apply(issuer.address()), clock)
              : new InlineKeys(file, clock));
    }
    return new WorkloadTokenVerifier(keys, used, clock);
  }

  /// Verifies a token, and uses it up if it is valid.
  ///
  /// @param text the token in the compact serialization: foreign text
  /// @throws lazaret.vetting.LazaretException if the register of ids fails
  public WorkloadVerification verify(String text) {
    if (text.length() > MAX_BYTES) {
      return refused(
          WorkloadRefusalCode.TOO_LARGE,
          "expected at most %d bytes, found %d; send the token of the CI system alone"
              .formatted(MAX_BYTES, text.length()));
    }
    Optional<String> named = UnverifiedIssuer.of(text);
    if (named.isEmpty()) {
      return refused(
          WorkloadRefusalCode.MALFORMED,
          "expected a JSON Web Token, found another text; send the token as the CI system issued"
              + " it");
    }
    TrustedIssuer trusted = issuers.get(named.get());
    return trusted == null
        ? refused(
            WorkloadRefusalCode.UNKNOWN_ISSUER,
            "expected the token of a configured issuer, found '%s'; add it to [[ci.issuer]]"
                .formatted(Excerpt.of(named.get())))
        : verify(text, trusted);
  }

  private WorkloadVerification verify(String text, TrustedIssuer trusted) {
    SignedToken token;
    try {
      token = trusted.signatures().verify(text, NAME);
    } catch (TokenRefusedException e) {
      return new Refused(WorkloadRefusalCode.SIGNATURE, String.valueOf(e.getMessage()));
    } catch (IssuerUnavailableException e) {
      LOG.log(System.Logger.Level.WARNING, "{0} cannot be verified: {1}", NAME, e.getMessage());
      return new WorkloadVerification.Unavailable(RETRY_AFTER);
    }
    try {
      return switch (WorkloadTokenCheck.read(token, trusted.issuer())) {
        case WorkloadTokenCheck.Read.Fault(Refused refused) -> refused;
        case WorkloadTokenCheck.Read.Claims(WorkloadTokenCheck check) ->
            verify(check, new WorkloadClaims(token.claims()));
      };
    } catch (TokenRefusedException e) {
      return new Refused(WorkloadRefusalCode.MALFORMED, String.valueOf(e.getMessage()));
    }
  }

  private WorkloadVerification verify(WorkloadTokenCheck check, WorkloadClaims claims) {
    Optional<Refused> fault = check.fault(clock.instant());
    if (fault.isPresent()) {
      return fault.get();
    }
    WorkloadIssuer issuer = check.issuer();
    BindingSearch search = new BindingSearch(issuer, claims);
    Optional<WorkloadBinding> binding = search.binding();
    if (binding.isEmpty()) {
      return search.refusal();
    }
    // The last step, so that a refused token can be used after the binding was corrected.
    if (!used.use(issuer.address().text(), check.id(), check.until())) {
      return refused(
          WorkloadRefusalCode.USED,
          "expected a token that was not exchanged before, found a used one; request a new token");
    }
    return new WorkloadVerification.Verified(issuer, binding.get(), WorkloadRun.of(issuer, claims));
  }

  /// Returns a refusal.
  ///
  /// @param detail `expected X, found Y; NEXT STEP`
  static Refused refused(WorkloadRefusalCode code, String detail) {
    return new Refused(code, "cannot accept the " + NAME + ": " + detail);
  }
}
