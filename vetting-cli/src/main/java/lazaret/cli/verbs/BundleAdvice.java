package lazaret.cli.verbs;

import java.util.Optional;
import java.util.stream.Stream;
import lazaret.bundle.BundleCode;

/// What to do about a refused bundle, in one line.
final class BundleAdvice {
  private BundleAdvice() {}

  /// Returns what to do, where a message begins with the code of a refused bundle.
  ///
  /// @param message as `part-damaged: cannot use ...`
  static Optional<String> of(String message) {
    String first = message.substring(0, Math.max(0, message.indexOf(':')));
    return Stream.of(BundleCode.values())
        .filter(code -> code.code().equals(first))
        .findFirst()
        .map(code -> "next: " + next(code) + " (docs/bundles.md)");
  }

  private static String next(BundleCode code) {
    return switch (code) {
      case PART_DAMAGED,
          TABLE_HASH_MISMATCH,
          TARGET_DAMAGED,
          METADATA_HASH_MISMATCH,
          MEDIUM_CHANGED ->
          "copy that file to the medium once more, or repair it; then give the same command again";
      case MEDIUM_READ_FAILED ->
          "another reader or another copy; then give the same command again, which goes on where it"
              + " was";
      case PART_MISSING ->
          "bring the other media and give the same command again; what was taken is kept";
      case METADATA_MISSING -> "bring the whole folder of the bundle, with 'metadata' in it";
      case UNEXPECTED_FILE -> "find out who put it there before you remove it";
      case ARCHIVE_HEADER_INVALID,
          ARCHIVE_ENTRY_FORBIDDEN,
          ARCHIVE_PATH_FORBIDDEN,
          ARCHIVE_TRAILING_DATA ->
          "copy the bundle once more; if it comes so again, ask who packed it";
      case SPACE_INSUFFICIENT -> "make room and give the same command again";
      case SIGNATURE_THRESHOLD, HYBRID_POLICY_UNMET ->
          "where officers have yet to sign, 'vetting-cli sign' tells who; else it is not from them:"
              + " do not go on";
      case THRESHOLD_INVALID, KEY_MALFORMED, ROLE_NOT_AUTHORISED, METADATA_TYPE_MISMATCH ->
          "no export of ours is like that: show it to the officers before anything else";
      case METADATA_EXPIRED -> "a new export outside; or two persons let this one in";
      case ROOT_VERSION_GAP, ROOT_CHAIN_BROKEN, BUNDLE_EPOCH_INVALID ->
          "a new export with every root in the 'roots' of its folder of keys; if that is refused too,"
              + " ask the officers who changed keys";
      case METADATA_ROLLBACK, BUNDLE_REPLAYED ->
          "nothing, where a newer bundle was imported; to serve what was before, 'bundle rollback'";
      case BUNDLE_FORK, METADATA_CONTENT_CHANGED ->
          "show both bundles to the officers before you import anything";
      case BUNDLE_SEQUENCE_GAP ->
          "bring the bundles in between, or let them export one for what is here ('bundle export"
              + " --since', '--for' or '--kind full')";
      case BUNDLE_BASE_MISMATCH, BLOB_MISSING ->
          "a full bundle ('bundle export --kind full'); and find out how the two sides came apart";
      case BUNDLE_WRONG_STREAM ->
          "the bundle for this network; or its name in 'bundles.networks', where it has another";
      case APPROVAL_MISMATCH -> "look at this one with 'bundle diff' before anybody approves it";
      case CKSUM_CHANGED ->
          "look at 'bundle diff' and ask outside; then '--approve' it, or import a delta";
      case CLOCK_BEHIND -> "set this machine's clock";
      case FEED_ROLLBACK, FEEDS_STALE -> "refresh the feeds outside and export again";
      case HIGHWATER_BEHIND ->
          "import what came since the backup, or 'trust acknowledge-restore' where that is lost";
      case IMPORT_IN_PROGRESS -> "wait for its end";
      case SCAN_REJECTED -> "the scanner's own report; the file is on the medium as it was";
      case SCAN_FAILED -> "start the scanner by hand on that file, mend it, and import again";
      case FINGERPRINT_MISMATCH -> "compare with the paper again; do not go on before you know why";
      case KEY_UNUSABLE -> "'vetting-cli keys show FOLDER' tells what is there";
      case TRUST_UNUSABLE -> "'vetting-cli trust show --data-dir DIR' tells what is trusted";
      case BUNDLE_FORMAT_UNSUPPORTED -> "a newer version of this program on this side";
      case METADATA_MALFORMED,
          METADATA_VERSION_MISMATCH,
          TARGET_UNKNOWN,
          LIMIT_EXCEEDED,
          BUNDLE_STATE_MISMATCH,
          REVOCATION_NOT_MONOTONE,
          BLOB_DIGEST_MISMATCH,
          BLOB_UNDECLARED,
          TABLE_MALFORMED,
          CKSUM_MISMATCH,
          DECISION_MISSING,
          DECISION_DIGEST_MISMATCH,
          DECISION_SIGNATURE_INVALID,
          NAME_COLLISION,
          INDEX_MALFORMED ->
          "a new export; if that is refused too, ask outside what went wrong there";
    };
  }
}
