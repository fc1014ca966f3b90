package lazaret.bundle.tuf;

import static lazaret.bundle.tuf.JsonFields.malformed;

import java.util.ArrayList;
import java.util.List;

/// The expansion of a delegation to many roles that share the targets by the first bits of the
/// digest of their paths (TAP 15, *succinct_roles*).
final class HashBins {
  /// The largest `bit_length` that is accepted. The specification allows 32. Each bin becomes an
  /// object in memory, and 65,536 bins suffice.
  private static final long MOST_BITS = 16;

  private HashBins() {}

  /// Returns the delegated roles: one for each value of `bit_length` bits, for the digests that
  /// begin with that number.
  static List<Metadata.Delegation> of(JsonFields succinct) {
    long bits = succinct.whole("bit_length");
    if (bits < 1 || bits > MOST_BITS) {
      throw malformed(succinct.what(), "expected a bit_length from 1 to " + MOST_BITS);
    }
    var signers = new RoleKeys(succinct.texts("keyids"), succinct.signed("threshold"));
    String name = succinct.text("name_prefix");
    int count = 1 << bits;
    int digits = Integer.toHexString(count - 1).length();
    List<Metadata.Delegation> roles = new ArrayList<>(count);
    for (int bin = 0; bin < count; bin++) {
      String number = hex(bin, digits);
      // Terminating: a target of a bin is searched in no other role.
      roles.add(new Metadata.Delegation(name + "-" + number, signers, true, bin(bin, (int) bits)));
    }
    return roles;
  }

  /// Returns the digests whose first `bits` bits are `bin`, as hexadecimal prefixes. There are
  /// several prefixes if the bits end within a digit.
  private static TargetPaths bin(int bin, int bits) {
    int spare = (4 - bits % 4) % 4;
    int digits = (bits + spare) / 4;
    List<String> prefixes = new ArrayList<>();
    for (int rest = 0; rest < 1 << spare; rest++) {
      prefixes.add(hex(bin << spare | rest, digits));
    }
    return new TargetPaths.HashPrefixes(prefixes);
  }

  private static String hex(int value, int digits) {
    String hex = Integer.toHexString(value);
    return "0".repeat(digits - hex.length()) + hex;
  }
}
