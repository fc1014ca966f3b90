package lazaret.sandbox.relay;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.List;
import lazaret.sandbox.relay.CargoRelayConfig.PrivateRegistry;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CargoRelayConfigTest {
  private static final Path FOLDER = Path.of("/gate");
  private static final String INDEX = "sparse+https://crates.example/private/index/";

  @Test
  void withoutPrivateRegistriesNothingIsAdded() {
    assertThat(CargoRelayConfig.of(FOLDER, List.of())).isEqualTo(CargoRelayConfig.of(FOLDER));
    assertThat(CargoRelayConfig.of(FOLDER)).noneMatch(line -> line.contains("private"));
  }

  @Test
  void privateRegistriesKeepTheirAddressesAndAreReplaced() {
    assertThat(
            CargoRelayConfig.of(
                FOLDER,
                List.of(new PrivateRegistry("acme", INDEX), new PrivateRegistry("old", INDEX))))
        .contains(
            "registries.acme.index = \"" + INDEX + "\"",
            "registries.old.index = \"" + INDEX + "\"",
            "source.private-1.registry = \"" + INDEX + "\"",
            "source.private-1.replace-with = \"lazaret-private\"",
            "registries.lazaret-private.index = \"sparse+http://%s/private/index/\""
                .formatted(SocksHandshake.HOST))
        .noneMatch(line -> line.startsWith("source.private-2"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "https://crates.example/private/index/",
        "sparse+https://x/\"\nbuild.rustc = \"/tmp/evil",
        "sparse+https://x/ y/",
        "sparse+https://x\\y/",
      })
  void addressesThatWouldWriteOtherSettingsAreRefused(String index) {
    assertThatThrownBy(() -> new PrivateRegistry("acme", index))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void namesThatWouldWriteOtherSettingsAreRefused() {
    assertThatThrownBy(() -> new PrivateRegistry("a = 1\nx", INDEX))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
