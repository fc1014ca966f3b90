package lazaret.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import lazaret.manual.ManualFolder;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// Completion in the real shells: a line is typed, and the offered words are read.
class CompletionTest {
  /// Loads the script of a program, and calls its function as bash does.
  private static final String BASH =
      """
      source "$SCRIPTS/bash/$1"
      COMP_WORDS=("$@")
      COMP_CWORD=$(($# - 1))
      COMP_LINE="$*"
      COMP_POINT=${#COMP_LINE}
      read -ra rule < <(complete -p "$1")
      for ((i = 0; i < ${#rule[@]}; i++)); do
        [[ ${rule[i]} != -F ]] || function=${rule[i + 1]}
      done
      "$function" "$1" "${@: -1}" "${@: -2:1}" 2>/dev/null
      printf 'offered %s\\n' "${COMPREPLY[@]}"
      """;

  private static final String FISH =
      """
      set -p fish_complete_path $SCRIPTS/fish
      complete -C (string join ' ' -- $argv) | string replace -r '^' 'offered ' | string replace -r '\\t.*' ''
      """;

  /// Types the line in an interactive zsh, in which `compadd` prints what it adds.
  private static final String ZSH =
      """
      zmodload zsh/zpty
      zpty shell "zsh -f -i"
      prepare=(
        "PROMPT= RPROMPT= ; unsetopt zle_bracketed_paste prompt_cr prompt_sp ; stty -echo columns 9999"
        "fpath=($SCRIPTS/zsh \\$fpath) ; autoload -Uz compinit && compinit -u -D"
        "compadd() { local -a offered; if (( \\${@[(I)-[OAD]]} )); then builtin compadd \\"\\$@\\"; return; fi; builtin compadd -A offered \\"\\$@\\"; (( \\$#offered )) && print -rl -- '' 'offered '\\$^offered; builtin compadd \\"\\$@\\" }"
        "list() { zle list-choices; print -r -- 'the end' } ; zle -N list ; bindkey '^I' list"
        "print -r -- 'it is' ready"
      )
      for line in $prepare; do zpty -w shell $line; done
      zpty -r shell text '*it is ready*'
      zpty -w -n shell "$*"$'\\t'
      zpty -r shell text '*the end*'
      print -r -- $text
      zpty -d shell
      """;

  @TempDir static Path folder;

  @BeforeAll
  static void write() throws IOException {
    ManualFolder.write(ManualPagesTest.programs(), LocalDate.of(2026, 11, 29), folder);
    Files.writeString(folder.resolve("bash.sh"), BASH);
    Files.writeString(folder.resolve("fish.fish"), FISH);
    Files.writeString(folder.resolve("zsh.zsh"), ZSH);
    // fish loads the script of a program that it finds.
    for (String program : List.of("vetting-cli", "mirror-server")) {
      Path file = Files.createDirectories(folder.resolve("bin")).resolve(program);
      Files.writeString(file, "#!/bin/sh\n");
      assertThat(file.toFile().setExecutable(true)).isTrue();
    }
    Files.createDirectories(folder.resolve("work"));
    Files.writeString(folder.resolve("work/advisories.toml"), "");
    Files.writeString(folder.resolve("work/other.toml"), "");
  }

  /// A typed line in each shell.
  ///
  /// @param line the words, of which the last is incomplete
  /// @param offered words that must be offered
  /// @param absent a word that must not be offered
  record Typed(String line, List<String> offered, String absent) {}

  static Stream<Object[]> lines() {
    List<Typed> typed =
        List.of(
            new Typed("vetting-cli ver", List.of("verify"), "status"),
            new Typed("vetting-cli bundle ", List.of("export", "import"), "queue"),
            new Typed("vetting-cli verify --sa", List.of("--sarif"), "--junit"),
            new Typed("vetting-cli bundle export --ki", List.of("--kind"), "--since"),
            new Typed("vetting-cli sandbox --mode ", List.of("sealed", "fetch", "gate"), "refuse"),
            new Typed(
                "vetting-cli bundle export --kind ",
                List.of("full", "delta", "revocation"),
                "advisories.toml"),
            new Typed(
                "vetting-cli feed import --kind ",
                List.of("rustsec", "osv", "local"),
                "advisories.toml"),
            new Typed("vetting-cli token create --role re", List.of("reader", "reviewer"), "admin"),
            new Typed("vetting-cli completion ", List.of("bash", "zsh", "fish"), "advisories.toml"),
            new Typed("vetting-cli verify --feed adv", List.of("advisories.toml"), "other.toml"),
            new Typed("vetting-cli verify adv", List.of("advisories.toml"), "other.toml"),
            new Typed("mirror-server --li", List.of("--listen"), "--mode"),
            new Typed("mirror-server --mode ", List.of("enforce", "audit"), "advisories.toml"),
            new Typed("mirror-server --config adv", List.of("advisories.toml"), "other.toml"));
    return Stream.of("bash", "zsh", "fish")
        .flatMap(shell -> typed.stream().map(each -> new Object[] {shell, each}));
  }

  @ParameterizedTest
  @MethodSource("lines")
  void offersTheWordsThatFit(String shell, Typed typed) throws Exception {
    assumeTrue(installed(shell), shell + " is not installed");

    List<String> offered = offered(shell, typed.line());

    assertThat(offered).containsAll(typed.offered()).doesNotContain(typed.absent());
  }

  private static boolean installed(String shell) {
    return Files.isExecutable(Path.of("/usr/bin", shell))
        || Files.isExecutable(Path.of("/bin", shell));
  }

  private static List<String> offered(String shell, String line)
      throws IOException, InterruptedException {
    List<String> words = new ArrayList<>();
    switch (shell) {
      case "bash" -> words.addAll(List.of("bash", "--norc", folder + "/bash.sh"));
      case "zsh" -> words.addAll(List.of("zsh", "-f", folder + "/zsh.zsh"));
      default -> words.addAll(List.of("fish", folder + "/fish.fish"));
    }
    words.addAll(List.of(line.split(" ", -1)));
    Map<String, String> environment =
        Map.of(
            "SCRIPTS",
            folder.resolve("completions").toString(),
            "HOME",
            folder.toString(),
            "PATH",
            folder.resolve("bin") + ":" + System.getenv("PATH"),
            "TERM",
            "dumb");
    String text =
        ManualPagesTest.output(
            words,
            builder -> {
              builder.directory(folder.resolve("work").toFile());
              builder.environment().putAll(environment);
            });
    List<String> offered =
        text.lines()
            .map(each -> each.replaceAll("[\r\u001b].*$", ""))
            .filter(each -> each.startsWith("offered "))
            .map(each -> each.substring("offered ".length()).strip())
            .collect(Collectors.toList());
    assertThat(text).as("output of " + shell).isNotEmpty();
    return offered;
  }
}
