package lazaret.vetting.inspect;

/// A test for bytes that look random, as encrypted and compressed ones do (Shannon 1948).
final class Entropy {
  private static final int LEAST = 1_024;
  private static final double RANDOM_BITS = 7.5;

  private Entropy() {}

  /// Returns whether there are enough bytes, with more than 7.5 bits of information each.
  static boolean looksRandom(byte[] bytes, int length) {
    if (length < LEAST) {
      return false;
    }
    int[] counts = new int[256];
    for (int i = 0; i < length; i++) {
      counts[bytes[i] & 0xFF]++;
    }
    double bits = 0;
    for (int count : counts) {
      if (count > 0) {
        double share = (double) count / length;
        bits -= share * Math.log(share) / Math.log(2);
      }
    }
    return bits > RANDOM_BITS;
  }
}
