package lazaret.bundle;

import lazaret.vetting.ErrorCode;

/// The stable, kebab-case code of a refused bundle: the same word in messages, JSON and
/// `docs/errors.md`.
public enum BundleCode {
  /// Fewer signatures count than the role's threshold asks for.
  SIGNATURE_THRESHOLD("signature-threshold", ErrorCode.CKSUM_MISMATCH),
  /// A threshold below one.
  THRESHOLD_INVALID("threshold-invalid", ErrorCode.MALFORMED_INPUT),
  /// Metadata that does not have the form of the TUF specification.
  METADATA_MALFORMED("metadata-malformed", ErrorCode.MALFORMED_INPUT),
  /// A metadata file that is named and not there.
  METADATA_MISSING("metadata-missing", ErrorCode.UNKNOWN),
  /// The version within a file is not the one it was asked for as.
  METADATA_VERSION_MISMATCH("metadata-version-mismatch", ErrorCode.CKSUM_MISMATCH),
  /// Metadata of one role where another was expected.
  METADATA_TYPE_MISMATCH("metadata-type-mismatch", ErrorCode.CKSUM_MISMATCH),
  /// Length or digest of a metadata file is not the one that is signed.
  METADATA_HASH_MISMATCH("metadata-hash-mismatch", ErrorCode.CKSUM_MISMATCH),
  /// Metadata older than what was seen before.
  METADATA_ROLLBACK("metadata-rollback", ErrorCode.CKSUM_MISMATCH),
  /// The same version with other content.
  METADATA_CONTENT_CHANGED("metadata-content-changed", ErrorCode.CKSUM_MISMATCH),
  /// Metadata past its expiry.
  METADATA_EXPIRED("metadata-expired", ErrorCode.STALE),
  /// A root that does not follow the one before by exactly one.
  ROOT_VERSION_GAP("root-version-gap", ErrorCode.CKSUM_MISMATCH),
  /// A root that the one before did not sign, or that did not sign itself.
  ROOT_CHAIN_BROKEN("root-chain-broken", ErrorCode.CKSUM_MISMATCH),
  /// A role that no trusted delegation names.
  ROLE_NOT_AUTHORISED("role-not-authorised", ErrorCode.CKSUM_MISMATCH),
  /// More bytes, entries or steps than allowed.
  LIMIT_EXCEEDED("limit-exceeded", ErrorCode.TOO_LARGE),
  /// A target that no trusted role names.
  TARGET_UNKNOWN("target-unknown", ErrorCode.UNKNOWN),
  /// A target whose length or digest is not the one that is signed.
  TARGET_DAMAGED("target-damaged", ErrorCode.CKSUM_MISMATCH),
  /// Reading from the medium failed.
  MEDIUM_READ_FAILED("medium-read-failed", ErrorCode.UPSTREAM_UNAVAILABLE),
  /// Trust has not been set up, or what keeps it cannot be used.
  TRUST_UNUSABLE("trust-unusable", ErrorCode.STORE_UNUSABLE);

  private final String code;
  private final ErrorCode kind;

  BundleCode(String code, ErrorCode kind) {
    this.code = code;
    this.kind = kind;
  }

  /// Returns the kebab-case form, for example `signature-threshold`.
  public String code() {
    return code;
  }

  /// Returns the code by which front ends choose a status and an exit code.
  public ErrorCode kind() {
    return kind;
  }
}
