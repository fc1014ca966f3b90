package lazaret.vetting.crates;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Random;
import lazaret.vetting.Bytes;
import lazaret.vetting.MalformedException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class Sha256Test {
  // FIPS 180-4, the examples of NIST for the empty message and for "abc".
  private static final String EMPTY =
      "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855";
  private static final String ABC =
      "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad";

  @Test
  void computesTheKnownDigests() {
    assertThat(Sha256.of(Bytes.EMPTY).hex()).isEqualTo(EMPTY);
    assertThat(Sha256.of(Bytes.utf8("abc"))).isEqualTo(Sha256.parse(ABC)).hasToString(ABC);
    assertThat(Sha256.of(new byte[] {'x', 'a', 'b', 'c', 'x'}, 1, 3).hex()).isEqualTo(ABC);
  }

  @Test
  void computesTheSameDigestWhateverTheWay() throws IOException {
    byte[] data = new byte[200_000];
    new Random(1).nextBytes(data);
    Sha256 expected = Sha256.of(Bytes.of(data));
    var hasher = new Sha256.Hasher();

    hasher.update(data, 0, 7);
    hasher.update(ByteBuffer.wrap(data, 7, 100_000));
    hasher.update(data, 100_007, data.length - 100_007);

    assertThat(hasher.finish()).isEqualTo(expected);
    assertThat(Sha256.digestOf(Bytes.of(data).inputStream())).isEqualTo(expected);
    assertThat(Sha256.fromDigest(expected.bytes())).isEqualTo(expected);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "abc",
        "E3B0C44298FC1C149AFBF4C8996FB92427AE41E4649B934CA495991B7852B855",
        "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b85",
        "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b8555",
        "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b85g",
        "0xb0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"
      })
  void refusesEverythingButLowerCaseHex(String text) {
    assertThatThrownBy(() -> Sha256.parse(text))
        .isInstanceOf(MalformedException.class)
        .hasMessage(
            "cannot read sha-256 '" + text + "': expected 64 lower-case hexadecimal digits");
  }

  @Test
  void refusesRawDigestsOfAnotherLength() {
    assertThatThrownBy(() -> Sha256.fromDigest(new byte[20]))
        .hasMessage("cannot read sha-256: expected 32 bytes, found 20");
  }

  @Test
  void namesAnArtifactInMessages() {
    var id = new CrateId(CrateName.parse("serde"), CrateVersion.parse("1.0.9"), Sha256.parse(ABC));

    assertThat(id).hasToString("serde 1.0.9 (sha256 ba7816bf..)");
  }
}
