package lazaret.bundle;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// The next step after the refusal of a bundle, in one line.
public final class BundleRefusalAdvice {
  private static final Map<BundleCode, String> NEXT =
      Stream.of(
              of(
                  "copy that file to the medium again, or repair it; then run the same command"
                      + " again",
                  BundleCode.PART_DAMAGED,
                  BundleCode.TABLE_HASH_MISMATCH,
                  BundleCode.TARGET_DAMAGED,
                  BundleCode.METADATA_HASH_MISMATCH,
                  BundleCode.MEDIUM_CHANGED),
              of(
                  "use another reader or another copy; then run the same command again: it"
                      + " continues where it stopped",
                  BundleCode.MEDIUM_READ_FAILED),
              of(
                  "insert the other media and run the same command again: imported files are kept",
                  BundleCode.PART_MISSING),
              of(
                  "copy the whole folder of the bundle, including 'metadata'",
                  BundleCode.METADATA_MISSING),
              of(
                  "the text or file is not one of our keys: compare it with the copy of the"
                      + " officers",
                  BundleCode.KEY_MALFORMED),
              of("find out who put it there before you remove it", BundleCode.UNEXPECTED_FILE),
              of(
                  "copy the bundle again; if the error remains, ask the person who packed it",
                  BundleCode.ARCHIVE_HEADER_INVALID,
                  BundleCode.ARCHIVE_ENTRY_FORBIDDEN,
                  BundleCode.ARCHIVE_PATH_FORBIDDEN,
                  BundleCode.ARCHIVE_TRAILING_DATA),
              of("free disk space and run the same command again", BundleCode.SPACE_INSUFFICIENT),
              of(
                  "if officers still have to sign, 'vetting-cli sign' lists them; otherwise it is not"
                      + " from the officers: stop",
                  BundleCode.SIGNATURE_THRESHOLD,
                  BundleCode.HYBRID_POLICY_UNMET),
              of(
                  "our exports never contain this: show it to the officers before you continue",
                  BundleCode.THRESHOLD_INVALID,
                  BundleCode.ROLE_NOT_AUTHORIZED,
                  BundleCode.METADATA_TYPE_MISMATCH),
              of(
                  "export again outside, or accept this bundle by two persons with --accept-expired",
                  BundleCode.METADATA_EXPIRED),
              of(
                  "export again with all roots in 'roots' of the folder of keys; if that is refused"
                      + " too, ask the officers who changed keys",
                  BundleCode.ROOT_VERSION_GAP,
                  BundleCode.ROOT_CHAIN_BROKEN,
                  BundleCode.BUNDLE_EPOCH_INVALID),
              of(
                  "nothing is needed if a newer bundle was imported; 'bundle rollback' serves an"
                      + " earlier snapshot",
                  BundleCode.BUNDLE_REPLAYED),
              of(
                  "request a bundle from outside that is newer than the last import",
                  BundleCode.METADATA_ROLLBACK),
              of(
                  "show both bundles to the officers before you import anything",
                  BundleCode.BUNDLE_FORK,
                  BundleCode.METADATA_CONTENT_CHANGED),
              of(
                  "import the bundles in between, or export one that fits this network ('bundle"
                      + " export --since', '--for' or '--kind full')",
                  BundleCode.BUNDLE_SEQUENCE_GAP),
              of(
                  "import a full bundle ('bundle export --kind full'), and find out why the two"
                      + " sides differ",
                  BundleCode.BUNDLE_BASE_MISMATCH,
                  BundleCode.BLOB_MISSING),
              of(
                  "use the bundle for this network, or add the network's name to 'bundles.networks'",
                  BundleCode.BUNDLE_WRONG_STREAM),
              of(
                  "check this bundle with 'bundle diff' before it is approved",
                  BundleCode.APPROVAL_MISMATCH),
              of(
                  "run 'bundle diff' and ask outside; then add '--approve', or import a delta",
                  BundleCode.CKSUM_CHANGED),
              of(
                  "find out which registry the name belongs to; show the bundle to the officers",
                  BundleCode.TWO_ORIGINS),
              of(
                  "look at the keys that the root names (x-lazaret-site), or leave the collection out"
                      + " with '--without'",
                  BundleCode.SITE_REFUSED),
              of("ask outside for a full bundle with the same files", BundleCode.FILE_MISSING),
              of(
                  "export with '--complete', or since a snapshot that this network has",
                  BundleCode.ADVISORIES_BASE),
              of("set this machine's clock", BundleCode.CLOCK_BEHIND),
              of(
                  "refresh the feeds outside and export again",
                  BundleCode.FEED_ROLLBACK,
                  BundleCode.FEEDS_STALE),
              of(
                  "run 'trust acknowledge-restore', then import at least the newest bundle since"
                      + " the backup",
                  BundleCode.HIGHWATER_BEHIND),
              of("wait until it ends", BundleCode.IMPORT_IN_PROGRESS),
              of(
                  "read the report of the scanner; the file on the medium is unchanged",
                  BundleCode.SCAN_REJECTED),
              of(
                  "run the scanner on that file by hand, correct its setup, and import again",
                  BundleCode.SCAN_FAILED),
              of(
                  "compare with the paper again; do not continue before the cause is known",
                  BundleCode.FINGERPRINT_MISMATCH),
              of("'vetting-cli keys show FOLDER' lists the keys", BundleCode.KEY_UNUSABLE),
              of("'vetting-cli trust show' prints what is trusted", BundleCode.TRUST_UNUSABLE),
              of(
                  "install a newer version of this program here",
                  BundleCode.BUNDLE_FORMAT_UNSUPPORTED),
              of(
                  "export again; if that is refused too, ask outside for the cause",
                  BundleCode.METADATA_MALFORMED,
                  BundleCode.METADATA_VERSION_MISMATCH,
                  BundleCode.TARGET_UNKNOWN,
                  BundleCode.LIMIT_EXCEEDED,
                  BundleCode.BUNDLE_STATE_MISMATCH,
                  BundleCode.REVOCATION_NOT_MONOTONE,
                  BundleCode.BLOB_DIGEST_MISMATCH,
                  BundleCode.BLOB_UNDECLARED,
                  BundleCode.TABLE_MALFORMED,
                  BundleCode.CKSUM_MISMATCH,
                  BundleCode.DECISION_MISSING,
                  BundleCode.DECISION_DIGEST_MISMATCH,
                  BundleCode.DECISION_SIGNATURE_INVALID,
                  BundleCode.NAME_COLLISION,
                  BundleCode.INDEX_MALFORMED))
          .flatMap(Advice::each)
          .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue));

  private BundleRefusalAdvice() {}

  /// A step for several codes.
  private record Advice(String text, List<BundleCode> codes) {
    Stream<Map.Entry<BundleCode, String>> each() {
      return codes.stream().map(code -> Map.entry(code, text));
    }
  }

  private static Advice of(String text, BundleCode... codes) {
    return new Advice(text, List.of(codes));
  }

  /// Returns the next step if a message begins with the code of a refused bundle, else empty.
  ///
  /// @param message a message such as `part-damaged: cannot use ...`
  public static Optional<String> of(String message) {
    String first = message.substring(0, Math.max(0, message.indexOf(':')));
    return Stream.of(BundleCode.values())
        .filter(code -> code.code().equals(first))
        .findFirst()
        .map(
            code ->
                // Many messages contain the next step themselves.
                message.contains("; ")
                    ? "more: docs/bundles.md, docs/errors.md"
                    : "next: " + NEXT.get(code) + " (docs/bundles.md)");
  }
}
