package lazaret.bundle.site;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.Signature;
import java.security.spec.ECGenParameterSpec;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import lazaret.bundle.BundleException;
import lazaret.bundle.tuf.TufKey;
import lazaret.vetting.Bytes;
import lazaret.vetting.crates.Sha256;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// The check of a release of this program.
class ReleaseCheckTest {
  private static final KeyPair KEY = pair();
  private static final Sha256 TAR = Sha256.of(Bytes.utf8("tar"));
  private static final String SUMS =
      "%s  lazaret-1.2.3-linux.tar.gz\n%s  lazaret.pub\n".formatted(TAR, TAR);

  private static KeyPair pair() {
    try {
      KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
      generator.initialize(new ECGenParameterSpec("secp256r1"));
      return generator.generateKeyPair();
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  private static TufKey key(KeyPair pair) {
    return TufKey.ecdsaP256(pair.getPublic().getEncoded());
  }

  private static Bytes signature(String sums) {
    try {
      Signature signer = Signature.getInstance("SHA256withECDSA");
      signer.initSign(KEY.getPrivate());
      signer.update(Bytes.utf8(sums).array());
      return Bytes.of(signer.sign());
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  private static ReleaseCheck check(String sums, Bytes signature, TufKey... keys)
      throws IOException {
    Map<String, Bytes> files = new HashMap<>();
    files.put(ReleaseCheck.SUMS, Bytes.utf8(sums));
    files.put(ReleaseCheck.SIGNATURE, signature);
    return ReleaseCheck.of(
        (name, _) -> {
          Bytes file = files.get(name);
          if (file == null) {
            throw new IOException("no file " + name);
          }
          return file;
        },
        List.of(keys));
  }

  private static ReleaseCheck signed(String sums) throws IOException {
    return check(sums, signature(sums), key(pair()), key(KEY));
  }

  @Test
  void signedListNamesVersionAndFiles() throws IOException {
    ReleaseCheck release = signed(SUMS);

    assertThat(release.version()).isEqualTo("1.2.3");
    assertThat(release.files())
        .containsOnlyKeys("lazaret-1.2.3-linux.tar.gz", "lazaret.pub")
        .containsEntry("lazaret.pub", TAR);
  }

  @Test
  void listWithoutASignatureOfAKeyOfTheRootIsRefused() {
    assertThatThrownBy(() -> check(SUMS, signature(SUMS)))
        .isInstanceOf(BundleException.class)
        .hasMessageContaining("the root names no key of releases");
    assertThatThrownBy(() -> check(SUMS, signature(SUMS), key(pair())))
        .hasMessageContaining("no key that the root names for releases signed");
    assertThatThrownBy(() -> check(SUMS + SUMS, signature(SUMS), key(KEY)))
        .hasMessageContaining("no key that the root names for releases signed");
  }

  @Test
  void otherListsAreRefusedThoughTheyAreSigned() {
    for (String sums :
        List.of(
            "",
            "no digest\n",
            SUMS + SUMS,
            SUMS + TAR + "  lazaret-1.2.4-linux.tar.gz\n",
            SUMS + TAR + "  ../lazaret\n",
            SUMS + TAR + "  /lazaret\n",
            TAR + "  lazaret.pub\n")) {
      assertThatThrownBy(() -> signed(sums)).as(sums).isInstanceOf(BundleException.class);
    }
  }

  @Test
  void releaseIsComplete() throws IOException {
    ReleaseCheck release = signed(SUMS);
    Set<String> whole =
        Set.of(
            "SHA256SUMS",
            "SHA256SUMS.sig",
            "lazaret-1.2.3-linux.tar.gz",
            "lazaret-1.2.3-linux.tar.gz.sig",
            "lazaret.pub");

    assertThat(release.complete(whole)).containsExactlyInAnyOrderElementsOf(whole);
    assertThatThrownBy(() -> release.complete(Set.of("SHA256SUMS", "SHA256SUMS.sig")))
        .hasMessageContaining("is missing");
    assertThatThrownBy(
            () ->
                release.complete(Set.of("lazaret-1.2.3-linux.tar.gz", "lazaret.pub", "install.sh")))
        .hasMessageContaining("does not list the file 'install.sh'");
  }

  @ParameterizedTest
  @CsvSource({
    "1.2.4, true",
    "1.2.3, false",
    "1.2.2, false",
    "1.10.0, true",
    "0.9.9, false",
    "1.2.4-SNAPSHOT, true",
    "1.2.3-SNAPSHOT, false",
    "unpackaged, false"
  })
  void versionsAreComparedByNumber(String running, boolean older) throws IOException {
    assertThat(signed(SUMS).isOlderThan(running)).isEqualTo(older);
  }
}
