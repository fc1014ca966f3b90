package lazaret.detonation;

import lazaret.vetting.Bytes;
import lazaret.vetting.MalformedException;
import lazaret.vetting.crates.CrateName;
import lazaret.vetting.crates.CrateVersion;
import lazaret.vetting.crates.Sha256;

/// An order to build one version alone.
///
/// @param name the crate
/// @param version the version
/// @param crate the bytes of the `.crate` file, at most [#MAX_BYTES]
public record DetonationOrder(CrateName name, CrateVersion version, Bytes crate) {
  /// The largest artifact of an order. The process of the sandbox keeps one at a time in memory.
  public static final int MAX_BYTES = 32 << 20;

  /// Checks the size.
  ///
  /// @throws MalformedException if the artifact is empty or too large
  public DetonationOrder {
    checkSize(crate.length());
  }

  private static void checkSize(long bytes) {
    if (bytes < 1 || bytes > MAX_BYTES) {
      throw new MalformedException(
          "cannot order a detonation: expected an artifact of 1 to %d bytes, found %d"
              .formatted(MAX_BYTES, bytes));
    }
  }

  /// Returns the part that precedes the artifact on the socket.
  Head head() {
    return new Head(name, version, Sha256.of(crate), crate.length());
  }

  /// The part of an order that precedes the artifact.
  ///
  /// @param name the crate
  /// @param version the version
  /// @param cksum the SHA-256 of the artifact
  /// @param bytes the size of the artifact
  public record Head(CrateName name, CrateVersion version, Sha256 cksum, long bytes) {
    /// Checks the size.
    ///
    /// @throws MalformedException if the artifact is empty or too large
    public Head {
      checkSize(bytes);
    }

    /// Returns the order with the artifact that follows.
    ///
    /// @throws MalformedException if it is not the announced one
    DetonationOrder with(Bytes crate) {
      if (crate.length() != bytes || !Sha256.of(crate).equals(cksum)) {
        throw new MalformedException(
            "cannot accept the artifact of %s %s: expected sha256 %s and %d bytes, found %d bytes"
                .formatted(name, version, cksum, bytes, crate.length()));
      }
      return new DetonationOrder(name, version, crate);
    }
  }
}
