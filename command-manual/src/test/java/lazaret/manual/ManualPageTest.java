package lazaret.manual;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.PositionalParamSpec;
import picocli.CommandLine.Model.UsageMessageSpec;

class ManualPageTest {
  private static final LocalDate DATE = LocalDate.of(2026, 11, 29);

  private static CommandSpec program() {
    CommandSpec part = CommandSpec.create().name("part");
    part.addOption(
            OptionSpec.builder("-m", "--mode")
                .paramLabel("Op")
                .type(String.class)
                .completionCandidates(List.of("fast", "slow"))
                .description("Mode of the part.")
                .build())
        .addOption(
            OptionSpec.builder("--secret").hidden(true).type(String.class).description("x").build())
        .addPositional(
            PositionalParamSpec.builder()
                .paramLabel("FILE")
                .type(List.class)
                .auxiliaryTypes(String.class)
                .arity("0..*")
                .description(".hidden files are 100%% read.")
                .build());
    part.usageMessage()
        .header("Do a part")
        .description("", "'quoted' and C:\\x.", "Second paragraph.")
        .footer("Examples:", "  program part \\n", "", "  .x")
        .exitCodeList(UsageMessageSpec.keyValuesMap("0:success"));
    CommandSpec spec = CommandSpec.create().name("program");
    spec.usageMessage().header("Do everything");
    spec.addSubcommand("part", new CommandLine(part));
    return spec;
  }

  private static Map<String, String> pages() {
    return ManualPage.pages(
        new ManualProgram(
            program(),
            1,
            List.of(new ManualProgram.Entry("HOME", "Folder of the user.")),
            List.of(),
            List.of("other(8)")),
        DATE);
  }

  @Test
  void programAndCommandHaveAPageEach() {
    assertThat(pages()).containsOnlyKeys("program.1", "program-part.1");
    assertThat(pages().get("program.1"))
        .contains(
            ".Nd do everything\n",
            ".It Ic part\nDo a part.\nSee\n.Xr program-part 1 .\n",
            ".Sh SEE ALSO\n.Xr other 8\n");
  }

  @Test
  void foreignWordsAreNoMacros() {
    assertThat(pages().get("program-part.1"))
        .isEqualTo(
            """
            .Dd November 29, 2026
            .Dt PROGRAM-PART 1
            .Os
            .Sh NAME
            .Nm program-part
            .Nd do a part
            .Sh SYNOPSIS
            .Nm program part
            .Op Fl -mode Ar \\&Op
            .Op Ar FILE ...
            .Sh DESCRIPTION
            \\&'quoted' and C:\\ex.
            .Pp
            Second paragraph.
            .Pp
            The arguments are as follows:
            .Bl -tag -width Ds
            .It Ar FILE ...
            \\&.hidden files are 100% read.
            .El
            .Sh OPTIONS
            .Bl -tag -width Ds
            .It Fl m Ar \\&Op , Fl -mode Ar \\&Op
            Mode of the part.
            One of fast, slow.
            .El
            .Sh ENVIRONMENT
            .Bl -tag -width Ds
            .It Ev HOME
            Folder of the user.
            .El
            .Sh EXIT STATUS
            .Bl -tag -width Ds
            .It 0
            success.
            .El
            .Sh EXAMPLES
            .Bd -literal
            program part \\en
            \\&.x
            .Ed
            .Sh SEE ALSO
            .Xr program 1 ,
            .Xr other 8
            """);
  }

  @Test
  void hiddenOptionsAreAbsent() {
    for (CompletionWriter.Shell shell : CompletionWriter.Shell.values()) {
      assertThat(CompletionWriter.script(shell, program()))
          .contains("mode")
          .doesNotContain("secret");
    }
    assertThat(pages().get("program-part.1")).doesNotContain("secret");
  }

  @Test
  void serverHasItsOptionsWithTheirWords() {
    String page = ManualPage.pages(ManualProgram.server(), DATE).get("mirror-server.8");

    assertThat(page)
        .contains(".Op Fl -listen Ar HOST:PORT", ".It Fl h , Fl -help", ".Op Fl -offline\n");
    assertThat(CompletionWriter.script(CompletionWriter.Shell.fish, ManualProgram.server().spec()))
        .contains("-l mode -r -f -a 'enforce audit'", "-l data-dir -r -F");
  }
}
