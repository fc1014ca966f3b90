package lazaret.bundle.trust;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import lazaret.bundle.BundleCode;
import lazaret.bundle.BundleException;
import lazaret.vetting.Excerpt;
import lazaret.vetting.crates.Sha256;

/// A digest in a form that people read aloud, print and type: ten groups of four characters. It is
/// the first 200 bits of a SHA-256 in Crockford's base 32, which avoids similar characters.
///
/// @param text forty characters in lower case without spaces
public record Fingerprint(String text) {
  private static final String ALPHABET = "0123456789abcdefghjkmnpqrstvwxyz";
  private static final int GROUPS = 10;
  private static final int GROUP = 4;
  private static final int BITS = 5;

  /// Returns the fingerprint of a digest.
  public static Fingerprint of(Sha256 digest) {
    byte[] bytes = digest.bytes();
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < GROUPS * GROUP; i++) {
      int bit = i * BITS;
      int two = (bytes[bit / 8] & 0xff) << 8 | (bytes[bit / 8 + 1] & 0xff);
      text.append(ALPHABET.charAt((two >> (16 - BITS - bit % 8)) & 31));
    }
    return new Fingerprint(text.toString());
  }

  /// Parses typed text. Case, spaces and hyphens are ignored; `o` is read as 0, `i` and `l` as 1.
  ///
  /// @throws BundleException `key-malformed` if it is not a fingerprint
  public static Fingerprint parse(String typed) {
    String text =
        typed
            .toLowerCase(Locale.ROOT)
            .replaceAll("[\\s-]", "")
            .replace('o', '0')
            .replace('i', '1')
            .replace('l', '1');
    if (text.length() != GROUPS * GROUP || !text.chars().allMatch(c -> ALPHABET.indexOf(c) >= 0)) {
      throw new BundleException(
          BundleCode.KEY_MALFORMED,
          "cannot read the fingerprint '%s': expected ten groups of four letters and digits"
              .formatted(Excerpt.of(typed)));
    }
    return new Fingerprint(text);
  }

  /// Returns the numbers of the groups in which another fingerprint differs: `group 3`, `groups 1,
  /// 4 and 10`, or `all ten groups`. The text omits the other fingerprint, so that a person must
  /// compare with the paper and cannot copy the fingerprint of the medium.
  public String differences(Fingerprint other) {
    List<String> places = new ArrayList<>();
    for (int i = 0; i < GROUPS; i++) {
      if (!text.regionMatches(i * GROUP, other.text, i * GROUP, GROUP)) {
        places.add(Integer.toString(i + 1));
      }
    }
    return switch (places.size()) {
      case 0 -> "no group";
      case 1 -> "group " + places.getFirst();
      case GROUPS -> "all ten groups";
      default ->
          "groups %s and %s"
              .formatted(String.join(", ", places.subList(0, places.size() - 1)), places.getLast());
    };
  }

  /// Returns the ten groups with spaces between them.
  public String groups() {
    return text.replaceAll("(.{4})(?=.)", "$1 ");
  }
}
