package lazaret.cli.sandbox;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Arrays;
import lazaret.cli.fixture.CliFixture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SandboxExitCodeTest {
  @TempDir Path folder;

  @Test
  void numbersAreThoseOfTimeout() {
    assertThat(Arrays.stream(SandboxExitCode.values()).map(c -> c.code() + " " + c))
        .containsExactly("124 VIOLATION", "125 NOT_RUN");
  }

  @Test
  void theManualListsEveryCode() throws IOException {
    String manual =
        Files.readString(
            Path.of(System.getProperty("lazaret.root", "..")).resolve("docs/exit-codes.md"));

    assertThat(manual).contains("| 124 |", "| 125 |");
  }

  @Test
  void invalidCommandLineEndsWith125AndNamesItsCode() {
    CliFixture cli = new CliFixture(folder, Clock.systemUTC());

    for (String[] line :
        new String[][] {
          {"sandbox"},
          {"sandbox", "--mode", "fetch", "--", "true"},
          {"sandbox", "--mode", "none", "--", "true"},
          {"sandbox", "--no-such-option"}
        }) {
      CliFixture.Ran ran = cli.run(line);

      assertThat(ran.exit()).as(ran.err()).isEqualTo(125);
      assertThat(ran.err()).contains("sandbox: the command was not run: malformed-input\n");
    }
    CliFixture.Ran json = cli.run("sandbox", "--json");
    assertThat(json.exit()).isEqualTo(125);
    assertThat(json.json().number("exit_code")).isEqualTo(125);
    assertThat(json.json().objects("errors").getFirst().words("code")).isEqualTo("malformed-input");
  }

  @Test
  void otherVerbsKeepTheirCodes() {
    CliFixture cli = new CliFixture(folder, Clock.systemUTC());

    assertThat(cli.run("sandbox", "doctor", "--no-such-option").exit()).isEqualTo(2);
    assertThat(cli.run("status", "--no-such-option").exit()).isEqualTo(2);
  }
}
