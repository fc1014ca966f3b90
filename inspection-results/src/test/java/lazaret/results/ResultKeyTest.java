package lazaret.results;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import lazaret.bundle.BundleException;
import lazaret.bundle.keys.DecisionKey;
import lazaret.bundle.keys.PublicPair;
import lazaret.bundle.tuf.SigningKey;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ResultKeyTest {
  @TempDir Path folder;

  @Test
  void readsTheKeysOfDecisionsAndTheClassicalKeysOfOfficers() throws IOException {
    SigningKey one = ResultFixture.key(1);
    SigningKey two = ResultFixture.key(2);
    SigningKey mlDsa = SigningKey.mlDsa(new byte[SigningKey.SEED_LENGTH]);
    Files.write(folder.resolve("a.pub.json"), new DecisionKey(one.publicKey()).file().array());
    Files.write(
        folder.resolve("b.pub.json"),
        new PublicPair("ann", two.publicKey(), mlDsa.publicKey()).file().array());
    Files.writeString(folder.resolve("README"), "not a key");

    assertThat(ResultKey.readAll(folder))
        .isEqualTo(
            List.of(new ResultKey(one.publicKey(), null), new ResultKey(two.publicKey(), null)));
  }

  @Test
  void refusesAnotherFile() throws IOException {
    Path file = Files.writeString(folder.resolve("a.pub.json"), "{\"format\":\"other/1\"}");

    assertThatThrownBy(() -> ResultKey.read(file))
        .isInstanceOf(BundleException.class)
        .hasMessageContaining("other/1");
  }
}
