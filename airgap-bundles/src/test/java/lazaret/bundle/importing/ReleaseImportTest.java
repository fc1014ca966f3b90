package lazaret.bundle.importing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.Signature;
import java.security.spec.ECGenParameterSpec;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import lazaret.bundle.BundleCode;
import lazaret.bundle.BundleException;
import lazaret.bundle.tuf.TufKey;
import lazaret.site.SiteFileCollection;
import lazaret.site.SiteFileRow;
import lazaret.site.store.FolderSiteFileStore;
import lazaret.site.store.SiteFile;
import lazaret.site.store.SiteFileStore;
import lazaret.site.store.SiteFileUpload;
import lazaret.vetting.Bytes;
import lazaret.vetting.crates.Sha256;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The check of a release of this program that a bundle brings.
class ReleaseImportTest {
  private static final KeyPair KEY = pair();
  private static final Bytes TAR = Bytes.utf8("the files of the program");
  private static final String NAME = "lazaret-1.2.3-linux.tar.gz";
  private static final Bytes SUMS = Bytes.utf8(Sha256.of(TAR) + "  " + NAME + "\n");

  private final List<SiteFileRow> rows = new ArrayList<>();
  private final SiteFileStore store;

  ReleaseImportTest(@TempDir Path folder) throws IOException {
    store = FolderSiteFileStore.open(folder.resolve("files"));
  }

  private static KeyPair pair() {
    try {
      KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
      generator.initialize(new ECGenParameterSpec("secp256r1"));
      return generator.generateKeyPair();
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  private static Bytes signature() {
    try {
      Signature signer = Signature.getInstance("SHA256withECDSA");
      signer.initSign(KEY.getPrivate());
      signer.update(SUMS.array());
      return Bytes.of(signer.sign());
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  @BeforeEach
  void addRelease() throws IOException {
    rows.add(row("1.2.3/SHA256SUMS", SUMS));
    rows.add(row("1.2.3/SHA256SUMS.sig", signature()));
    rows.add(row("1.2.3/" + NAME, TAR));
  }

  private SiteFileRow row(String path, Bytes content) throws IOException {
    try (SiteFileUpload upload = store.begin(content.length())) {
      upload.write(content.array(), 0, content.length());
      SiteFile file = upload.commit(null);
      return new SiteFileRow(
          SiteFileCollection.PRODUCT,
          path,
          file.sha256(),
          file.length(),
          "application/octet-stream",
          Instant.parse("2026-11-24T12:00:00Z"),
          "ada",
          "bundle:prod",
          null);
    }
  }

  private void check(String running) throws IOException {
    TufKey key = TufKey.ecdsaP256(KEY.getPublic().getEncoded());
    new ReleaseImport(store, List.of(key), running).check(rows);
  }

  private void assertRefused(String running, String message) {
    assertThatThrownBy(() -> check(running))
        .isInstanceOfSatisfying(
            BundleException.class, e -> assertThat(e.reason()).isEqualTo(BundleCode.SITE_REFUSED))
        .hasMessageContaining(message);
  }

  @Test
  void releaseThatIsNotOlderThanThisProgramIsAccepted() throws IOException {
    check("1.2.2");
    check("1.2.3");
    check("unpackaged");
  }

  @Test
  void releaseOlderThanThisProgramIsRefused() {
    assertRefused("1.2.4", "version 1.2.3 is older than this program (1.2.4)");
    assertRefused("1.10.0", "leave it out with --without product");
  }

  @Test
  void fileUnderThePathOfAnotherVersionIsRefused() throws IOException {
    rows.set(2, row("1.2.4/" + NAME, TAR));

    assertRefused("1.2.3", "expected the files of version 1.2.3, found '1.2.4/" + NAME + "'");
  }

  /// The key of releases did not sign it. Its path is the first or the last of its name.
  @Test
  void secondVersionIsRefused() throws IOException {
    SiteFileRow other = row("0.9.0/" + NAME, Bytes.utf8("other files"));

    rows.addFirst(other);
    assertRefused("1.2.3", "expected the files of one version, found '" + NAME + "' twice");
    rows.addLast(rows.removeFirst());
    assertRefused("1.2.3", "expected the files of one version, found '" + NAME + "' twice");
  }

  @Test
  void fileWithAnotherSha256IsRefused() throws IOException {
    rows.set(2, row("1.2.3/" + NAME, Bytes.utf8("other files")));

    assertRefused("1.2.3", "its file '" + NAME + "' has another SHA-256 than is listed");
  }
}
