package lazaret.signin.workload;

import static lazaret.signin.workload.WorkloadTokenVerifier.refused;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import lazaret.signin.SignedToken;
import lazaret.signin.TokenRefusedException;
import lazaret.signin.workload.WorkloadVerification.Refused;
import lazaret.vetting.Durations;
import lazaret.vetting.Excerpt;

/// The checks of the registered claims of a token whose signature is valid.
///
/// Source: RFC 7519 section 4.1.
///
/// @param id the claim `jti`
/// @param issued the claim `iat`
/// @param expires the claim `exp`
/// @param begins the moment from which the token is valid: the later one of `nbf` and `iat`
record WorkloadTokenCheck(
    WorkloadIssuer issuer, String id, Instant issued, Instant expires, Instant begins) {
  private static final int MAX_ID = 256;

  /// The result of reading the claims.
  sealed interface Read {
    /// Claims of the right types.
    record Claims(WorkloadTokenCheck check) implements Read {}

    /// The reason why the claims are refused.
    record Fault(Refused refused) implements Read {}
  }

  /// Reads the claims, and checks the type of the token (RFC 8725 section 3.11) and its audience.
  ///
  /// @throws TokenRefusedException if a claim does not have its type
  static Read read(SignedToken token, WorkloadIssuer issuer) {
    String type = token.type();
    if (type != null && !type.equalsIgnoreCase("JWT")) {
      return new Read.Fault(
          refused(
              WorkloadRefusalCode.MALFORMED,
              "expected a token of the type JWT, found '%s'; send the token as the CI system issued it"
                  .formatted(Excerpt.of(type))));
    }
    Optional<Refused> audience = audienceFault(issuer, token.texts("aud").orElse(List.of()));
    if (audience.isPresent()) {
      return new Read.Fault(audience.get());
    }
    Optional<String> id =
        token.text("jti").filter(text -> !text.isBlank() && text.length() <= MAX_ID);
    Optional<Instant> expires = token.time("exp");
    Optional<Instant> issued = token.time("iat");
    if (id.isEmpty() || expires.isEmpty() || issued.isEmpty()) {
      return new Read.Fault(missing(id.isEmpty() ? "jti" : expires.isEmpty() ? "exp" : "iat"));
    }
    Instant begins = token.time("nbf").filter(issued.get()::isBefore).orElse(issued.get());
    return new Read.Claims(
        new WorkloadTokenCheck(issuer, id.get(), issued.get(), expires.get(), begins));
  }

  private static Refused missing(String claim) {
    return refused(
        WorkloadRefusalCode.CLAIM_MISSING,
        "expected the claims jti (1 to 256 characters), exp and iat, found no usable %s; check the CI system"
            .formatted(claim));
  }

  /// Checks that the gate is the only audience. Each service of several could exchange the token.
  private static Optional<Refused> audienceFault(WorkloadIssuer issuer, List<String> audience) {
    if (audience.equals(List.of(issuer.audience()))) {
      return Optional.empty();
    }
    String found =
        switch (audience.size()) {
          case 0 -> "none";
          case 1 -> "'" + Excerpt.of(audience.getFirst()) + "'";
          default -> audience.size() + " of them";
        };
    return Optional.of(
        refused(
            WorkloadRefusalCode.AUDIENCE,
            "expected the audience '%s' alone, found %s; request the token for this audience"
                .formatted(issuer.audience(), found)));
  }

  /// Returns the moment from which the token is refused for its age in any case.
  Instant until() {
    Instant tooOld = issued.plus(issuer.maxAge());
    return (expires.isBefore(tooOld) ? expires : tooOld).plus(WorkloadTokenVerifier.SKEW);
  }

  /// Returns the reason why the token is not valid at a moment, or empty if it is valid.
  Optional<Refused> fault(Instant now) {
    Duration skew = WorkloadTokenVerifier.SKEW;
    if (!now.isBefore(expires.plus(skew))) {
      return expired("a token that has not expired, found one that expired at " + expires);
    }
    if (!now.isBefore(issued.plus(issuer.maxAge()).plus(skew))) {
      return expired(
          "a token of at most %s, found one that was issued at %s"
              .formatted(Durations.text(issuer.maxAge()), issued));
    }
    return begins.isAfter(now.plus(skew))
        ? Optional.of(
            refused(
                WorkloadRefusalCode.NOT_YET_VALID,
                "expected a token that is valid at %s, found one that is valid from %s; compare the clocks"
                    .formatted(now, begins)))
        : Optional.empty();
  }

  private static Optional<Refused> expired(String detail) {
    return Optional.of(
        refused(
            WorkloadRefusalCode.EXPIRED,
            "expected " + detail + "; request a token just before its use"));
  }
}
