package lazaret.bundle.keys;

import static lazaret.bundle.keys.KeyFileTest.PASSPHRASE;
import static lazaret.bundle.keys.KeyFileTest.cheap;
import static lazaret.bundle.keys.KeyFileTest.typed;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.function.Consumer;
import lazaret.bundle.BundleException;
import lazaret.testkit.Mutator;
import lazaret.vetting.Bytes;
import org.junit.jupiter.api.Test;

/// Random changes to key files and public files: each file is read, or refused with a code.
class KeyFileFuzzTest {
  private static final int ROUNDS = 500;

  private static void survives(Bytes good, Consumer<Bytes> reading) {
    reading.accept(good);
    for (long seed = 1; seed <= 3; seed++) {
      var mutator = new Mutator(seed);
      for (int round = Mutator.rounds(ROUNDS); round > 0; round--) {
        Bytes mutated = Bytes.of(mutator.mutate(good.array()));
        try {
          reading.accept(mutated);
        } catch (BundleException e) {
          assertThat(e).hasMessageStartingWith("cannot ");
        } catch (RuntimeException e) {
          throw new AssertionError("seed %d, %d rounds left".formatted(seed, round), e);
        }
      }
    }
  }

  /// A changed key file that is accepted opens to the keys that it names.
  @Test
  void keyFiles() {
    KeyFile good = cheap("ann");
    survives(
        good.file(),
        bytes -> {
          KeyFile read = KeyFile.parse(bytes, "it");
          read.open(typed(PASSPHRASE));
          assertThat(read.publicKeys()).isEqualTo(good.publicKeys());
        });
  }

  @Test
  void publicFiles() {
    survives(cheap("ann").publicFile(), bytes -> PublicPair.parse(bytes, "it"));
    survives(cheap(KeyFile.DECISIONS).publicFile(), bytes -> DecisionKey.parse(bytes, "it"));
  }
}
