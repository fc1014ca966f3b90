package lazaret.cli.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import lazaret.vetting.ErrorCode;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class ExitCodeTest {
  @Test
  void numbersAreThoseOfTheContract() {
    assertThat(Arrays.stream(ExitCode.values()).map(c -> c.code() + " " + c))
        .containsExactly(
            "0 DONE",
            "1 REFUSED",
            "2 USAGE",
            "3 UNAVAILABLE",
            "4 TAMPERED",
            "5 UNKNOWN",
            "6 STALE",
            "7 VIOLATION",
            "8 STILL_WITHHELD",
            "9 UNSIGNED");
  }

  @ParameterizedTest
  @EnumSource(ErrorCode.class)
  void everyErrorCodeHasOneThatIsNotDone(ErrorCode error) {
    assertThat(ExitCode.of(error)).isNotEqualTo(ExitCode.DONE);
  }

  @Test
  void everyExitCodeStandsForAnError() {
    Set<ExitCode> reached =
        Arrays.stream(ErrorCode.values()).map(ExitCode::of).collect(Collectors.toSet());

    assertThat(reached)
        .containsExactlyInAnyOrder(
            ExitCode.REFUSED,
            ExitCode.USAGE,
            ExitCode.UNAVAILABLE,
            ExitCode.TAMPERED,
            ExitCode.UNKNOWN,
            ExitCode.STALE);
  }

  @ParameterizedTest
  @EnumSource(ErrorCode.class)
  void theManualNamesEveryErrorCodeWithItsExitCode(ErrorCode error) throws IOException {
    String manual =
        Files.readString(
            Path.of(System.getProperty("lazaret.root", "..")).resolve("docs/exit-codes.md"));

    assertThat(manual).contains("| `%s` | %d |".formatted(error.code(), ExitCode.of(error).code()));
    assertThat(
            Files.readString(
                Path.of(System.getProperty("lazaret.root", "..")).resolve("docs/errors.md")))
        .containsPattern(
            "\\| `%s` \\| \\d+ \\| %d \\|".formatted(error.code(), ExitCode.of(error).code()));
  }

  @Test
  void theGravestIsTampering() {
    assertThat(ExitCode.gravest(List.of(ExitCode.values()).subList(1, 1))).isEqualTo(ExitCode.DONE);
    assertThat(
            ExitCode.gravest(
                List.of(
                    ExitCode.UNKNOWN, ExitCode.REFUSED, ExitCode.UNAVAILABLE, ExitCode.TAMPERED)))
        .isEqualTo(ExitCode.TAMPERED);
  }

  @Test
  void anIncompleteAnswerIsGraverThanARefusal() {
    assertThat(ExitCode.gravest(List.of(ExitCode.REFUSED, ExitCode.UNAVAILABLE, ExitCode.UNKNOWN)))
        .isEqualTo(ExitCode.UNAVAILABLE);
    assertThat(ExitCode.gravest(List.of(ExitCode.STALE, ExitCode.UNKNOWN, ExitCode.REFUSED)))
        .isEqualTo(ExitCode.REFUSED);
    assertThat(ExitCode.gravest(List.of(ExitCode.STALE, ExitCode.UNKNOWN)))
        .isEqualTo(ExitCode.UNKNOWN);
    assertThat(ExitCode.gravest(List.of(ExitCode.DONE, ExitCode.STALE))).isEqualTo(ExitCode.STALE);
  }
}
