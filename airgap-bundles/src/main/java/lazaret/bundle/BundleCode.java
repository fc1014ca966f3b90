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
  /// Too few pairs of keys of one officer signed, whatever single keys did.
  HYBRID_POLICY_UNMET("hybrid-policy-unmet", ErrorCode.CKSUM_MISMATCH),
  /// A key of an unknown scheme, or one that is not what its scheme says.
  KEY_MALFORMED("key-malformed", ErrorCode.MALFORMED_INPUT),
  /// The clock is well behind what was signed before.
  CLOCK_BEHIND("clock-behind", ErrorCode.STALE),
  /// A bundle of another stream, or for other enclaves.
  BUNDLE_WRONG_STREAM("bundle-wrong-stream", ErrorCode.CKSUM_MISMATCH),
  /// A bundle older than what was imported.
  BUNDLE_REPLAYED("bundle-replayed", ErrorCode.STALE),
  /// A delta on a state that is not reached yet.
  BUNDLE_SEQUENCE_GAP("bundle-sequence-gap", ErrorCode.UNKNOWN),
  /// A delta on another state than the one that is held.
  BUNDLE_BASE_MISMATCH("bundle-base-mismatch", ErrorCode.CKSUM_MISMATCH),
  /// Two bundles of one sequence.
  BUNDLE_FORK("bundle-fork", ErrorCode.CKSUM_MISMATCH),
  /// What a bundle holds does not come to the state that it states.
  BUNDLE_STATE_MISMATCH("bundle-state-mismatch", ErrorCode.CKSUM_MISMATCH),
  /// A bundle of a later format, or one that needs what this program does not know.
  BUNDLE_FORMAT_UNSUPPORTED("bundle-format-unsupported", ErrorCode.MALFORMED_INPUT),
  /// A revocation that allows something.
  REVOCATION_NOT_MONOTONE("revocation-not-monotone", ErrorCode.CKSUM_MISMATCH),
  /// The store is older than what was imported before.
  HIGHWATER_BEHIND("highwater-behind", ErrorCode.STORE_UNUSABLE),
  /// A new epoch without new keys.
  BUNDLE_EPOCH_INVALID("bundle-epoch-invalid", ErrorCode.CKSUM_MISMATCH),
  /// An approval of another bundle.
  APPROVAL_MISMATCH("approval-mismatch", ErrorCode.CKSUM_MISMATCH),
  /// A part is not the bytes that were signed.
  PART_DAMAGED("part-damaged", ErrorCode.CKSUM_MISMATCH),
  /// A part is named and not there.
  PART_MISSING("part-missing", ErrorCode.UNKNOWN),
  /// The bytes of an artefact do not have the digest that they are listed under.
  BLOB_DIGEST_MISMATCH("blob-digest-mismatch", ErrorCode.CKSUM_MISMATCH),
  /// An artefact is named and in no part.
  BLOB_MISSING("blob-missing", ErrorCode.UNKNOWN),
  /// A part holds an artefact that nothing names.
  BLOB_UNDECLARED("blob-undeclared", ErrorCode.MALFORMED_INPUT),
  /// A table that does not have the form of the format.
  TABLE_MALFORMED("table-malformed", ErrorCode.MALFORMED_INPUT),
  /// Length or digest of a table is not the one that is signed.
  TABLE_HASH_MISMATCH("table-hash-mismatch", ErrorCode.CKSUM_MISMATCH),
  /// An index line names other bytes than the artefact has.
  CKSUM_MISMATCH("cksum-mismatch", ErrorCode.CKSUM_MISMATCH),
  /// A version that is known with other bytes, and nobody signed that it changed.
  CKSUM_CHANGED("cksum-changed", ErrorCode.CKSUM_MISMATCH),
  /// A version without a decision.
  DECISION_MISSING("decision-missing", ErrorCode.UNKNOWN),
  /// A decision on other bytes.
  DECISION_DIGEST_MISMATCH("decision-digest-mismatch", ErrorCode.CKSUM_MISMATCH),
  /// A decision that no reviewer's key signed.
  DECISION_SIGNATURE_INVALID("decision-signature-invalid", ErrorCode.CKSUM_MISMATCH),
  /// Two crates whose names cannot both exist.
  NAME_COLLISION("name-collision", ErrorCode.MALFORMED_INPUT),
  /// An index line that must not be relayed.
  INDEX_MALFORMED("index-malformed", ErrorCode.MALFORMED_INPUT),
  /// A feed of advisories older than the one that is held.
  FEED_ROLLBACK("feed-rollback", ErrorCode.STALE),
  /// The feeds that would be in force are past the stop age of the policy.
  FEEDS_STALE("feeds-stale", ErrorCode.STALE),
  /// A header of an archive that two readers could read differently.
  ARCHIVE_HEADER_INVALID("archive-header-invalid", ErrorCode.MALFORMED_INPUT),
  /// An entry of an archive that is no plain file.
  ARCHIVE_ENTRY_FORBIDDEN("archive-entry-forbidden", ErrorCode.MALFORMED_INPUT),
  /// An entry of an archive under a name that none may have.
  ARCHIVE_PATH_FORBIDDEN("archive-path-forbidden", ErrorCode.MALFORMED_INPUT),
  /// An archive that does not end where its end is marked.
  ARCHIVE_TRAILING_DATA("archive-trailing-data", ErrorCode.MALFORMED_INPUT),
  /// A file on the medium that nothing names, or that is no plain file.
  UNEXPECTED_FILE("unexpected-file", ErrorCode.MALFORMED_INPUT),
  /// A file that changed while it was read.
  MEDIUM_CHANGED("medium-changed", ErrorCode.CKSUM_MISMATCH),
  /// No room for what is to be imported.
  SPACE_INSUFFICIENT("space-insufficient", ErrorCode.DISK_FULL),
  /// Another import runs.
  IMPORT_IN_PROGRESS("import-in-progress", ErrorCode.STORE_UNUSABLE),
  /// The scanner refused what is to be imported.
  SCAN_REJECTED("scan-rejected", ErrorCode.REFUSED_BY_POLICY),
  /// The scanner did not come to an end.
  SCAN_FAILED("scan-failed", ErrorCode.REFUSED_BY_POLICY),
  /// Reading from the medium failed.
  MEDIUM_READ_FAILED("medium-read-failed", ErrorCode.UPSTREAM_UNAVAILABLE),
  /// A fingerprint that was typed is not the one of what is there.
  FINGERPRINT_MISMATCH("fingerprint-mismatch", ErrorCode.CKSUM_MISMATCH),
  /// A key file, its passphrase or the program that signs cannot be used.
  KEY_UNUSABLE("key-unusable", ErrorCode.CONFIG_INVALID),
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
