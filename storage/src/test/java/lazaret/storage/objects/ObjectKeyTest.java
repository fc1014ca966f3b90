package lazaret.storage.objects;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import lazaret.vetting.Bytes;
import lazaret.vetting.crates.Sha256;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ObjectKeyTest {
  private static final Sha256 CKSUM = Sha256.of(Bytes.utf8("serde"));

  @Test
  void namesAnArtifactByDigestAndGeneration() {
    ObjectKey.Artifact artifact = new ObjectKey.Artifact(CKSUM, 42);
    String hex = CKSUM.hex();

    assertThat(artifact.key().name())
        .isEqualTo("objects/" + hex.substring(0, 2) + '/' + hex + ".42");
    assertThat(artifact.key().artifact()).contains(artifact);
    assertThat(artifact.key().name())
        .startsWith(ObjectKey.artifactFolder(Integer.parseInt(hex.substring(0, 2), 16)));
    assertThat(ObjectKey.artifactFolder(0)).isEqualTo("objects/00/");
    assertThat(ObjectKey.artifactFolder(255)).isEqualTo("objects/ff/");
  }

  @Test
  void otherKeysNameNoArtifact() {
    String hex = CKSUM.hex();
    String folder = "objects/" + hex.substring(0, 2) + '/';

    assertThat(new ObjectKey("heads/a").artifact()).isEmpty();
    assertThat(new ObjectKey("objects/00/" + hex + ".1").artifact()).isEmpty();
    assertThat(new ObjectKey(folder + hex + ".0").artifact()).isEmpty();
    assertThat(new ObjectKey(folder + hex + ".01").artifact()).isEmpty();
    assertThat(new ObjectKey(folder + hex + "." + "9".repeat(19)).artifact()).isEmpty();
    assertThat(new ObjectKey(folder + hex.substring(1) + ".1").artifact()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", "/", "a/", "/a", "a//b", ".", "..", "a/..", "a/../b", ".a", "a b", "a\n", "é"})
  void refusesOtherForms(String name) {
    assertThat(ObjectKey.isValid(name)).isFalse();
    assertThatThrownBy(() -> new ObjectKey(name)).isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void refusesLongNamesAndGenerationsBelowOne() {
    assertThat(ObjectKey.isValid("a".repeat(500))).isTrue();
    assertThat(ObjectKey.isValid("a/".repeat(249) + "aa")).isTrue();
    assertThat(ObjectKey.isValid("a".repeat(501))).isFalse();
    assertThatThrownBy(() -> new ObjectKey.Artifact(CKSUM, 0))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
