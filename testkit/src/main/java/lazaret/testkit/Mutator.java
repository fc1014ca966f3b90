package lazaret.testkit;

import java.util.Arrays;
import java.util.SplittableRandom;
import java.util.function.Consumer;

/// A random mutation of bytes for fuzz tests, equal for the same seed. Not thread-safe.
public final class Mutator {
  /// The system property with the number of rounds of each seed, for long manual runs.
  public static final String ROUNDS = "lazaret.fuzz.rounds";

  private static final byte[] TELLING = {
    0, 1, 9, 10, 13, 31, 32, '"', '.', '/', '0', '5', '7', '8', '=', 'L', '[', '\\', 'x', '{', 127,
    -1
  };

  private final SplittableRandom random;

  /// Creates a mutator with a seed.
  public Mutator(long seed) {
    random = new SplittableRandom(seed);
  }

  /// Returns the number of rounds of each seed. It is the given number in every build, ten times as
  /// many with the large matrices, or the value of the system property.
  public static int rounds(int few) {
    return Integer.getInteger(ROUNDS, Boolean.getBoolean("lazaret.all") ? 10 * few : few);
  }

  /// Returns a number from 0 to below the bound.
  public int below(int bound) {
    return random.nextInt(bound);
  }

  /// Returns a copy with one to eight changes. A change flips a bit, sets a byte, removes, doubles,
  /// moves or blanks a range, or truncates the end.
  public byte[] mutate(byte[] original) {
    byte[] bytes = original.clone();
    for (int changes = 1 + random.nextInt(8); changes > 0; changes--) {
      bytes = change(bytes);
    }
    return bytes;
  }

  /// Changes one to four bytes in place, and passes each position to a repair (of a checksum).
  public void mutateInPlace(byte[] bytes, Consumer<Integer> repair) {
    for (int changes = 1 + random.nextInt(4); changes > 0 && bytes.length > 0; changes--) {
      int at = random.nextInt(bytes.length);
      bytes[at] = telling();
      repair.accept(at);
    }
  }

  private byte[] change(byte[] bytes) {
    if (bytes.length == 0) {
      return new byte[] {telling()};
    }
    int at = random.nextInt(bytes.length);
    int length = Math.min(1 + random.nextInt(64), bytes.length - at);
    switch (random.nextInt(7)) {
      case 0 -> bytes[at] ^= (byte) (1 << random.nextInt(8));
      case 1 -> bytes[at] = telling();
      case 2 -> {
        return spliced(bytes, at, length, new byte[0]);
      }
      case 3 -> {
        return spliced(bytes, at, 0, Arrays.copyOfRange(bytes, at, at + length));
      }
      case 4 -> {
        byte[] moved = Arrays.copyOfRange(bytes, at, at + length);
        System.arraycopy(moved, 0, bytes, random.nextInt(bytes.length - length + 1), length);
      }
      case 5 -> Arrays.fill(bytes, at, at + length, telling());
      default -> {
        if (random.nextInt(8) == 0) {
          return Arrays.copyOf(bytes, at);
        }
        bytes[at] = (byte) random.nextInt(256);
      }
    }
    return bytes;
  }

  private byte telling() {
    return TELLING[random.nextInt(TELLING.length)];
  }

  private static byte[] spliced(byte[] bytes, int at, int removed, byte[] inserted) {
    byte[] result = new byte[bytes.length - removed + inserted.length];
    System.arraycopy(bytes, 0, result, 0, at);
    System.arraycopy(inserted, 0, result, at, inserted.length);
    int rest = at + removed;
    System.arraycopy(bytes, rest, result, at + inserted.length, bytes.length - rest);
    return result;
  }
}
