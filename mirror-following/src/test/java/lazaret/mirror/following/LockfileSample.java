package lazaret.mirror.following;

import lazaret.vetting.Bytes;

/// Lockfiles of version 4 as cargo writes them.
final class LockfileSample {
  private LockfileSample() {}

  /// Returns a lockfile with packages of the public registry.
  ///
  /// @param packages names and versions in turn
  static Bytes text(String... packages) {
    StringBuilder text = new StringBuilder("version = 4\n");
    for (int i = 0; i < packages.length; i += 2) {
      text.append("\n[[package]]\nname = \"")
          .append(packages[i])
          .append("\"\nversion = \"")
          .append(packages[i + 1])
          .append("\"\nsource = \"registry+https://github.com/rust-lang/crates.io-index\"\n")
          .append("checksum = \"")
          .append("0123456789abcdef".repeat(4))
          .append("\"\n");
    }
    return Bytes.utf8(text.toString());
  }
}
