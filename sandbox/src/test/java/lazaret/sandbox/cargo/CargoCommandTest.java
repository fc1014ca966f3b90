package lazaret.sandbox.cargo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import lazaret.sandbox.SandboxException;
import org.junit.jupiter.api.Test;

class CargoCommandTest {
  @Test
  void freezesABuildAndKeepsItsOwnWords() {
    List<String> command =
        CargoCommand.frozen(
            List.of("cargo", "test", "--release", "--", "--frozen"), List.of("net.offline=true"));

    assertThat(command.subList(0, 3)).containsExactly("cargo", "test", "--frozen");
    assertThat(command).containsSequence("--config", "build.rustc-wrapper=\"\"");
    assertThat(command).endsWith("net.offline=true", "--release", "--", "--frozen");
  }

  @Test
  void leavesOtherProgramsAlone() {
    List<String> command = List.of("rustc", "-vV");

    assertThat(CargoCommand.frozen(command, List.of("a=1"))).isEqualTo(command);
  }

  @Test
  void refusesWhatDoesNotBuild() {
    for (String word : List.of("publish", "install", "login", "-v", "--config")) {
      assertThatThrownBy(() -> CargoCommand.frozen(List.of("cargo", word, "build"), List.of()))
          .isInstanceOf(SandboxException.class)
          .hasMessageContaining("cannot run 'cargo " + word + "' here")
          .hasMessageContaining("its options come after it");
    }
  }

  @Test
  void saysHowATargetFolderIsNamed() {
    for (String word : List.of("--target-dir", "--target-dir=target")) {
      assertThatThrownBy(() -> CargoCommand.frozen(List.of("cargo", "build", word), List.of()))
          .isInstanceOf(SandboxException.class)
          .hasMessageContaining("name it with --target-dir before '-- cargo'");
    }
    List<String> ofTheProgram = List.of("cargo", "run", "--", "--target-dir", "there");
    assertThat(CargoCommand.frozen(ofTheProgram, List.of())).endsWith("--target-dir", "there");
  }

  @Test
  void saysHowAToolchainIsChosen() {
    assertThatThrownBy(() -> CargoCommand.frozen(List.of("cargo", "+nightly", "build"), List.of()))
        .hasMessage("cannot choose a toolchain with +nightly: set RUSTUP_TOOLCHAIN");
  }
}
