package lazaret.bundle.trust;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.security.GeneralSecurityException;
import java.security.KeyPairGenerator;
import java.security.spec.ECGenParameterSpec;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import lazaret.bundle.BundleCode;
import lazaret.bundle.BundleException;
import lazaret.bundle.tuf.CanonicalJson;
import lazaret.bundle.tuf.JsonValue;
import lazaret.bundle.tuf.Metadata;
import lazaret.bundle.tuf.MetadataReader;
import lazaret.bundle.tuf.MetadataWriter;
import lazaret.bundle.tuf.TufKey;
import lazaret.vetting.Bytes;
import lazaret.vetting.crates.Sha256;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SiteTrustTest {
  private static final Sha256 PACKET = Sha256.of(Bytes.utf8("packet"));
  private static final TufKey RESULTS = TestStream.pair("host").publicPair().classical();
  private static final TufKey RELEASE = ecdsa("secp256r1");

  private static final SiteTrust TRUST =
      new SiteTrust(
          List.of(new SiteTrust.ToolchainKey("A".repeat(40), PACKET)),
          List.of(RELEASE),
          List.of(new SiteTrust.ResultKey(RESULTS, Instant.parse("2027-01-31T00:00:00Z"))),
          List.of("git.example", "github.com:8443"));

  private static TufKey ecdsa(String curve) {
    try {
      KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
      generator.initialize(new ECGenParameterSpec(curve));
      return TufKey.ecdsaP256(generator.generateKeyPair().getPublic().getEncoded());
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  private static Metadata.Root root(JsonValue site) {
    Metadata.Root root = TestStream.ofThree().plan.root(1);
    Map<String, JsonValue> more = new HashMap<>(root.more());
    more.put(SiteTrust.FIELD, site);
    return new Metadata.Root(1, root.expires(), true, root.keys(), root.roles(), more);
  }

  @Test
  void rootStatesWhatTheInsideAccepts() {
    Metadata.Root root = TestStream.ofThree().plan.accepting(TRUST).root(1);
    Bytes signed = MetadataWriter.file(MetadataWriter.signed(root), Map.of());

    assertThat(SiteTrust.of(MetadataReader.root(signed).content())).isEqualTo(TRUST);
    assertThat(SiteTrust.parse(CanonicalJson.document(TRUST.form()), "site.json")).isEqualTo(TRUST);
    assertThat(TRUST.lines())
        .containsExactly(
            "toolchains signed by %s (%s)".formatted("A".repeat(40), PACKET),
            "releases signed by " + RELEASE.id(),
            "inspection results signed by %s until 2027-01-31T00:00:00Z".formatted(RESULTS.id()),
            "Git repositories of git.example",
            "Git repositories of github.com:8443");
  }

  @Test
  void rootWithoutTheFieldAcceptsNothing() {
    Metadata.Root root = TestStream.ofThree().plan.root(1);

    assertThat(SiteTrust.of(root)).isEqualTo(SiteTrust.NONE);
    assertThat(root.more()).doesNotContainKey(SiteTrust.FIELD);
    assertThat(TestStream.ofThree().plan.accepting(SiteTrust.NONE).root(1)).isEqualTo(root);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "[]",
        "{\"gitHosts\":[]}",
        "{\"gitHosts\":[\"GitHub.com\"]}",
        "{\"gitHosts\":[\"a b\"]}",
        "{\"gitHosts\":[\"-x\"]}",
        "{\"unknown\":[]}",
        "{\"toolchainKeys\":[{\"fingerprint\":\"abc\",\"packetSha256\":\"00\"}]}",
        "{\"releaseKeys\":[\"x\"]}",
        "{\"resultKeys\":[{}]}"
      })
  void otherFormsAreRefused(String content) {
    assertThatThrownBy(() -> SiteTrust.parse(Bytes.utf8(content), "site.json"))
        .isInstanceOf(BundleException.class)
        .extracting(e -> ((BundleException) e).reason())
        .isIn(BundleCode.METADATA_MALFORMED, BundleCode.KEY_MALFORMED);
  }

  @Test
  void malformedFieldMakesTheRootUnusable() {
    JsonValue field =
        new JsonValue.Fields(
            Map.of("gitHosts", new JsonValue.Items(List.of(new JsonValue.Text("A")))));

    assertThatThrownBy(() -> SiteTrust.of(root(field)))
        .isInstanceOf(BundleException.class)
        .hasMessageContaining("x-lazaret-site");
  }

  @Test
  void keysOfOtherKindsAreRefused() {
    SiteTrust ed25519 = new SiteTrust(List.of(), List.of(RESULTS), List.of(), List.of());
    TufKey mlDsa = TestStream.pair("host").publicPair().mlDsa();
    SiteTrust results =
        new SiteTrust(
            List.of(),
            List.of(),
            List.of(new SiteTrust.ResultKey(mlDsa, Instant.EPOCH)),
            List.of());
    SiteTrust otherCurve =
        new SiteTrust(List.of(), List.of(ecdsa("secp384r1")), List.of(), List.of());

    assertThatThrownBy(() -> SiteTrust.of(root(ed25519.form())))
        .hasMessageContaining("releases are signed by ECDSA keys");
    assertThatThrownBy(() -> SiteTrust.of(root(results.form())))
        .hasMessageContaining("results are signed by Ed25519 or ECDSA keys");
    assertThatThrownBy(() -> SiteTrust.of(root(otherCurve.form())))
        .isInstanceOf(BundleException.class)
        .extracting(e -> ((BundleException) e).reason())
        .isEqualTo(BundleCode.KEY_MALFORMED);
  }
}
