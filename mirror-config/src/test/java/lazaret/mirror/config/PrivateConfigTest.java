package lazaret.mirror.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import lazaret.vetting.hosting.HostingSettings;
import org.junit.jupiter.api.Test;

class PrivateConfigTest {
  private final Map<String, String> environment =
      new HashMap<>(
          Map.of(
              "HOME",
              "/home/ann",
              "LAZARET_PRIVATE_NAMES",
              "acme-*",
              "LAZARET_PRIVATE_PUBLIC_URL",
              "https://crates.acme.example"));

  private HostingSettings read() {
    return MirrorConfig.read(List.of(), environment).site().hosting();
  }

  private void refuses(String text) {
    assertThatThrownBy(this::read)
        .isInstanceOfSatisfying(
            ConfigException.class,
            e -> assertThat(e.mistakes()).anyMatch(mistake -> mistake.toString().contains(text)));
  }

  @Test
  void namesAndAddressAreRead() {
    assertThat(read().isOn()).isTrue();
    assertThat(read().addresses().isOwn("sparse+https://crates.acme.example/private/index/"))
        .isTrue();
  }

  @Test
  void readingIsNeverFreeOnAGateThatRequiresTokens() {
    assertThat(read().authRequired()).isTrue();

    environment.put("LAZARET_PRIVATE_AUTH_REQUIRED", "false");
    assertThat(read().authRequired()).isFalse();

    environment.put("LAZARET_AUTH_REQUIRED", "true");
    assertThat(read().authRequired()).isTrue();
  }

  @Test
  void otherNamesNeedAListOfPublicOnes() {
    environment.put("LAZARET_PRIVATE_OTHER_NAMES", "true");
    refuses("'private.other-names' needs 'private.name-list'");

    environment.put("LAZARET_PRIVATE_NAME_LIST", "/srv/names.txt");
    assertThat(read().otherNames()).isTrue();
  }

  /// A password in it would stay in the manifests of all crates.
  @Test
  void theAddressInManifestsHasNoPasswordAndNoPath() {
    environment.put("LAZARET_PRIVATE_PUBLIC_URL", "https://user:secret@crates.acme.example");
    refuses("expected scheme, host and port only");

    environment.put("LAZARET_PRIVATE_PUBLIC_URL", "https://crates.acme.example/registry");
    refuses("expected scheme, host and port only");
  }

  /// With it, each public dependency would be a private one.
  @Test
  void thePublicRegistryIsNoFormerAddress() {
    environment.put(
        "LAZARET_PRIVATE_FORMER_ADDRESSES", "https://github.com/rust-lang/crates.io-index");
    refuses("expected the address of an index of your own");

    environment.put("LAZARET_PRIVATE_FORMER_ADDRESSES", "sparse+https://old.acme.example/index/");
    assertThat(read().addresses().isOwn("sparse+https://old.acme.example/index/")).isTrue();
  }

  @Test
  void sizesBeyondTheLimitAreRefused() {
    environment.put("LAZARET_PRIVATE_LARGER", "acme-data=1GiB");
    refuses("expected at least 1 byte and at most 256MiB");
  }

  @Test
  void theAddressInManifestsIsNeeded() {
    environment.remove("LAZARET_PRIVATE_PUBLIC_URL");

    refuses("the address stays in their manifests");
  }
}
