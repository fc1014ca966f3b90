package lazaret.bundle;

import lazaret.vetting.ErrorCode;
import lazaret.vetting.text.Coded;

/// The stable code of a refused bundle in kebab case. Messages, JSON and `docs/errors.md` use the
/// same word.
public enum BundleCode implements Coded {
  /// Fewer valid signatures than the threshold of the role.
  SIGNATURE_THRESHOLD("signature-threshold", ErrorCode.CKSUM_MISMATCH),
  /// A threshold below one.
  THRESHOLD_INVALID("threshold-invalid", ErrorCode.MALFORMED_INPUT),
  /// Metadata that does not have the form of the TUF specification.
  METADATA_MALFORMED("metadata-malformed", ErrorCode.MALFORMED_INPUT),
  /// A metadata file that is named but missing.
  METADATA_MISSING("metadata-missing", ErrorCode.UNKNOWN),
  /// A file whose version differs from the requested or signed version.
  METADATA_VERSION_MISMATCH("metadata-version-mismatch", ErrorCode.CKSUM_MISMATCH),
  /// Metadata of another role than expected.
  METADATA_TYPE_MISMATCH("metadata-type-mismatch", ErrorCode.CKSUM_MISMATCH),
  /// A metadata file whose length or digest differs from the signed one.
  METADATA_HASH_MISMATCH("metadata-hash-mismatch", ErrorCode.CKSUM_MISMATCH),
  /// Metadata older than a version seen before.
  METADATA_ROLLBACK("metadata-rollback", ErrorCode.CKSUM_MISMATCH),
  /// The same version with other content.
  METADATA_CONTENT_CHANGED("metadata-content-changed", ErrorCode.CKSUM_MISMATCH),
  /// Metadata past its expiry.
  METADATA_EXPIRED("metadata-expired", ErrorCode.STALE),
  /// A root whose version is not exactly one above the previous root.
  ROOT_VERSION_GAP("root-version-gap", ErrorCode.CKSUM_MISMATCH),
  /// A root that lacks the signatures of the previous root or its own.
  ROOT_CHAIN_BROKEN("root-chain-broken", ErrorCode.CKSUM_MISMATCH),
  /// A role that no trusted delegation names.
  ROLE_NOT_AUTHORIZED("role-not-authorized", ErrorCode.CKSUM_MISMATCH),
  /// More bytes, entries or steps than allowed.
  LIMIT_EXCEEDED("limit-exceeded", ErrorCode.TOO_LARGE),
  /// A target that no trusted role names.
  TARGET_UNKNOWN("target-unknown", ErrorCode.UNKNOWN),
  /// A target whose length or digest differs from the signed one.
  TARGET_DAMAGED("target-damaged", ErrorCode.CKSUM_MISMATCH),
  /// Too few signatures by complete pairs of keys; signatures of single keys do not count.
  HYBRID_POLICY_UNMET("hybrid-policy-unmet", ErrorCode.CKSUM_MISMATCH),
  /// A key of an unknown scheme, or one that does not have the form of its scheme.
  KEY_MALFORMED("key-malformed", ErrorCode.MALFORMED_INPUT),
  /// A local clock well behind a signed time that was seen before.
  CLOCK_BEHIND("clock-behind", ErrorCode.STALE),
  /// A bundle of another stream or for other networks.
  BUNDLE_WRONG_STREAM("bundle-wrong-stream", ErrorCode.CKSUM_MISMATCH),
  /// A bundle older than one that was imported.
  BUNDLE_REPLAYED("bundle-replayed", ErrorCode.STALE),
  /// A delta whose base is newer than the local state.
  BUNDLE_SEQUENCE_GAP("bundle-sequence-gap", ErrorCode.UNKNOWN),
  /// A delta whose base differs from the local state.
  BUNDLE_BASE_MISMATCH("bundle-base-mismatch", ErrorCode.CKSUM_MISMATCH),
  /// Two different bundles with the same sequence.
  BUNDLE_FORK("bundle-fork", ErrorCode.CKSUM_MISMATCH),
  /// A bundle whose content does not result in the state that it declares.
  BUNDLE_STATE_MISMATCH("bundle-state-mismatch", ErrorCode.CKSUM_MISMATCH),
  /// A bundle of a later format, or one that requires an unknown feature.
  BUNDLE_FORMAT_UNSUPPORTED("bundle-format-unsupported", ErrorCode.MALFORMED_INPUT),
  /// A revocation bundle that allows a version or brings artifacts or feeds.
  REVOCATION_NOT_MONOTONE("revocation-not-monotone", ErrorCode.CKSUM_MISMATCH),
  /// A store that is older than the last import.
  HIGHWATER_BEHIND("highwater-behind", ErrorCode.STORE_UNUSABLE),
  /// An epoch that differs from that of the root, or a new epoch without new keys.
  BUNDLE_EPOCH_INVALID("bundle-epoch-invalid", ErrorCode.CKSUM_MISMATCH),
  /// An approval that was given for another bundle.
  APPROVAL_MISMATCH("approval-mismatch", ErrorCode.CKSUM_MISMATCH),
  /// A part whose bytes differ from the signed ones.
  PART_DAMAGED("part-damaged", ErrorCode.CKSUM_MISMATCH),
  /// A part that is named but missing.
  PART_MISSING("part-missing", ErrorCode.UNKNOWN),
  /// An artifact whose bytes do not have the digest that it is listed under.
  BLOB_DIGEST_MISMATCH("blob-digest-mismatch", ErrorCode.CKSUM_MISMATCH),
  /// An artifact that is named but in no part.
  BLOB_MISSING("blob-missing", ErrorCode.UNKNOWN),
  /// An artifact in a part that no table or allowed line names.
  BLOB_UNDECLARED("blob-undeclared", ErrorCode.MALFORMED_INPUT),
  /// A table that violates the format.
  TABLE_MALFORMED("table-malformed", ErrorCode.MALFORMED_INPUT),
  /// A table whose length or digest differs from the signed one.
  TABLE_HASH_MISMATCH("table-hash-mismatch", ErrorCode.CKSUM_MISMATCH),
  /// An index line whose checksum differs from that of the artifact.
  CKSUM_MISMATCH("cksum-mismatch", ErrorCode.CKSUM_MISMATCH),
  /// A known version with other bytes, without a signed statement of the change.
  CKSUM_CHANGED("cksum-changed", ErrorCode.CKSUM_MISMATCH),
  /// A version without a decision.
  DECISION_MISSING("decision-missing", ErrorCode.UNKNOWN),
  /// A decision on other bytes.
  DECISION_DIGEST_MISMATCH("decision-digest-mismatch", ErrorCode.CKSUM_MISMATCH),
  /// A decision without a valid signature of a decision key.
  DECISION_SIGNATURE_INVALID("decision-signature-invalid", ErrorCode.CKSUM_MISMATCH),
  /// Two crates with the same collision key, which cannot both exist.
  NAME_COLLISION("name-collision", ErrorCode.MALFORMED_INPUT),
  /// An index line that must not be relayed.
  INDEX_MALFORMED("index-malformed", ErrorCode.MALFORMED_INPUT),
  /// A name that would belong to the public and to a private registry, or to two private ones.
  TWO_ORIGINS("two-origins", ErrorCode.CKSUM_MISMATCH),
  /// A toolchain, source, result or release that the checks of the site refuse.
  SITE_REFUSED("site-refused", ErrorCode.REFUSED_BY_POLICY),
  /// A file of the site that is neither in the bundle nor stored.
  FILE_MISSING("file-missing", ErrorCode.UNKNOWN),
  /// Changes of advisories that do not apply to the stored feed.
  ADVISORIES_BASE("advisories-base", ErrorCode.UNKNOWN),
  /// A feed of advisories older than the stored one.
  FEED_ROLLBACK("feed-rollback", ErrorCode.STALE),
  /// Feeds that are older than the stop age of the policy.
  FEEDS_STALE("feeds-stale", ErrorCode.STALE),
  /// An archive header that two readers could interpret differently.
  ARCHIVE_HEADER_INVALID("archive-header-invalid", ErrorCode.MALFORMED_INPUT),
  /// An archive entry that is not a plain file.
  ARCHIVE_ENTRY_FORBIDDEN("archive-entry-forbidden", ErrorCode.MALFORMED_INPUT),
  /// An archive entry with a forbidden name.
  ARCHIVE_PATH_FORBIDDEN("archive-path-forbidden", ErrorCode.MALFORMED_INPUT),
  /// An archive with data after its end marker, or without one.
  ARCHIVE_TRAILING_DATA("archive-trailing-data", ErrorCode.MALFORMED_INPUT),
  /// A file on the medium that the metadata does not name, or that is not a plain file.
  UNEXPECTED_FILE("unexpected-file", ErrorCode.MALFORMED_INPUT),
  /// A file that changed while it was read.
  MEDIUM_CHANGED("medium-changed", ErrorCode.CKSUM_MISMATCH),
  /// Too little disk space for an import or export.
  SPACE_INSUFFICIENT("space-insufficient", ErrorCode.DISK_FULL),
  /// Another import that is in progress.
  IMPORT_IN_PROGRESS("import-in-progress", ErrorCode.STORE_UNUSABLE),
  /// A refusal by the scanner.
  SCAN_REJECTED("scan-rejected", ErrorCode.REFUSED_BY_POLICY),
  /// A scanner that could not be run, exited with an unknown code or exceeded a limit.
  SCAN_FAILED("scan-failed", ErrorCode.REFUSED_BY_POLICY),
  /// A failure to read from the medium.
  MEDIUM_READ_FAILED("medium-read-failed", ErrorCode.UPSTREAM_UNAVAILABLE),
  /// An entered fingerprint that does not match the file.
  FINGERPRINT_MISMATCH("fingerprint-mismatch", ErrorCode.CKSUM_MISMATCH),
  /// A key file, a passphrase or a signing program that cannot be used.
  KEY_UNUSABLE("key-unusable", ErrorCode.CONFIG_INVALID),
  /// Trust that has not been set up, or a trust store that cannot be used.
  TRUST_UNUSABLE("trust-unusable", ErrorCode.STORE_UNUSABLE);

  private final String code;
  private final ErrorCode kind;

  BundleCode(String code, ErrorCode kind) {
    this.code = code;
    this.kind = kind;
  }

  /// Returns the kebab-case form, for example `signature-threshold`.
  @Override
  public String code() {
    return code;
  }

  /// Returns the general code by which front ends choose a status and an exit code.
  public ErrorCode kind() {
    return kind;
  }
}
