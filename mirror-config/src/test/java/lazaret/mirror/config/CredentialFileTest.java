package lazaret.mirror.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CredentialFileTest {
  private static final Map<String, String> NONE = Map.of();

  @TempDir Path folder;

  @Test
  void isAFileInTheFolderOfTheServiceManager() {
    Map<String, String> service = Map.of("CREDENTIALS_DIRECTORY", "/run/credentials/x.service");

    assertThat(CredentialFile.path("credential:tls-key.pem", service))
        .isEqualTo("/run/credentials/x.service/tls-key.pem");
    assertThat(CredentialFile.path("/etc/key.pem", service)).isEqualTo("/etc/key.pem");
    assertThat(CredentialFile.path("credential.pem", NONE)).isEqualTo("credential.pem");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", ".", "..", "a/b", "../admin-token", ".hidden", "a b", "a\u0000"})
  void refusesNamesOfOtherFiles(String name) {
    assertThatThrownBy(
            () -> CredentialFile.path("credential:" + name, Map.of("CREDENTIALS_DIRECTORY", "/c")))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "expected the name of a credential after 'credential:', of letters, digits, . _ -");
  }

  @Test
  void namesTheLineOfTheUnitIfThereIsNone() {
    assertThatThrownBy(() -> CredentialFile.path("credential:key", NONE))
        .hasMessage(
            "expected a service with credentials, found no CREDENTIALS_DIRECTORY; add"
                + " 'LoadCredential=key:FILE' to the unit");
  }

  @Test
  void isReadByEachKeyThatTakesAPath() throws IOException {
    Files.writeString(folder.resolve("hook"), "0123456789abcdef");

    MirrorConfig config =
        MirrorConfig.read(
            List.of("--data-dir", folder.resolve("data").toString()),
            Map.of(
                "CREDENTIALS_DIRECTORY",
                folder.toString(),
                "LAZARET_WEBHOOKS_SECRET_FILE",
                "credential:hook"));

    assertThat(config.webhooks().secretFile()).isEqualTo(folder.resolve("hook"));
  }
}
