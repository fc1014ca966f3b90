package lazaret.vetting;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URISyntaxException;
import java.net.URL;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import lazaret.vetting.crates.Sha256;
import org.assertj.core.api.Assertions;
import org.jspecify.annotations.Nullable;

/// A fuzz test of a parser with its corpus and mutations of it. The parser must return a value or
/// throw [MalformedException] within two seconds for every input; anything else fails the test.
///
/// Each input depends on the corpus and one seed only. A failure names the seed and leaves the
/// input in `target/fuzz`; `-Dlazaret.fuzz.replay=SEED` runs that one alone. Each target gets the
/// inputs of 5,000 seeds, or as many as two seconds permit. A machine that has the time for all of
/// them gets the same inputs in each run. With the large matrices (`lazaret.all`) it gets as many
/// as twenty seconds permit, with `-Dlazaret.fuzz.seconds=S` as many as S do. The first is that of
/// seed 1, or of `-Dlazaret.fuzz.seed=SEED`.
public final class FuzzHarness {
  private static final long SLOW_NANOS = 2_000_000_000L;
  private static final int LONGEST = 256 * 1024;
  private static final long SEEDS = 5_000;

  private final String name;
  private final List<byte[]> corpus;
  private final List<byte[]> dictionary;

  private FuzzHarness(String name, List<byte[]> corpus, List<byte[]> dictionary) {
    this.name = name;
    this.corpus = corpus;
    this.dictionary = dictionary;
  }

  /// The parser under test, with checks of everything that it accepts.
  @FunctionalInterface
  public interface Target {
    /// Parses an input.
    void accept(Bytes input);
  }

  /// Runs a target.
  ///
  /// @param name folder of its corpus below `fuzz` in the resources
  /// @param dictionary texts that are useful to insert
  public static void run(String name, Target target, String... dictionary) {
    List<byte[]> words =
        Stream.of(dictionary).map(word -> word.getBytes(StandardCharsets.UTF_8)).toList();
    new FuzzHarness(name, corpus(name), words).run(target);
  }

  private static List<byte[]> corpus(String name) {
    URL folder = Objects.requireNonNull(FuzzHarness.class.getResource("/fuzz/" + name), name);
    try (Stream<Path> files = Files.list(Path.of(folder.toURI()))) {
      var inputs = new ArrayList<byte[]>();
      for (Path file : files.sorted().toList()) {
        inputs.add(Files.readAllBytes(file));
      }
      return inputs;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (URISyntaxException e) {
      throw new AssertionError(e);
    }
  }

  private void run(Target target) {
    corpus.forEach(input -> feed(target, input, "corpus"));
    Long replay = Long.getLong("lazaret.fuzz.replay");
    if (replay != null) {
      feed(target, mutation(replay), "seed " + replay);
      return;
    }
    Long wanted = Long.getLong("lazaret.fuzz.seconds");
    boolean all = Boolean.getBoolean("lazaret.all");
    long seconds = wanted != null ? wanted : all ? 20 : 2;
    long seed = Long.getLong("lazaret.fuzz.seed", 1);
    long first = seed;
    long last = wanted != null || all ? Long.MAX_VALUE : first + SEEDS;
    long end = System.nanoTime() + seconds * 1_000_000_000L;
    while (seed < last && System.nanoTime() < end) {
      feed(target, mutation(seed), "seed " + seed);
      seed++;
    }
    System.getLogger("lazaret.fuzz")
        .log(
            System.Logger.Level.INFO,
            "{0}: {1,number,#} inputs from seed {2,number,#}",
            name,
            seed - first,
            first);
  }

  private void feed(Target target, byte[] input, String origin) {
    long start = System.nanoTime();
    try {
      target.accept(Bytes.of(input));
    } catch (MalformedException _) {
      // The only permitted refusal.
    } catch (Throwable e) {
      throw failure(input, origin, "threw " + e, e);
    }
    if (System.nanoTime() - start > SLOW_NANOS && isSlowAgain(target, input)) {
      throw failure(input, origin, "took more than two seconds, twice", null);
    }
  }

  /// Returns whether a second run is slow too, since a busy machine can make one run slow.
  private static boolean isSlowAgain(Target target, byte[] input) {
    long start = System.nanoTime();
    try {
      target.accept(Bytes.of(input));
    } catch (MalformedException _) {
      // Only the time counts here.
    }
    return System.nanoTime() - start > SLOW_NANOS;
  }

  private AssertionError failure(
      byte[] input, String origin, String what, @Nullable Throwable cause) {
    Path file =
        Path.of(
            "target",
            "fuzz",
            name + "-" + Sha256.of(input, 0, input.length).hex().substring(0, 12));
    try {
      Files.createDirectories(Objects.requireNonNull(file.getParent()));
      Files.write(file, input);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return Assertions.fail(
        "fuzz target '%s', %s, %s; the input of %d bytes is in %s"
            .formatted(name, origin, what, input.length, file),
        cause);
  }

  private byte[] mutation(long seed) {
    var random = new SplittableRandom(seed);
    byte[] input = pick(random, corpus);
    for (int changes = 1 + random.nextInt(6); changes > 0; changes--) {
      input = change(random, input);
    }
    return input;
  }

  private byte[] change(SplittableRandom random, byte[] input) {
    int at = random.nextInt(input.length + 1);
    int length = Math.min(input.length - at, 1 + random.nextInt(1 << random.nextInt(1, 9)));
    return switch (random.nextInt(9)) {
      case 0 -> splice(input, at, 0, pick(random, dictionary));
      case 1 -> splice(input, at, length, pick(random, dictionary));
      case 2 -> splice(input, at, length, new byte[0]);
      case 3 -> splice(input, at, 0, Arrays.copyOfRange(input, at, at + length));
      case 4 -> splice(input, at, Math.min(1, length), new byte[] {(byte) random.nextInt(256)});
      case 5 -> flip(random, input);
      case 6 -> Arrays.copyOf(input, at);
      case 7 -> cross(random, input, at);
      default -> repeat(random, input, at, length);
    };
  }

  private static byte[] pick(SplittableRandom random, List<byte[]> from) {
    return from.get(random.nextInt(from.size())).clone();
  }

  private static byte[] flip(SplittableRandom random, byte[] input) {
    if (input.length > 0) {
      input[random.nextInt(input.length)] ^= (byte) (1 << random.nextInt(8));
    }
    return input;
  }

  /// Continues in the middle of another input of the corpus.
  private byte[] cross(SplittableRandom random, byte[] input, int at) {
    byte[] other = pick(random, corpus);
    int from = random.nextInt(other.length + 1);
    return splice(input, at, input.length - at, Arrays.copyOfRange(other, from, other.length));
  }

  /// Repeats a part many times, which exposes recursion and quadratic time.
  private static byte[] repeat(SplittableRandom random, byte[] input, int at, int length) {
    int times = 1 << random.nextInt(1, 15);
    if (length == 0 || (long) length * times > LONGEST) {
      return input;
    }
    byte[] many = new byte[length * times];
    for (int i = 0; i < many.length; i++) {
      many[i] = input[at + i % length];
    }
    return splice(input, at, length, many);
  }

  private static byte[] splice(byte[] input, int at, int length, byte[] replacement) {
    if (input.length - length + replacement.length > LONGEST) {
      return input;
    }
    byte[] spliced = new byte[input.length - length + replacement.length];
    System.arraycopy(input, 0, spliced, 0, at);
    System.arraycopy(replacement, 0, spliced, at, replacement.length);
    System.arraycopy(
        input, at + length, spliced, at + replacement.length, input.length - at - length);
    return spliced;
  }
}
