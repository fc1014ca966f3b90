package lazaret.cli.verbs;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import lazaret.bundle.BundleCode;

/// The next step after the refusal of a bundle, in one line.
final class BundleAdvice {
  private static final Map<BundleCode, String> NEXT =
      Stream.of(
              of(
                  "copy that file to the medium once more, or repair it; then give the same command again",
                  BundleCode.PART_DAMAGED,
                  BundleCode.TABLE_HASH_MISMATCH,
                  BundleCode.TARGET_DAMAGED,
                  BundleCode.METADATA_HASH_MISMATCH,
                  BundleCode.MEDIUM_CHANGED),
              of(
                  "another reader or another copy; then give the same command again, which goes on where it"
                      + " was",
                  BundleCode.MEDIUM_READ_FAILED),
              of(
                  "bring the other media and give the same command again; what was taken is kept",
                  BundleCode.PART_MISSING),
              of(
                  "bring the whole folder of the bundle, with 'metadata' in it",
                  BundleCode.METADATA_MISSING),
              of(
                  "what was typed, or that file, is none of ours: compare it with what the officers have",
                  BundleCode.KEY_MALFORMED),
              of("find out who put it there before you remove it", BundleCode.UNEXPECTED_FILE),
              of(
                  "copy the bundle once more; if it comes so again, ask who packed it",
                  BundleCode.ARCHIVE_HEADER_INVALID,
                  BundleCode.ARCHIVE_ENTRY_FORBIDDEN,
                  BundleCode.ARCHIVE_PATH_FORBIDDEN,
                  BundleCode.ARCHIVE_TRAILING_DATA),
              of("make room and give the same command again", BundleCode.SPACE_INSUFFICIENT),
              of(
                  "where officers have yet to sign, 'vetting-cli sign' tells who; else it is not from them:"
                      + " do not go on",
                  BundleCode.SIGNATURE_THRESHOLD,
                  BundleCode.HYBRID_POLICY_UNMET),
              of(
                  "no export of ours is like that: show it to the officers before anything else",
                  BundleCode.THRESHOLD_INVALID,
                  BundleCode.ROLE_NOT_AUTHORISED,
                  BundleCode.METADATA_TYPE_MISMATCH),
              of(
                  "a new export outside; or two persons let this one in",
                  BundleCode.METADATA_EXPIRED),
              of(
                  "a new export with every root in the 'roots' of its folder of keys; if that is refused too,"
                      + " ask the officers who changed keys",
                  BundleCode.ROOT_VERSION_GAP,
                  BundleCode.ROOT_CHAIN_BROKEN,
                  BundleCode.BUNDLE_EPOCH_INVALID),
              of(
                  "nothing, where a newer bundle was imported; to serve what was before, 'bundle rollback'",
                  BundleCode.BUNDLE_REPLAYED),
              of(
                  "ask outside for a bundle that was made after the newest that was imported",
                  BundleCode.METADATA_ROLLBACK),
              of(
                  "show both bundles to the officers before you import anything",
                  BundleCode.BUNDLE_FORK,
                  BundleCode.METADATA_CONTENT_CHANGED),
              of(
                  "bring the bundles in between, or let them export one for what is here ('bundle export"
                      + " --since', '--for' or '--kind full')",
                  BundleCode.BUNDLE_SEQUENCE_GAP),
              of(
                  "a full bundle ('bundle export --kind full'); and find out how the two sides came apart",
                  BundleCode.BUNDLE_BASE_MISMATCH,
                  BundleCode.BLOB_MISSING),
              of(
                  "the bundle for this network; or its name in 'bundles.networks', where it has another",
                  BundleCode.BUNDLE_WRONG_STREAM),
              of(
                  "look at this one with 'bundle diff' before anybody approves it",
                  BundleCode.APPROVAL_MISMATCH),
              of(
                  "look at 'bundle diff' and ask outside; then '--approve' it, or import a delta",
                  BundleCode.CKSUM_CHANGED),
              of("set this machine's clock", BundleCode.CLOCK_BEHIND),
              of(
                  "refresh the feeds outside and export again",
                  BundleCode.FEED_ROLLBACK,
                  BundleCode.FEEDS_STALE),
              of(
                  "'trust acknowledge-restore', then import what came since the backup, the newest at least",
                  BundleCode.HIGHWATER_BEHIND),
              of("wait for its end", BundleCode.IMPORT_IN_PROGRESS),
              of(
                  "the scanner's own report; the file is on the medium as it was",
                  BundleCode.SCAN_REJECTED),
              of(
                  "start the scanner by hand on that file, mend it, and import again",
                  BundleCode.SCAN_FAILED),
              of(
                  "compare with the paper again; do not go on before you know why",
                  BundleCode.FINGERPRINT_MISMATCH),
              of("'vetting-cli keys show FOLDER' tells what is there", BundleCode.KEY_UNUSABLE),
              of("'vetting-cli trust show' prints what is trusted", BundleCode.TRUST_UNUSABLE),
              of(
                  "a newer version of this program on this side",
                  BundleCode.BUNDLE_FORMAT_UNSUPPORTED),
              of(
                  "a new export; if that is refused too, ask outside what went wrong there",
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

  private BundleAdvice() {}

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
  static Optional<String> of(String message) {
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
