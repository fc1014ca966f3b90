package lazaret.bundle.tuf;

import java.util.HexFormat;
import java.util.Map;
import java.util.OptionalLong;
import lazaret.bundle.BundleCode;
import lazaret.bundle.BundleException;
import lazaret.vetting.Bytes;
import lazaret.vetting.crates.Sha256;

/// The comparison of bytes with the length and digests in signed metadata.
final class TargetDigests {
  private TargetDigests() {}

  /// Checks a metadata file. A length or digest that the metadata omits is not checked (TUF
  /// specification, *METAFILES*).
  ///
  /// @throws BundleException `metadata-hash-mismatch`
  static void check(String what, Bytes file, Metadata.MetaFile expected) {
    check(BundleCode.METADATA_HASH_MISMATCH, what, file, expected.length(), expected.hashes());
  }

  /// Checks a target.
  ///
  /// @throws BundleException `target-damaged`, also if no digest is of a known algorithm
  static void check(String what, Bytes file, Metadata.TargetFile expected) {
    check(
        BundleCode.TARGET_DAMAGED,
        what,
        file,
        OptionalLong.of(expected.length()),
        expected.hashes());
    if (expected.hashes().keySet().stream().noneMatch(TargetDigests::isKnown)) {
      throw new BundleException(
          BundleCode.TARGET_DAMAGED,
          "cannot check %s: its digests are by %s, expected sha256 or sha512"
              .formatted(what, expected.hashes().keySet()));
    }
  }

  private static void check(
      BundleCode code, String what, Bytes file, OptionalLong length, Map<String, String> hashes) {
    if (length.isPresent() && length.getAsLong() != file.length()) {
      throw new BundleException(
          code,
          "cannot use %s: expected %d bytes, found %d"
              .formatted(what, length.getAsLong(), file.length()));
    }
    hashes.forEach(
        (algorithm, expected) -> {
          if (isKnown(algorithm) && !expected.equals(hex(algorithm, file))) {
            throw new BundleException(
                code,
                "cannot use %s: expected %s %s, found %s"
                    .formatted(what, algorithm, expected, hex(algorithm, file)));
          }
        });
  }

  private static boolean isKnown(String algorithm) {
    return algorithm.equals("sha256") || algorithm.equals("sha512");
  }

  private static String hex(String algorithm, Bytes file) {
    if (algorithm.equals("sha256")) {
      return Sha256.of(file).hex();
    }
    return HexFormat.of().formatHex(LibrarySignatures.sha512(file));
  }
}
