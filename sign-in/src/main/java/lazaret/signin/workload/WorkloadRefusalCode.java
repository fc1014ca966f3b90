package lazaret.signin.workload;

import lazaret.vetting.text.Coded;

/// The reason why the token of a CI job is refused. The codes are public and never change.
public enum WorkloadRefusalCode implements Coded {
  /// The text is not a JSON Web Token, or a claim does not have its type.
  MALFORMED("token-malformed"),
  /// The token has more than [WorkloadTokenVerifier#MAX_BYTES] bytes.
  TOO_LARGE("token-too-large"),
  /// The issuer is not configured.
  UNKNOWN_ISSUER("token-issuer"),
  /// The algorithm is not a permitted one, the issuer does not publish the key, or the signature
  /// does not verify.
  SIGNATURE("token-signature"),
  /// The token was issued for another service, or for several.
  AUDIENCE("token-audience"),
  /// The token has expired or is older than the issuer's maximum age.
  EXPIRED("token-expired"),
  /// The token is valid only in the future.
  NOT_YET_VALID("token-not-yet-valid"),
  /// The token lacks a claim that each token must have.
  CLAIM_MISSING("token-claim-missing"),
  /// The token was exchanged before.
  USED("token-used"),
  /// The job was started by an event that a fork can cause.
  FORK_EVENT("fork-event"),
  /// The claims match no binding.
  NO_BINDING("no-binding");

  private final String code;

  WorkloadRefusalCode(String code) {
    this.code = code;
  }

  @Override
  public String code() {
    return code;
  }
}
